"""Every failure is a page with a sentence, a reference and a next step."""

from dataclasses import dataclass

from flask import Flask, Response, g
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from volboard.core.db import db
from volboard.core.errors import Refusal
from volboard.core.logs import log
from volboard.core.security import A_MINUTE, seconds_to_wait
from volboard.core.web import page_or_fragment

RETRY_SECONDS = "5"


@dataclass(frozen=True)
class Failure:
    """What an error page shows."""

    status: int
    title: str
    message: str
    reference: str


def init_app(app: Flask) -> None:
    """Answer refusals, HTTP errors and a busy database with pages people can read."""
    app.register_error_handler(Refusal, show_refusal)
    app.register_error_handler(CSRFError, show_stale_form)
    app.register_error_handler(OperationalError, show_busy)
    app.register_error_handler(HTTPException, show_http_error)


def show_refusal(refusal: Refusal) -> Response:
    """The refusal's own sentence; htmx puts it into the notices."""
    response = page_or_fragment(
        "errors/refusal.html", "errors/_refusal.html", refusal.status, refusal=refusal
    )
    response.headers["HX-Retarget"] = "#notices"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def show_stale_form(error: CSRFError) -> Response:
    """A form that was open for too long, or one that we did not make."""
    return _show(400, _("页面放久了"), _("这个页面打开太久了。请刷新一下，再按一次。"))


def show_busy(error: OperationalError) -> Response:
    """The database is busy or its disk is full: nothing was stored, and trying again helps."""
    db.session.rollback()
    log.error("database", id=g.request_id, problem=type(error.orig).__name__, exc_info=error)
    response = _show(503, _("现在人太多"), _("刚才没有存上。请等几秒，再按一次。"))
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def show_http_error(error: HTTPException) -> Response:
    """404, 405, 413, 429, 500 and the like, in plain words."""
    status = error.code or 500
    if isinstance(error, InternalServerError):
        db.session.rollback()
        log.error("failure", id=g.get("request_id"), exc_info=error.original_exception)
    titles = {
        404: (_("没有找到"), _("没有找到这个页面，可能已经撤下。请回到活动页看看。")),
        413: (_("内容太大"), _("一次放不下这么多。请减少一些，再试一次。")),
        429: (_("请慢一点"), slow_down()),
        500: (_("我们出了错"), _("这不是您的问题，已经记下。请稍后再试，或告诉工作人员编号。")),
    }
    other = (_("现在还不行"), _("这一步做不了。请回上一页再试。"))
    title, message = titles.get(status, other)
    response = _show(status, title, message)
    response.headers.extend(own_headers(error))
    return response


def slow_down() -> str:
    """How long somebody who tried too often has to wait, in whole minutes, rounded up."""
    minutes = -(-seconds_to_wait() // A_MINUTE)
    return ngettext(
        "试得太快了。请等 %(num)s 分钟，再试一次。",
        "试得太快了。请等 %(num)s 分钟，再试一次。",
        minutes,
    )


def own_headers(error: HTTPException) -> dict[str, str]:
    """What an error says besides its page, as Allow of a 405 and Retry-After of a 503."""
    return {name: value for name, value in error.get_headers() if name != "Content-Type"}


def _show(status: int, title: str, message: str) -> Response:
    failure = Failure(status, title, message, str(g.get("request_id", "")))
    response = page_or_fragment("errors/error.html", "errors/_error.html", status, failure=failure)
    response.headers["HX-Retarget"] = "#notices"
    response.headers["HX-Reswap"] = "innerHTML"
    return response
