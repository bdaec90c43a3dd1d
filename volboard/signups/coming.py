"""还来吗: asking who has a seat whether they will come, and what they answer."""

from collections.abc import Collection

from sqlalchemy import select, update

from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.events.shift_commands import ShiftRow, lock_shift
from volboard.messages.commands import drop
from volboard.messages.rules import Kind
from volboard.signups import places
from volboard.signups.commands import refuse_closed
from volboard.signups.errors import Begun, NotNow, TooLate
from volboard.signups.models import Signup
from volboard.signups.notices import tell_people
from volboard.signups.rules import SignupState, can_give_back, may_ask_coming


def ask_who_comes(shift_id: int, by: Viewer) -> int:
    """Ask all who have a seat and were not asked yet; answers how many they are.

    Pressed again it asks those who got a seat meanwhile. Raises NotFound, NotNow (earlier than
    48 hours before, or begun), and what `refuse_closed` does.
    """
    with transaction():
        shift = lock_shift(shift_id)
        if not by.manages(shift.community_id):
            raise NotFound
        refuse_closed(shift)
        if not may_ask_coming(shift.starts_at, clock.now()):
            raise NotNow
        asked = _not_asked(shift_id)
        _mark(tuple(asked.values()), coming_asked_at=clock.now())
        tell_people(Kind.COMING, shift_id, asked, lambda who: f"/signups/{asked[who]}/coming")
        return len(asked)


def say_coming(signup_id: int, by: Viewer) -> None:
    """Note that the person will come. Raises NotFound for a stranger's place, and Begun.

    For a place that is no seat any more it changes nothing.
    """
    with transaction():
        shift, signup = _own_seat(signup_id, by)
        if signup.state == SignupState.SEATED:
            _mark([signup_id], coming_said_at=clock.now())
            drop(f"shift:{shift.id}", {Kind.COMING}, {signup.volunteer_id})


def say_not_coming(signup_id: int, by: Viewer) -> None:
    """Free the seat with one tap; the first in line gets it in the same moment.

    Who was asked may say so after the deadline too: it is better to know. Done twice it changes
    nothing. Raises NotFound for a stranger's place, TooLate for who was not asked, Begun, and
    IsHere for somebody who was checked in.
    """
    with transaction():
        shift, signup = _own_seat(signup_id, by)
        if signup.state != SignupState.SEATED:
            return
        in_time = can_give_back(
            shift.starts_at, shift.cancel_notice, signup.created_at, clock.now()
        )
        if signup.coming_asked_at is None and not in_time:
            raise TooLate
        places.end(signup_id, by.id)
        drop(f"shift:{shift.id}", {Kind.COMING}, {signup.volunteer_id})
        places.promote(shift.id, by.id)


def forget_answers(shift_id: int) -> None:
    """A shift that moved is another question: what was asked and said before does not hold.

    Inside the caller's transaction.
    """
    db.session.execute(
        update(Signup)
        .where(Signup.shift_id == shift_id, Signup.coming_asked_at.is_not(None))
        .values(coming_asked_at=None, coming_said_at=None)
        .execution_options(synchronize_session=False)
    )
    drop(f"shift:{shift_id}", {Kind.COMING})


def _own_seat(signup_id: int, by: Viewer) -> tuple[ShiftRow, Signup]:
    """A place of the own household, under the lock of its shift, which has not begun."""
    owned = (
        select(Signup)
        .join(Volunteer, Volunteer.id == Signup.volunteer_id)
        .where(Signup.id == signup_id, Volunteer.account_id == by.id)
        .execution_options(populate_existing=True)
    )
    found = db.session.scalar(owned)
    if found is None:
        raise NotFound
    shift = lock_shift(found.shift_id)
    if shift.closed_at is not None or clock.now() >= shift.starts_at:
        raise Begun
    return shift, db.session.scalars(owned).one()


def _not_asked(shift_id: int) -> dict[int, int]:
    """The signups to ask about, by volunteer."""
    seated = select(Signup.volunteer_id, Signup.id).where(
        Signup.shift_id == shift_id,
        Signup.state == SignupState.SEATED,
        Signup.coming_asked_at.is_(None),
        Signup.coming_said_at.is_(None),
    )
    return {volunteer: signup for volunteer, signup in db.session.execute(seated)}


def _mark(signup_ids: Collection[int], **columns: object) -> None:
    db.session.execute(
        update(Signup)
        .where(Signup.id.in_(signup_ids))
        .values(**columns)
        .execution_options(synchronize_session=False)
    )
