"""Every failure is a page with a sentence, a reference and a next step.

The page needs no database: where that is what failed, it is made as for a visitor.
"""

import time
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, abort, g, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, InternalServerError

from volboard.core import trouble
from volboard.core.access import look_no_further, viewer
from volboard.core.db import db
from volboard.core.errors import Refusal
from volboard.core.logs import log
from volboard.core.security import A_MINUTE, cookie_cannot_come, seconds_to_wait
from volboard.core.turns import NoTurn
from volboard.core.web import page_or_fragment, safe_path

RETRY_SECONDS = "5"
REFUSED = "volboard.refused"
"""In the environment: the status with which the server refuses a request that is not all here."""
OURS = 500
"""From this status on it is the server that did something wrong."""
NOT_THERE = (404, 405, 410)
WITHOUT_DATABASE = "without_database"


@dataclass(frozen=True)
class Failure:
    """What an error page shows."""

    status: int
    title: str
    message: str
    reference: str
    """For whoever looks for the cause; empty where nothing of ours broke."""
    again: str
    """The page on which to try again; empty where it would not help, or nobody knows it."""
    to_keeper: str = ""
    """What whoever runs the site has to do, where only they can."""


def init_app(app: Flask) -> None:
    """Answer refusals, HTTP errors and a database in trouble with pages people can read."""
    app.before_request(refuse_what_is_not_here)
    app.register_error_handler(Refusal, show_refusal)
    app.register_error_handler(CSRFError, show_stale_form)
    for kind in (DBAPIError, NoConnection, NoTurn):
        app.register_error_handler(kind, show_trouble)
    app.register_error_handler(HTTPException, show_http_error)


def refuse_what_is_not_here() -> None:
    """End a request whose body the server did not take, before anything looks for its fields."""
    status = request.environ.get(REFUSED)
    if status is not None:
        abort(status)


def show_refusal(refusal: Refusal) -> Response:
    """The refusal's own sentence; htmx puts it into the notices."""
    _settle()
    return _shown("refusal", refusal.status, refusal=refusal)


def show_stale_form(error: CSRFError) -> Response:
    """A form that was open for too long, or one that we did not make."""
    _settle()
    if cookie_cannot_come():
        return _without_tls()
    return _show(400, _("页面放久了"), _("这个页面打开太久了。请刷新一下，再按一次。"))


def _without_tls() -> Response:
    """No form can be sent before whoever runs the site has put TLS before it."""
    message = _("网站还没有装好加密（https），手机记不住您，表格交不上。请告诉社区的工作人员。")
    keeper = _("管网站的人：请装好证书，用 https:// 的网址打开。")
    trial = _("只在自己电脑上试用，停下来，加上 VOLBOARD_HTTPS=0 再启动。")
    return _show(400, _("网站还没有装好"), message, to_keeper=f"{keeper}{trial}")


def show_trouble(error: Exception) -> Response:
    """The database is busy, full, broken or away: 503, with what became of the press."""
    if trouble.is_our_mistake(error):
        return show_http_error(InternalServerError(original_exception=error))
    _do_without_database()
    busy = trouble.is_busy(error)
    problem = trouble.name_of(error)
    if trouble.is_news(problem, time.monotonic()):
        log.error("database", id=g.request_id, problem=problem)
    if request.method in ("GET", "HEAD"):
        words = _("现在打不开"), _("这一页暂时看不了。请过一分钟再来，或告诉工作人员编号。")
    elif busy:
        words = _("现在人太多"), _("刚才没有存上。请等几秒，再按一次。")
    else:
        words = (
            _("现在存不了"),
            _("刚才多半没有存上。请过一分钟看看，没有就再按一次，或告诉工作人员编号。"),
        )
    response = _show(503, *words)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def show_http_error(error: HTTPException) -> Response:
    """404, 405, 413, 429, 500 and the like, in plain words."""
    status = error.code or 500
    if isinstance(error, InternalServerError):
        db.session.rollback()
        log.error("failure", id=g.get("request_id"), exc_info=error.original_exception)
    _settle()
    titles = {
        404: (_("没有找到"), _("没有找到这个页面，可能已经撤下。请回到活动页看看。")),
        408: (_("网太慢了"), _("没有等到全部内容，刚才没有存上。请换个信号好的地方，再按一次。")),
        413: (_("内容太大"), _("一次放不下这么多。请减少一些，再试一次。")),
        429: (_("请慢一点"), slow_down()),
        500: (_("我们出了错"), _("这不是您的问题，已经记下。请稍后再试，或告诉工作人员编号。")),
        503: (_("现在人太多"), _("刚才没有存上。请等几秒，再按一次。")),
    }
    other = (_("现在还不行"), _("这一步做不了。请回上一页再试。"))
    title, message = titles.get(status, other)
    response = _show(status, title, message)
    response.headers.extend(own_headers(error))
    if status == 503:
        response.headers.setdefault("Retry-After", RETRY_SECONDS)
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


def is_without_database() -> bool:
    """Whether the rest of this request is not to ask the database for anything."""
    return WITHOUT_DATABASE in g


def _settle() -> None:
    """Find out whose page it is, for even the words depend on it; a visitor's if nobody can."""
    try:
        viewer()
    except (DBAPIError, NoConnection):
        _do_without_database()


def _do_without_database() -> None:
    setattr(g, WITHOUT_DATABASE, True)
    look_no_further()
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session.remove()


def _show(status: int, title: str, message: str, to_keeper: str = "") -> Response:
    reference = str(g.get("request_id", "")) if status >= OURS else ""
    again = "" if to_keeper else _again(status)
    failure = Failure(status, title, message, reference, again, to_keeper)
    return _shown("error", status, failure=failure)


def _again(status: int) -> str:
    """The page that did not open, or that from which something was sent."""
    if status in NOT_THERE:
        return ""
    is_page = request.method in ("GET", "HEAD")
    return safe_path(request.full_path.rstrip("?") if is_page else request.referrer, "")


def _shown(name: str, status: int, **context: Any) -> Response:
    """The page, for htmx a notice; once more without what the database would tell, if need be."""
    page, fragment = f"errors/{name}.html", f"errors/_{name}.html"
    try:
        response = page_or_fragment(page, fragment, status, **context)
    except (DBAPIError, NoConnection):
        _do_without_database()
        response = page_or_fragment(page, fragment, status, **context)
    response.headers["HX-Retarget"] = "#notices"
    response.headers["HX-Reswap"] = "innerHTML"
    return response
