"""Taking a place and giving it back: a visitor's page, and the buttons of the household."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import current_app, flash, request, session
from flask.typing import ResponseReturnValue

from volboard.accounts.door import came_by_number
from volboard.accounts.errors import PhoneKnown
from volboard.accounts.queries import Person, household
from volboard.accounts.session import sign_in
from volboard.accounts.typed import keep_typed, typed
from volboard.core import clock, limits
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.security import csrf
from volboard.core.web import (
    go_to,
    number_in,
    page,
    page_or_fragment,
    safe_path,
    sign_in_url,
    wants_fragment,
)
from volboard.events.queries import EventFact, ShiftFact, get_shift
from volboard.signups import commands, saying, undoing
from volboard.signups.blueprint import bp
from volboard.signups.cards import GATE, CardState, ShiftCard, card_state, one_card
from volboard.signups.forms import QuickForm
from volboard.signups.places import Place
from volboard.signups.saying import Said


@dataclass(frozen=True)
class SignUpPage:
    """A visitor before a shift."""

    event: EventFact
    shift: ShiftFact
    state: CardState
    form: QuickForm
    sign_in_url: str
    back_url: str
    is_known: bool
    """Whether the number that was typed has an account already."""


@dataclass(frozen=True)
class Pressed:
    """The answer to a press: the shift's card as it stands now, and the sentence."""

    card: ShiftCard
    said: Said


@bp.get("/shifts/<id:shift_id>/sign-up", access=Access.PUBLIC)
def show_sign_up(shift_id: int) -> ResponseReturnValue:
    shift, event = get_shift(shift_id)
    if viewer().is_signed_in:
        return go_to(event_url(shift))
    known = typed()
    return _sign_up_page(event, shift, QuickForm.blank(name=known.name, phone=known.phone))


@bp.post("/shifts/<id:shift_id>/sign-up", access=Access.PUBLIC)
@limits.forms
@limits.new_accounts
@limits.new_accounts_a_shift
@limits.known_numbers
def take_place(shift_id: int) -> ResponseReturnValue:
    """Take a place: for one of the household, or for a visitor with a name and a phone.

    The token is checked here and not before, because of the second tap: it arrives after the
    first one has signed this phone in, with the token of the session before. It writes nothing.
    """
    if not viewer().is_signed_in:
        csrf.protect()
        return _take_as_visitor(shift_id)
    if "phone" in request.form and "volunteer" not in request.form:
        return go_to(confirmation_url(get_shift(shift_id)[0]))
    csrf.protect()
    place = commands.sign_up(asked_volunteer(), shift_id, viewer().id)
    return _answer(place, saying.taken)


csrf.exempt(take_place)


@bp.post("/signups/<id:signup_id>/cancel", access=Access.SIGNED_IN)
def give_back(signup_id: int) -> ResponseReturnValue:
    return _answer(commands.cancel(signup_id, viewer()), saying.given_back)


@bp.post("/signups/<id:signup_id>/undo", access=Access.SIGNED_IN)
def undo_taking(signup_id: int) -> ResponseReturnValue:
    return _answer(undoing.undo_taking(signup_id, viewer()), saying.given_back, undoes=False)


@bp.post("/signups/<id:signup_id>/restore", access=Access.SIGNED_IN)
def undo_giving_back(signup_id: int) -> ResponseReturnValue:
    place, lost_seat = undoing.undo_giving_back(signup_id, viewer())
    return _answer(place, partial(saying.taken, lost_seat=lost_seat), undoes=False)


def event_url(shift: ShiftFact) -> str:
    """The event's page, at this shift."""
    return f"/events/{shift.event_id}#shift-{shift.id}"


def confirmation_url(shift: ShiftFact) -> str:
    """The event's page at its top, where a first signup is told of the way back in."""
    return f"/events/{shift.event_id}"


def _take_as_visitor(shift_id: int) -> ResponseReturnValue:
    shift, event = get_shift(shift_id)
    form = QuickForm()
    if not form.is_right():
        return _sign_up_page(event, shift, form, 422)
    try:
        account_id, place = commands.quick_sign_up(
            form.text("name"), form.text("phone"), shift_id, request_key(shift_id)
        )
    except PhoneKnown as refusal:
        limits.note(limits.FAILED)
        keep_typed(form)
        form.refuse("phone", refusal)
        return _sign_up_page(event, shift, form, 422, is_known=True)
    limits.note(limits.NEW_ACCOUNT)
    sign_in(account_id)
    came_by_number()
    _flash(saying.taken(place, None, shift))
    return go_to(confirmation_url(shift))


def request_key(shift_id: int) -> str:
    """What tells a form sent again from another one: this session's own secret and the shift."""
    return hashlib.sha256(f"{session['csrf_token']} {shift_id}".encode()).hexdigest()


def asked_volunteer() -> int:
    """Whom the button is for; the person themself where it does not say."""
    asked = number_in(request.form.get("volunteer", str(viewer().volunteer_id)))
    if not asked:
        raise NotFound
    return asked


def _answer(
    place: Place, words: Callable[[Place, Person | None, ShiftFact], Said], undoes: bool = True
) -> ResponseReturnValue:
    """The card with the sentence beside it, or the way back to where one was, where it stands."""
    shift, event = get_shift(place.shift_id)
    people = {person.volunteer_id: person for person in household(viewer().id)}
    said = words(place, people.get(place.volunteer_id), shift)
    said = said if undoes else Said(said.words)
    if not wants_fragment():
        _flash(said)
        return go_to(_back(shift))
    gate = current_app.extensions[GATE]
    card = one_card(event, shift, viewer(), fresh=place.volunteer_id, gate=gate)
    return page_or_fragment(
        "signups/_pressed.html", "signups/_pressed.html", pressed=Pressed(card, said)
    )


def _flash(said: Said) -> None:
    flash(said.words, "done")
    if said.undo_url:
        flash(said.undo_url, "undo")


def _back(shift: ShiftFact) -> str:
    """Where the form stood; the shift's place on its event's page where it does not say."""
    asked = safe_path(request.form.get("next"), "")
    is_elsewhere = asked and asked.split("?")[0] != f"/events/{shift.event_id}"
    return asked if is_elsewhere else event_url(shift)


def _sign_up_page(
    event: EventFact, shift: ShiftFact, form: QuickForm, status: int = 200, is_known: bool = False
) -> ResponseReturnValue:
    sign_up = SignUpPage(
        event, shift, card_state(event, shift, clock.now()), form,
        sign_in_url(f"/shifts/{shift.id}/sign-up"), event_url(shift), is_known,
    )  # fmt: skip
    return page("signups/sign_up.html", status, sign_up=sign_up)
