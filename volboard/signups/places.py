"""The one place where a signup is made, moved or ended. Callers hold the locks: the volunteer's
row, then the shift's (docs/adr/0002)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from volboard.accounts.identity_models import HouseholdProposal
from volboard.accounts.models import Volunteer
from volboard.communities.commands import settle
from volboard.communities.queries import homes
from volboard.core import clock
from volboard.core.db import db, locked
from volboard.core.errors import NotFound
from volboard.events.models import Shift
from volboard.events.shift_commands import ShiftRow, lock_shift
from volboard.messages.commands import drop
from volboard.signups.children import ADULT_GONE, left_alone
from volboard.signups.errors import IsHere
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState, freed_seats, place_for
from volboard.signups.telling import OF_A_PLACE, tell_ended, tell_promoted

LIVE = Signup.state != SignupState.CANCELLED


@dataclass(frozen=True)
class Place:
    """A person's place in a shift; `number` is their turn in the queue, 0 with a seat."""

    signup_id: int
    shift_id: int
    volunteer_id: int
    state: SignupState
    number: int


@dataclass(frozen=True)
class Owner:
    """The volunteer whose row is locked, and the account that they belong to."""

    volunteer_id: int
    account_id: int
    is_self: bool
    is_removed: bool
    """Whether the household took this person out."""
    age_band: str
    """Empty for adults, teen from 14 to 17, child below 14."""
    proposed_to: int | None = None
    """The account that was asked whether they are family and has not said."""


def lock_volunteer(volunteer_id: int) -> Owner:
    """Hold a volunteer until the transaction ends; raises NotFound."""
    v, p = Volunteer, HouseholdProposal
    asked = select(p.account_id).where(p.volunteer_id == v.id, p.answer == "").scalar_subquery()
    row = db.session.execute(
        locked(select(v.id, v.account_id, v.is_self, v.removed_at.is_not(None), v.age_band, asked)
               .where(v.id == volunteer_id), of=v)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return Owner(*row)


def lock_pair(volunteer_id: int, shift_id: int) -> tuple[Owner, ShiftRow]:
    """Hold a volunteer, and then the shift with those in which they have a place, by their ids.

    Nobody can move one of them onto another while their times are compared. Raises NotFound.
    """
    owner = lock_volunteer(volunteer_id)
    mine = select(Signup.shift_id).where(Signup.volunteer_id == volunteer_id, LIVE)
    wanted = or_(Shift.id == shift_id, and_(Shift.id.in_(mine), Shift.ends_at > clock.now()))
    db.session.execute(locked(select(Shift.id).where(wanted).order_by(Shift.id), of=Shift))
    return owner, lock_shift(shift_id)


def live_place(shift_id: int, volunteer_id: int) -> Place | None:
    """The person's live place in the shift, with their turn in the queue."""
    row = db.session.execute(
        select(Signup.id, Signup.state)
        .where(Signup.shift_id == shift_id, Signup.volunteer_id == volunteer_id, LIVE)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    return Place(row[0], shift_id, volunteer_id, SignupState(row[1]), turn(shift_id, *row))


def turn(shift_id: int, signup_id: int, state: str) -> int:
    """The turn in the queue, from 1; 0 for somebody who has a seat."""
    if state != SignupState.WAITING:
        return 0
    ahead = select(func.count()).where(
        Signup.shift_id == shift_id, Signup.state == SignupState.WAITING, Signup.id <= signup_id
    )
    return db.session.scalar(ahead) or 0


def take(owner: Owner, shift: ShiftRow, made_by: int, request_key: str | None = None) -> Place:
    """Give the person the next seat or the last turn.

    Who takes it themself is at home in this community from now on. An organizer makes nobody
    their own who lives elsewhere: at home, a person's password can be reset at the desk.
    """
    state = place_for(shift.capacity, shift.seated, shift.waiting)
    now = clock.now()
    signup = Signup(
        shift_id=shift.id,
        volunteer_id=owner.volunteer_id,
        state=state,
        made_by=made_by,
        request_key=request_key,
        created_at=now,
        seated_at=now if state is SignupState.SEATED else None,
    )
    db.session.add(signup)
    db.session.flush()
    if made_by == owner.account_id or not homes(owner.account_id):
        settle(owner.account_id, shift.community_id)
    number = shift.waiting + 1 if state is SignupState.WAITING else 0
    return Place(signup.id, shift.id, owner.volunteer_id, state, number)


def end(signup_id: int, by: int, reason: str = "") -> None:
    """End a live place, and those of children whom it leaves alone; the rows stay.

    What was still to be told of it is dropped. Raises IsHere for whom the gate has let in: it
    stands above this floor, so the database knows.
    """
    for shift_id, volunteer_id in _end(Signup.id == signup_id, by, reason):
        drop(f"shift:{shift_id}", OF_A_PLACE, [volunteer_id])
    for child in left_alone(signup_id):
        with suppress(IsHere), db.session.begin_nested():
            end(child, by, reason or ADULT_GONE)
            tell_ended(child, reason or ADULT_GONE, by)


def end_all(shift_id: int, by: int, reason: str) -> None:
    """End all live places of a shift that is called off, in one statement. Raises IsHere."""
    _end(Signup.shift_id == shift_id, by, reason)


def _end(which: ColumnElement[bool], by: int, reason: str) -> Sequence[Row[int, int]]:
    """Answers shift and volunteer of each place that ended."""
    ended = (
        update(Signup)
        .where(which, LIVE)
        .values(state=SignupState.CANCELLED, ended_at=clock.now(), ended_by=by, end_reason=reason)
        .returning(Signup.shift_id, Signup.volunteer_id)
    )
    try:
        return db.session.execute(ended.execution_options(synchronize_session=False)).all()
    except IntegrityError as refused:
        if "who_came_keeps_the_place" in str(refused.orig):
            raise IsHere from None
        raise


def promote(shift_id: int, by: int | None = None) -> tuple[int, ...]:
    """Seat as many of the queue as there are seats, in turn, and tell them; answers their signups.

    `by`: the account that freed the seats, which is not told of its own act.
    """
    s = Shift
    row = db.session.execute(
        select(s.capacity, s.seated, s.waiting, s.ends_at).where(s.id == shift_id)
    ).one()
    free = freed_seats(row.capacity, row.seated, row.waiting)
    if not free or row.ends_at <= clock.now():
        return ()
    first = db.session.scalars(
        select(Signup.id)
        .where(Signup.shift_id == shift_id, Signup.state == SignupState.WAITING)
        .order_by(Signup.id)
        .limit(free)
    ).all()
    _seat(first)
    tell_promoted(first, by)
    return tuple(first)


def seat(signup_id: int, reason: str, by: int) -> None:
    """Turn a waiting place into a seat out of turn; `reason` and `by` are kept."""
    _seat([signup_id], jump_reason=reason, jumped_by=by)


def _seat(signup_ids: Sequence[int], **columns: object) -> None:
    """Seat them one after the other, sent at once: PostgreSQL changes the rows of one statement
    in any order, and the guard of the turn minds the order."""
    seated = (
        update(Signup)
        .where(Signup.id == bindparam("who"), Signup.state == SignupState.WAITING)
        .values(state=SignupState.SEATED, seated_at=clock.now(), **columns)
    )
    db.session.connection().execute(seated, [{"who": one} for one in signup_ids])
