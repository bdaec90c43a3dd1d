"""The presses for one person: in, out, take it back, a seat for one who waits, the number."""

from collections.abc import Callable

from flask import request
from flask.typing import ResponseReturnValue

from volboard.accounts.queries import person
from volboard.attendance import commands, queries
from volboard.attendance.blueprint import bp
from volboard.attendance.commands import CheckIn
from volboard.attendance.forms import SeatForm
from volboard.attendance.gate_page import Answer, device, just, whole, with_families
from volboard.attendance.gate_views import gate_url, said, show
from volboard.attendance.shown_codes import way
from volboard.attendance.wording import refused
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound, Refusal
from volboard.core.web import go_to, page, page_or_fragment, wants_fragment

PERSON = "/organize/shifts/<id:shift_id>/people/<id:volunteer_id>"


@bp.post(f"{PERSON}/check-in", access=Access.ORGANIZER)
def check_in(shift_id: int, volunteer_id: int) -> ResponseReturnValue:
    how, phone = way_of(volunteer_id), device(request.user_agent)

    def come() -> str:
        return came(commands.check_in(shift_id, volunteer_id, viewer(), how, phone))

    return pressed(shift_id, volunteer_id, come)


@bp.post(f"{PERSON}/check-out", access=Access.ORGANIZER)
def check_out(shift_id: int, volunteer_id: int) -> ResponseReturnValue:
    phone = device(request.user_agent)

    def leave() -> str:
        commands.check_out(shift_id, volunteer_id, viewer(), phone)
        return "out"

    return pressed(shift_id, volunteer_id, leave)


@bp.post(f"{PERSON}/come-back", access=Access.ORGANIZER)
def come_back(shift_id: int, volunteer_id: int) -> ResponseReturnValue:
    phone = device(request.user_agent)

    def be_back() -> str:
        commands.come_back(shift_id, volunteer_id, viewer(), phone)
        return "back"

    return pressed(shift_id, volunteer_id, be_back)


@bp.post(f"{PERSON}/undo", access=Access.ORGANIZER)
def undo(shift_id: int, volunteer_id: int) -> ResponseReturnValue:
    phone = device(request.user_agent)

    def take_back() -> str:
        taken = commands.undo(shift_id, volunteer_id, viewer(), phone)
        return "undo_back" if taken == "back" else "undo"

    return pressed(shift_id, volunteer_id, take_back)


@bp.post(f"{PERSON}/seat", access=Access.ORGANIZER)
def seat(shift_id: int, volunteer_id: int) -> ResponseReturnValue:
    form, phone = SeatForm(), device(request.user_agent)
    if not form.is_right():
        managed = queries.gate(shift_id, viewer())
        queries.person(shift_id, volunteer_id)
        return show(Answer(managed, found=just(shift_id, volunteer_id), seat=form), 422)

    def sit_down() -> str:
        reason = form.text("reason")
        return came(commands.seat_waiting(shift_id, volunteer_id, reason, viewer(), phone))

    return pressed(shift_id, volunteer_id, sit_down)


@bp.post(f"{PERSON}/phone", access=Access.ORGANIZER)
def phone(shift_id: int, volunteer_id: int) -> ResponseReturnValue:
    number = commands.show_phone(shift_id, volunteer_id, viewer())
    row = queries.person(shift_id, volunteer_id)
    return page_or_fragment("attendance/phone.html", "attendance/_phone.html", row=row,
                            number=number, shift_id=shift_id)  # fmt: skip


def way_of(volunteer_id: int) -> str:
    """By which way the person comes in whom this form is about."""
    who, asked = person(volunteer_id), request.form
    return way(asked.get("how", ""), asked.get("shown", ""), who.account_id if who else 0)


def came(done: CheckIn) -> str:
    """What a check-in did: again, where somebody had pressed before."""
    return "again" if done.again else "in"


def pressed(shift_id: int, volunteer_id: int, press: Callable[[], str]) -> ResponseReturnValue:
    """Press, and answer with the person's row and one big line; a refusal is such a line too."""
    try:
        did = press()
    except NotFound:
        raise
    except Refusal as refusal:
        managed = queries.gate(shift_id, viewer())
        found = just(shift_id, volunteer_id)
        return show(Answer(managed, found=found, verdict=refused(refusal)), refusal.status)
    return moved(shift_id, volunteer_id, did)


def moved(shift_id: int, volunteer_id: int, did: str) -> ResponseReturnValue:
    """The gate after a press that did something: swapped in, or opened anew."""
    if not wants_fragment():
        return go_to(f"{gate_url(shift_id)}?done={volunteer_id}&did={did}")
    managed, found = queries.gate(shift_id, viewer()), just(shift_id, volunteer_id)
    return after_press(Answer(managed, found=found, verdict=said(managed, found, did)))


def after_press(answer: Answer) -> ResponseReturnValue:
    """What htmx puts into the gate after a press: the answer, the count, who was just here."""
    answer = with_families(answer, viewer().id)
    response = page("attendance/_pressed.html", gate=whole(answer, viewer().id))
    response.vary.add("HX-Request")
    return response
