"""On the gate: who scanned the printed code, to be confirmed by one tap or dismissed."""

from collections.abc import Callable

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from volboard.attendance import arrival_commands, queries
from volboard.attendance.arrival_queries import MOST, arrivals
from volboard.attendance.blueprint import bp
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound, Refusal
from volboard.core.web import number_in, page_or_fragment

LIST = "/organize/shifts/<id:shift_id>/arrivals"


@bp.get(LIST, access=Access.ORGANIZER)
def show_arrivals(shift_id: int) -> ResponseReturnValue:
    return answer(shift_id)


@bp.post(f"{LIST}/confirm", access=Access.ORGANIZER)
def confirm_arrivals(shift_id: int) -> ResponseReturnValue:
    queries.gate(shift_id, viewer())
    shown = tuple(filter(None, map(number_in, request.form.getlist("arrival"))))[:MOST]

    def confirm() -> str:
        done = arrival_commands.confirm_all(shift_id, shown, viewer())
        return ngettext("%(num)s 人已签到", "%(num)s 人已签到", done)

    return answered(shift_id, confirm)


@bp.post(f"{LIST}/<id:arrival_id>/confirm", access=Access.ORGANIZER)
def confirm_arrival(shift_id: int, arrival_id: int) -> ResponseReturnValue:
    def confirm() -> str:
        arrival_commands.confirm(shift_id, arrival_id, viewer())
        return ngettext("%(num)s 人已签到", "%(num)s 人已签到", 1)

    return answered(shift_id, confirm)


@bp.post(f"{LIST}/<id:arrival_id>/dismiss", access=Access.ORGANIZER)
def dismiss_arrival(shift_id: int, arrival_id: int) -> ResponseReturnValue:
    def dismiss() -> str:
        arrival_commands.dismiss(shift_id, arrival_id, viewer())
        return _("没有确认，已经划掉。")

    return answered(shift_id, dismiss)


def answered(shift_id: int, press: Callable[[], str]) -> ResponseReturnValue:
    """Press, and answer with the list and what was done; a refusal is such a line too."""
    try:
        return answer(shift_id, press())
    except NotFound:
        raise
    except Refusal as refusal:
        return answer(shift_id, str(refusal), refusal.status)


def answer(shift_id: int, said: str = "", status: int = 200) -> Response:
    """The list as it stands now."""
    managed = queries.gate(shift_id, viewer())
    found = arrivals(managed, viewer().id, said, is_refusal=status != 200)
    return page_or_fragment("attendance/arrivals.html", "attendance/_arrivals.html", status,
                            arrivals=found)  # fmt: skip
