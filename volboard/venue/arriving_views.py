"""A venue's code on the phone that scanned it. Reading it writes nothing: a button does."""

import hashlib
from collections.abc import Callable

from flask import request
from flask.typing import ResponseReturnValue

from volboard.core.access import Access, Viewer, viewer
from volboard.core.devices import phone_id, phone_name
from volboard.core.errors import NotFound
from volboard.core.limits import guesses, whoever
from volboard.core.security import limiter
from volboard.core.web import go_to, number_in, page
from volboard.venue import commands
from volboard.venue.arriving_page import ArrivePage
from volboard.venue.arriving_queries import at_screen, at_sheet
from volboard.venue.blueprint import bp
from volboard.venue.code_views import secret
from volboard.venue.errors import NotYourTicket
from volboard.venue.tokens import (
    Ticket,
    read_screen,
    read_sheet,
    read_ticket,
    sign,
)
from volboard.venue.wording import hindrance

MOST_AT_ONCE = 20
Press = Callable[[Ticket, tuple[int, ...], Viewer, str], None]


presses = limiter.limit("30/minute", key_func=whoever)


@bp.get("/arrive/<token>", access=Access.PUBLIC)
@guesses
def arrive(token: str) -> ResponseReturnValue:
    """Turn what the screen showed into a ticket for this phone, while it is fresh."""
    shown = read_screen(secret(), token)
    ticket = Ticket(shown.shift_id, shown.organizer_id, viewer().id, phone_mark())
    return go_to(f"/arrive/with/{sign(secret(), ticket)}")


@bp.get("/arrive/with/<ticket>", access=Access.PUBLIC)
@guesses
def show_arriving(ticket: str) -> ResponseReturnValue:
    return show(at_screen(checked(ticket), ticket, viewer()))


@bp.post("/arrive/check-in", access=Access.SIGNED_IN)
@presses
def arrive_in() -> ResponseReturnValue:
    return pressed(commands.check_in)


@bp.post("/arrive/check-out", access=Access.SIGNED_IN)
@presses
def arrive_out() -> ResponseReturnValue:
    return pressed(commands.check_out)


@bp.post("/arrive/come-back", access=Access.SIGNED_IN)
@presses
def arrive_back() -> ResponseReturnValue:
    return pressed(commands.come_back)


@bp.get("/arrive/paper/<sheet>", access=Access.PUBLIC)
@guesses
def show_sheet_code(sheet: str) -> ResponseReturnValue:
    return show(at_sheet(read_sheet(secret(), sheet).shift_id, sheet, viewer()))


@bp.post("/arrive/paper/<sheet>", access=Access.SIGNED_IN)
@presses
@guesses
def ask_to_confirm(sheet: str) -> ResponseReturnValue:
    shift_id = read_sheet(secret(), sheet).shift_id
    commands.ask_to_confirm(shift_id, people(), viewer(), phone_name())
    return go_to(f"/arrive/paper/{sheet}")


def pressed(press: Press) -> ResponseReturnValue:
    """Press with the ticket of the form, and show where everybody stands now."""
    token = request.form.get("ticket", "")
    press(checked(token), people(), viewer(), phone_name())
    return go_to(f"/arrive/with/{token}")


def checked(token: str) -> Ticket:
    """The ticket, if it is this phone's own; raises why not."""
    ticket = read_ticket(secret(), token)
    if not ticket.is_for(viewer().id, phone_mark()):
        raise NotYourTicket
    return ticket


def phone_mark() -> str:
    """The phone that asks, so that its ticket tells nobody else its name."""
    return hashlib.sha256(phone_id().encode()).hexdigest()[:24]


def people() -> tuple[int, ...]:
    """Whom the form names, each once; raises NotFound for what can be nobody."""
    named = request.form.getlist("volunteer")
    numbers = set(map(number_in, named))
    if not 0 < len(named) <= MOST_AT_ONCE or 0 in numbers:
        raise NotFound
    return tuple(sorted(numbers))


def show(scanned: ArrivePage) -> ResponseReturnValue:
    """The page for the household in front of the code."""
    return page("venue/arrive.html", scanned=scanned, hindrance=hindrance(scanned))
