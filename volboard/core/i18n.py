"""Language and text size: of the phone first, then of the account, then of the browser."""

from flask import Flask, g, has_request_context, request
from flask_babel import Babel

from volboard.config import ROOT
from volboard.core.access import viewer

LANGUAGES = ("zh", "en")
SIZES = ("normal", "large")
YEAR = 365 * 24 * 3600


def language() -> str:
    """The language of this request's page, chosen once: zh or en."""
    if not has_request_context():
        return LANGUAGES[0]
    chosen: str | None = g.get("language")
    if chosen is None:
        chosen = g.language = _language_of_request()
    return chosen


def _language_of_request() -> str:
    chosen = request.cookies.get("language") or viewer().language
    if chosen and chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])


def large_text() -> bool:
    """Whether this request's page is shown in the large view (关怀版)."""
    chosen = request.cookies.get("size")
    if chosen in SIZES:
        return chosen == "large"
    return bool(viewer().large_text)


def init_app(app: Flask) -> None:
    """Let pages, forms and dates speak the person's language, in Beijing time."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "volboard" / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = "zh"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    Babel(app, locale_selector=language)
