"""Passing a seat on: the giver's page, and the page behind the secret address."""

from dataclasses import dataclass

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.errors import PhoneKnown
from volboard.accounts.queries import Person, household
from volboard.accounts.session import sign_in
from volboard.core import limits
from volboard.core.access import Access, viewer
from volboard.core.qr import absolute
from volboard.core.security import csrf
from volboard.core.web import go_to, page, sign_in_url
from volboard.signups import hand_overs
from volboard.signups.blueprint import bp
from volboard.signups.forms import QuickForm
from volboard.signups.hand_over_queries import Offered, is_offered, offered
from volboard.signups.place_views import asked_volunteer, request_key
from volboard.signups.seat_queries import OwnSeat, own_seat

OWN = "/signups/<id:signup_id>/hand-over"
TAKE = "/hand-over/<secret>"


@dataclass(frozen=True)
class GiverPage:
    """One's own seat, and the address by which it can be taken."""

    seat: OwnSeat
    is_offered: bool
    url: str
    """The secret address, right after it was made; empty ever after."""


@dataclass(frozen=True)
class TakerPage:
    """A seat that somebody passes on, and who may take it."""

    offered: Offered
    url: str
    people: tuple[Person, ...]
    """The household; empty for a visitor."""
    form: QuickForm
    sign_in_url: str
    is_known: bool
    """Whether the number that was typed has an account already."""


@bp.get(OWN, access=Access.SIGNED_IN)
def show_hand_over(signup_id: int) -> ResponseReturnValue:
    return _giver_page(signup_id, "")


@bp.post(OWN, access=Access.SIGNED_IN)
def offer_seat(signup_id: int) -> ResponseReturnValue:
    """Make the address; it stands on this answer only."""
    secret = hand_overs.offer(signup_id, viewer())
    return _giver_page(signup_id, absolute(request, f"/hand-over/{secret}"))


@bp.post(OWN + "/withdraw", access=Access.SIGNED_IN)
def withdraw_seat(signup_id: int) -> ResponseReturnValue:
    hand_overs.withdraw(signup_id, viewer())
    flash(_("收回了，原来的链接没有用了，位置还是您的。"), "done")
    return go_to(f"/signups/{signup_id}/hand-over")


@bp.get(TAKE, access=Access.PUBLIC)
@limits.guesses
def show_offered(secret: str) -> ResponseReturnValue:
    return _taker_page(secret, QuickForm.blank())


@bp.post(TAKE, access=Access.PUBLIC)
@limits.guesses
@limits.forms
@limits.new_accounts
@limits.known_numbers
def take_over(secret: str) -> ResponseReturnValue:
    """Take the seat: for one of the household, or for a visitor with a name and a phone.

    As at `take_place`, the token is checked here: the second tap of a visitor arrives with the
    token of the session before, and writes nothing.
    """
    if not viewer().is_signed_in:
        csrf.protect()
        return _take_as_visitor(secret)
    if "phone" in request.form and "volunteer" not in request.form:
        return go_to(_event_url(_offered(secret)))
    csrf.protect()
    hand_overs.take_over(secret, asked_volunteer(), viewer().id)
    return _done(secret)


csrf.exempt(take_over)


def _take_as_visitor(secret: str) -> ResponseReturnValue:
    found, form = _offered(secret), QuickForm()
    if not form.is_right():
        return _taker_page(secret, form, 422)
    try:
        account_id, _place = hand_overs.take_over_quickly(
            secret, form.text("name"), form.text("phone"), request_key(found.shift_id)
        )
    except PhoneKnown as refusal:
        limits.note(limits.FAILED)
        form.refuse("phone", refusal)
        return _taker_page(secret, form, 422, is_known=True)
    limits.note(limits.NEW_ACCOUNT)
    sign_in(account_id)
    return _done(secret)


def _done(secret: str) -> ResponseReturnValue:
    flash(_("接好了，这个位置是您的了。"), "done")
    return go_to(_event_url(_offered(secret)))


def _offered(secret: str) -> Offered:
    return offered(hand_overs.digest_of(secret))


def _event_url(found: Offered) -> str:
    return f"/events/{found.event_id}#shift-{found.shift_id}"


def _giver_page(signup_id: int, url: str) -> ResponseReturnValue:
    seat = own_seat(signup_id, viewer().id)
    return page("signups/hand_over.html", give=GiverPage(seat, is_offered(signup_id), url))


def _taker_page(
    secret: str, form: QuickForm, status: int = 200, is_known: bool = False
) -> ResponseReturnValue:
    found, url = _offered(secret), f"/hand-over/{secret}"
    people = household(viewer().id) if viewer().is_signed_in else ()
    take = TakerPage(found, url, people, form, sign_in_url(url), is_known)
    return page("signups/take_over.html", status, take=take)
