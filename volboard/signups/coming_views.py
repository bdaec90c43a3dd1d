"""还来吗: the organizer's question, and the two buttons that answer it."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page
from volboard.signups import coming
from volboard.signups.blueprint import bp
from volboard.signups.desk_views import roster_url
from volboard.signups.seat_queries import own_seat

COMING = "/signups/<id:signup_id>/coming"


@bp.post("/organize/shifts/<id:shift_id>/ask-coming", access=Access.ORGANIZER)
def ask_who_comes(shift_id: int) -> ResponseReturnValue:
    asked = coming.ask_who_comes(shift_id, viewer())
    told = ngettext("问了 %(num)s 个人，等他们回。", "问了 %(num)s 个人，等他们回。", asked)
    flash(told if asked else _("都问过了，等他们回。"), "done")
    return go_to(roster_url(shift_id))


@bp.get(COMING, access=Access.SIGNED_IN)
def show_coming(signup_id: int) -> ResponseReturnValue:
    """The question, with two buttons; or what was answered."""
    return page("signups/coming.html", seat=own_seat(signup_id, viewer().id))


@bp.post(COMING + "/yes", access=Access.SIGNED_IN)
def say_coming(signup_id: int) -> ResponseReturnValue:
    coming.say_coming(signup_id, viewer())
    return go_to(f"/signups/{signup_id}/coming")


@bp.post(COMING + "/no", access=Access.SIGNED_IN)
def say_not_coming(signup_id: int) -> ResponseReturnValue:
    coming.say_not_coming(signup_id, viewer())
    return go_to(f"/signups/{signup_id}/coming")
