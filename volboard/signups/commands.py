"""Taking a place, giving it back, and seating somebody out of turn."""

from sqlalchemy import select

from volboard.accounts.commands import quick_account
from volboard.accounts.errors import PhoneKnown
from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.events.shift_commands import ShiftRow, lock_shift, set_shift
from volboard.signups import places
from volboard.signups.children import refuse_age
from volboard.signups.errors import (
    CalledOff,
    Full,
    NeedsReason,
    NotOpen,
    NotWaiting,
    NotYetOpen,
    Over,
    TooLate,
)
from volboard.signups.models import Signup
from volboard.signups.overlaps import refuse_overlap
from volboard.signups.pauses import refuse_paused
from volboard.signups.places import Owner, Place
from volboard.signups.rules import SignupState, can_give_back, is_open
from volboard.signups.sent_before import sent_before
from volboard.signups.telling import tell_ended, tell_promoted


def sign_up(volunteer_id: int, shift_id: int, by: int) -> Place:
    """Seat the person, or put them last on the waiting list; `by` is their own account.

    A second press answers with the first result. Raises NotFound for a stranger's volunteer,
    and a Refusal where the shift is closed, over, called off, or overlaps another place, and
    Paused where the community's rule keeps this person from signing up for a while, and
    AdultsOnly or NeedsAdult where the post does not take somebody of this age so.
    """
    with transaction():
        owner, shift = places.lock_pair(volunteer_id, shift_id)
        if owner.account_id != by or owner.is_removed:
            raise NotFound
        refuse_paused(owner, shift)
        return _take(owner, shift, by)


def quick_sign_up(name: str, phone: str, shift_id: int, request_key: str) -> tuple[int, Place]:
    """Make an account for a visitor and take a place; answers the account and the place.

    The same form sent again (`request_key`) answers with the first result. Raises PhoneKnown
    where the number has an account: that signs nobody in.
    """
    with transaction():
        try:
            person = quick_account(name, phone)
        except PhoneKnown:
            known = sent_before(phone, shift_id, request_key)
            if known is None:
                raise
            return known
        owner, shift = places.lock_pair(person.volunteer_id, shift_id)
        return person.account_id, _take(owner, shift, person.account_id, request_key)


def sign_up_by_organizer(volunteer_id: int, shift_id: int, by: Viewer) -> Place:
    """Sign somebody up at the desk or the gate (代报名); raises as `sign_up` does."""
    with transaction():
        owner, shift = _managed(volunteer_id, shift_id, by)
        return _take(owner, shift, by.id)


def cancel(signup_id: int, by: Viewer, reason: str = "") -> Place:
    """Give a place back; the first in line gets it in the same moment.

    Done twice it changes nothing. An organizer of the community may free a place, and their own
    after the deadline, until the gate is closed, and says why, whichever page they come from.
    Raises NotFound for a stranger's place, NeedsReason, TooLate after the deadline, IsHere for
    somebody who was checked in. A child's place that wants an adult of the household beside it
    ends with the last adult's.
    """
    with transaction():
        shift = lock_shift(_signup(signup_id)[0].shift_id)
        signup, owner_id = _signup(signup_id)
        is_own = owner_id == by.id
        if not is_own and not by.manages(shift.community_id):
            raise NotFound
        ended = Place(signup.id, shift.id, signup.volunteer_id, SignupState.CANCELLED, 0)
        if signup.state == SignupState.CANCELLED:
            return ended
        given = reason.strip()
        if not is_own and not given and shift.closed_at is None:
            raise NeedsReason
        if shift.closed_at is not None or not (given and by.manages(shift.community_id)):
            _refuse_late(signup, shift)
        places.end(signup.id, by.id, given)
        tell_ended(signup.id, given, by.id)
        places.promote(shift.id, by.id)
        return ended


def seat_out_of_turn(signup_id: int, reason: str, by: Viewer) -> Place:
    """Seat somebody who waits before their turn, adding a seat if none is free.

    The reason is kept on the signup. Raises NeedsReason, NotFound, and NotWaiting for a place
    that was given back meanwhile.
    """
    with transaction():
        signup, _owner = _signup(signup_id)
        refuse_closed(_managed(signup.volunteer_id, signup.shift_id, by)[1])
        state = _signup(signup_id)[0].state
        if state == SignupState.CANCELLED:
            raise NotWaiting
        place = seat_person(signup.volunteer_id, signup.shift_id, reason, by)
        if state == SignupState.WAITING:
            tell_promoted([signup_id], by.id)
        return place


def seat_person(volunteer_id: int, shift_id: int, reason: str, by: Viewer) -> Place:
    """Make sure that the person has a seat now (a walk-in); a seat beyond the announced
    capacity, or before others who wait, needs a reason. Raises Full without one."""
    with transaction():
        owner, shift = _managed(volunteer_id, shift_id, by)
        place = places.live_place(shift_id, volunteer_id) or _take_seat_if_free(owner, shift, by)
        if place is not None and place.state is SignupState.SEATED:
            return place
        if not reason.strip():
            raise Full if place is None else NeedsReason
        return _add_seat(owner, shift, reason.strip(), by)


def _take(owner: Owner, shift: ShiftRow, by: int, request_key: str | None = None) -> Place:
    place = places.live_place(shift.id, owner.volunteer_id)
    if place is not None:
        return place
    _refuse_unfit(owner, shift)
    return places.take(owner, shift, by, request_key)


def _take_seat_if_free(owner: Owner, shift: ShiftRow, by: Viewer) -> Place | None:
    _refuse_unfit(owner, shift)
    free = shift.seated < shift.capacity and shift.waiting == 0
    return places.take(owner, shift, by.id) if free else None


def _add_seat(owner: Owner, shift: ShiftRow, reason: str, by: Viewer) -> Place:
    waiting = places.live_place(shift.id, owner.volunteer_id) or places.take(owner, shift, by.id)
    if shift.seated >= shift.capacity:
        set_shift(shift.id, capacity=shift.capacity + 1)
    places.seat(waiting.signup_id, reason, by.id)
    return Place(waiting.signup_id, shift.id, owner.volunteer_id, SignupState.SEATED, 0)


def _refuse_unfit(owner: Owner, shift: ShiftRow) -> None:
    refuse_closed(shift)
    refuse_age(owner.age_band, owner.account_id, shift)
    refuse_overlap(owner.volunteer_id, shift)


def refuse_closed(shift: ShiftRow) -> None:
    """Raise the refusal that fits, unless the shift takes signups now."""
    if shift.event_state == "draft":
        raise NotFound
    if shift.event_state == "cancelled" or shift.called_off_at is not None:
        raise CalledOff
    now = clock.now()
    if now >= shift.ends_at:
        raise Over
    if shift.closed_at is not None:
        raise NotOpen
    if not is_open(shift.opens_at, shift.ends_at, now):
        raise NotYetOpen


def _refuse_late(signup: Signup, shift: ShiftRow) -> None:
    now = clock.now()
    if signup.state == SignupState.WAITING:
        return
    if not can_give_back(shift.starts_at, shift.cancel_notice, signup.created_at, now):
        raise TooLate


def _managed(volunteer_id: int, shift_id: int, by: Viewer) -> tuple[Owner, ShiftRow]:
    owner, shift = places.lock_pair(volunteer_id, shift_id)
    if not by.manages(shift.community_id):
        raise NotFound
    return owner, shift


def _signup(signup_id: int) -> tuple[Signup, int]:
    row = db.session.execute(
        select(Signup, Volunteer.account_id)
        .join(Volunteer, Volunteer.id == Signup.volunteer_id)
        .where(Signup.id == signup_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]
