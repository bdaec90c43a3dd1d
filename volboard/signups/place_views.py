"""Taking a place and giving it back: a visitor's page, and the buttons of the household."""

import hashlib
from dataclasses import dataclass

from flask import current_app, flash, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.errors import PhoneKnown
from volboard.accounts.session import sign_in
from volboard.core import clock, formats, limits
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.security import csrf
from volboard.core.web import fragment_or_redirect, go_to, number_in, page, sign_in_url
from volboard.events.queries import EventFact, ShiftFact, get_shift
from volboard.signups import commands
from volboard.signups.blueprint import bp
from volboard.signups.cards import GATE, CardState, card_state, one_card
from volboard.signups.forms import QuickForm
from volboard.signups.places import Place


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


@bp.get("/shifts/<id:shift_id>/sign-up", access=Access.PUBLIC)
def show_sign_up(shift_id: int) -> ResponseReturnValue:
    shift, event = get_shift(shift_id)
    if viewer().is_signed_in:
        return go_to(event_url(shift))
    return _sign_up_page(event, shift, QuickForm.blank())


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
        return go_to(event_url(get_shift(shift_id)[0]))
    csrf.protect()
    place = commands.sign_up(asked_volunteer(), shift_id, viewer().id)
    return _answer(place)


csrf.exempt(take_place)


@bp.post("/signups/<id:signup_id>/cancel", access=Access.SIGNED_IN)
def give_back(signup_id: int) -> ResponseReturnValue:
    return _answer(commands.cancel(signup_id, viewer()))


def event_url(shift: ShiftFact) -> str:
    """The event's page, at this shift."""
    return f"/events/{shift.event_id}#shift-{shift.id}"


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
        form.refuse("phone", refusal)
        return _sign_up_page(event, shift, form, 422, is_known=True)
    limits.note(limits.NEW_ACCOUNT)
    sign_in(account_id)
    flash(_in_words(place, shift), "done")
    return go_to(event_url(shift))


def request_key(shift_id: int) -> str:
    """What tells a form sent again from another one: this session's own secret and the shift."""
    return hashlib.sha256(f"{session['csrf_token']} {shift_id}".encode()).hexdigest()


def asked_volunteer() -> int:
    """Whom the button is for; the person themself where it does not say."""
    asked = number_in(request.form.get("volunteer", str(viewer().volunteer_id)))
    if not asked:
        raise NotFound
    return asked


def _answer(place: Place) -> ResponseReturnValue:
    shift, event = get_shift(place.shift_id)
    gate = current_app.extensions[GATE]
    card = one_card(event, shift, viewer(), fresh=place.volunteer_id, gate=gate)
    return fragment_or_redirect("signups/_shift_card.html", event_url(shift), card=card)


def _in_words(place: Place, shift: ShiftFact) -> str:
    if place.number:
        return _("已满，先排候补第 %(num)s 位。有空位会自动轮到您。", num=place.number)
    when = f"{formats.short_day(shift.starts_at)} {formats.clock_time(shift.starts_at)}"
    return _("报上了：%(when)s，%(what)s。", when=when, what=shift.title)


def _sign_up_page(
    event: EventFact, shift: ShiftFact, form: QuickForm, status: int = 200, is_known: bool = False
) -> ResponseReturnValue:
    sign_up = SignUpPage(
        event, shift, card_state(event, shift, clock.now()), form,
        sign_in_url(f"/shifts/{shift.id}/sign-up"), event_url(shift), is_known,
    )  # fmt: skip
    return page("signups/sign_up.html", status, sign_up=sign_up)
