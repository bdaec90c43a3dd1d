"""Language and text size: of the phone first, then of the account, then of the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from flask import Flask, Request, has_request_context, request
from flask_babel import Babel
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from volboard.config import ROOT
from volboard.core.access import viewer

LANGUAGES = ("zh", "en")
SIZES = ("normal", "large")
YEAR = 365 * 24 * 3600


_chosen: ContextVar[str] = ContextVar("chosen", default="")
"""Not in `g`, whose three proxies cost more than a text does: a page asks seventy times."""


def language() -> str:
    """The language of this request's page, chosen once: zh or en."""
    chosen = _chosen.get()
    if chosen or not has_request_context():
        return chosen or LANGUAGES[0]
    chosen = _language_of_request()
    _chosen.set(chosen)
    return chosen


def told(chinese: str, english: str) -> str:
    """Words that may be written in both languages, as this request's page tells them."""
    return english if english and language() == "en" else chinese


def forget_language(*_: object) -> None:
    """Let the next request choose its own."""
    _chosen.set("")


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Let `language` answer this one for a while: for words that are sent to somebody."""
    token = _chosen.set(chosen)
    try:
        yield
    finally:
        _chosen.reset(token)


def _language_of_request() -> str:
    kept = viewer().language
    own = kept if kept in LANGUAGES else None
    return remembered(request, "language", LANGUAGES) or own or preferred(request)


def remembered(asked: Request, name: str, among: tuple[str, ...]) -> str | None:
    """What the phone remembers under this name; none where it is not one of these."""
    chosen = asked.cookies.get(name)
    return chosen if chosen in among else None


def preferred(asked: Request) -> str:
    """What the browser likes best among our languages."""
    return _best(asked.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)
def _best(accepted: str) -> str:
    return parse_accept_header(accepted, LanguageAccept).best_match(LANGUAGES, LANGUAGES[0])


def large_text() -> bool:
    """Whether this request's page is shown in the large view (关怀版)."""
    chosen = remembered(request, "size", SIZES)
    return chosen == "large" if chosen else bool(viewer().large_text)


def init_app(app: Flask) -> None:
    """Let pages, forms and dates speak the person's language, in Beijing time."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "volboard" / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = "zh"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    Babel(app, locale_selector=language)
    app.before_request(forget_language)
    app.teardown_request(forget_language)
