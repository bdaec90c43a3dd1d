"""A seat passes from hand to hand by a secret address; whoever opens it first may take it.

Of several takers the shift's lock lets one in first; the giver's row is not needed, since ending a
place compares no times (docs/adr/0029).
"""

import hashlib
import secrets

from flask_babel import gettext as _
from sqlalchemy import select, update

from volboard.accounts.commands import quick_account
from volboard.accounts.errors import PhoneKnown
from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.events.shift_commands import ShiftRow, lock_shift
from volboard.messages.commands import tell
from volboard.messages.rules import Kind
from volboard.signups import places
from volboard.signups.children import refuse_age
from volboard.signups.commands import refuse_closed
from volboard.signups.hand_over_errors import (
    AlreadyThere,
    Gone,
    HandOverTooLate,
    OwnPlace,
    QueueComesFirst,
    Taken,
    Withdrawn,
)
from volboard.signups.hand_over_queries import Offered, offered
from volboard.signups.models import HandOver, Signup
from volboard.signups.overlaps import refuse_overlap
from volboard.signups.pauses import refuse_paused
from volboard.signups.places import Owner, Place
from volboard.signups.readers import notice_of_place, readers
from volboard.signups.rules import SignupState
from volboard.signups.sent_before import sent_before

SECRET_BYTES = 16


def digest_of(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def offer(signup_id: int, by: Viewer) -> str:
    """Make the address by which the seat can be taken; answers its secret, which is not kept.

    An older address of the same seat is worth nothing from now on. Raises NotFound for a
    stranger's, Gone for what is no seat, HandOverTooLate once the shift has begun,
    QueueComesFirst while somebody waits, and what `refuse_closed` does.
    """
    with transaction():
        seat = _own(signup_id, by)
        shift = lock_shift(seat.shift_id)
        if _own(signup_id, by).state != SignupState.SEATED:
            raise Gone
        _refuse_shift(shift)
        _withdraw(signup_id)
        secret = secrets.token_urlsafe(SECRET_BYTES)
        db.session.add(
            HandOver(signup_id=signup_id, secret_hash=digest_of(secret), made_at=clock.now())
        )
        return secret


def withdraw(signup_id: int, by: Viewer) -> None:
    """Take the address back; done twice it changes nothing. Raises NotFound for a stranger's."""
    with transaction():
        lock_shift(_own(signup_id, by).shift_id)
        _withdraw(signup_id)


def take_over(secret: str, volunteer_id: int, by: int) -> Place:
    """End the giver's place and begin this person's, at once; `by` is their own account.

    A second tap answers with the first place. Raises NotFound for an unknown secret and a
    stranger's volunteer; Taken, Withdrawn, Gone, HandOverTooLate, QueueComesFirst, AlreadyThere
    and OwnPlace; Overlaps, Paused and the ages as any signup does; IsHere for a giver who came.
    """
    with transaction():
        found = offered(digest_of(secret))
        owner, shift = places.lock_pair(volunteer_id, found.shift_id)
        if owner.account_id != by or owner.is_removed:
            raise NotFound
        return _pass_on(secret, owner, shift)


def take_over_quickly(
    secret: str, name: str, phone: str, request_key: str
) -> tuple[int, Place]:  # fmt: skip
    """Make an account for a visitor and take the place; answers the account and the place.

    Raises PhoneKnown where the number has an account, and all that `take_over` does.
    """
    with transaction():
        found = offered(digest_of(secret))
        try:
            person = quick_account(name, phone)
        except PhoneKnown:
            known = sent_before(phone, found.shift_id, request_key)
            if known is None:
                raise
            return known
        owner, shift = places.lock_pair(person.volunteer_id, found.shift_id)
        return person.account_id, _pass_on(secret, owner, shift, request_key)


def _pass_on(secret: str, owner: Owner, shift: ShiftRow, request_key: str | None = None) -> Place:
    found = offered(digest_of(secret))
    mine = places.live_place(shift.id, owner.volunteer_id)
    if mine is not None and found.taken_by == owner.volunteer_id:
        return mine
    _refuse_offer(found)
    _refuse_shift(shift)
    if mine is not None:
        raise OwnPlace if found.giver_id == owner.volunteer_id else AlreadyThere
    refuse_paused(owner, shift)
    refuse_age(owner.age_band, owner.account_id, shift)
    refuse_overlap(owner.volunteer_id, shift)
    places.end(found.signup_id, owner.account_id, _("转给了别人"))
    place = places.take(owner, lock_shift(shift.id), owner.account_id, request_key)
    _mark(found.id, taken_by=owner.volunteer_id, taken_at=clock.now())
    tell(notice_of_place(Kind.HANDED_OVER, one) for one in readers(Signup.id == found.signup_id))
    return place


def _refuse_offer(found: Offered) -> None:
    if found.taken_by is not None:
        raise Taken
    if found.withdrawn_at is not None:
        raise Withdrawn
    if found.state != SignupState.SEATED:
        raise Gone


def _refuse_shift(shift: ShiftRow) -> None:
    refuse_closed(shift)
    if clock.now() >= shift.starts_at:
        raise HandOverTooLate
    if shift.waiting:
        raise QueueComesFirst


def _own(signup_id: int, by: Viewer) -> Signup:
    found = db.session.scalar(
        select(Signup)
        .join(Volunteer, Volunteer.id == Signup.volunteer_id)
        .where(Signup.id == signup_id, Volunteer.account_id == by.id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def _withdraw(signup_id: int) -> None:
    h = HandOver
    db.session.execute(
        update(h)
        .where(h.signup_id == signup_id, h.taken_at.is_(None), h.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def _mark(hand_over_id: int, **columns: object) -> None:
    db.session.execute(update(HandOver).where(HandOver.id == hand_over_id).values(**columns))
