"""Taking back, for ten minutes, what one has just pressed: a place taken, or given back."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound, Refusal
from volboard.signups.children import ADULT_GONE
from volboard.signups.commands import cancel, sign_up
from volboard.signups.errors import TooLateToRestore, TooLateToUndo
from volboard.signups.models import Signup
from volboard.signups.places import Place
from volboard.signups.rules import CHANGE_OF_MIND, SignupState


@dataclass(frozen=True)
class Press:
    """A signup as its own household pressed it."""

    shift_id: int
    volunteer_id: int
    state: str
    created_at: datetime
    seated_at: datetime | None
    ended_at: datetime | None
    ended_by: int | None
    end_reason: str

    @property
    def was_taken_back(self) -> bool:
        return self.state == SignupState.CANCELLED


def undo_taking(signup_id: int, by: Viewer) -> Place:
    """Give back a place that was taken in the last ten minutes; done twice it changes nothing.

    Raises NotFound for a place of another household, TooLateToUndo, TooLate once the shift has
    begun, IsHere for who was checked in.
    """
    press = _own(signup_id, by)
    if not press.was_taken_back and _is_long_ago(press.created_at):
        raise TooLateToUndo
    return cancel(signup_id, by)


def undo_giving_back(signup_id: int, by: Viewer) -> tuple[Place, bool]:
    """Take again a place given back in the last ten minutes, with the children who lost theirs
    by it. Answers the place, and whether a seat was lost: somebody else sits there by now.

    Done twice it changes nothing. Each place is taken in a transaction of its own, for each locks
    its own person first. Raises NotFound for a place that another ended, TooLateToRestore, and
    what `sign_up` raises.
    """
    press = _own(signup_id, by)
    if press.was_taken_back:
        if press.ended_by != by.id or press.end_reason:
            raise NotFound
        if press.ended_at is None or _is_long_ago(press.ended_at):
            raise TooLateToRestore
    place = sign_up(press.volunteer_id, press.shift_id, by.id)
    for child in _children_of(press, by) if press.was_taken_back else ():
        with suppress(Refusal):
            sign_up(child, press.shift_id, by.id)
    return place, press.seated_at is not None and place.number > 0


def _is_long_ago(pressed_at: datetime) -> bool:
    return clock.now() - pressed_at > CHANGE_OF_MIND


def _own(signup_id: int, by: Viewer) -> Press:
    s = Signup
    row = db.session.execute(
        select(s.shift_id, s.volunteer_id, s.state, s.created_at, s.seated_at, s.ended_at,
               s.ended_by, s.end_reason)
        .join(Volunteer, Volunteer.id == s.volunteer_id)
        .where(s.id == signup_id, Volunteer.account_id == by.id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return Press(**row._mapping)


def _children_of(press: Press, by: Viewer) -> tuple[int, ...]:
    """The household's children whose places ended with this one."""
    found = db.session.scalars(
        select(Signup.volunteer_id)
        .join(Volunteer, Volunteer.id == Signup.volunteer_id)
        .where(Volunteer.account_id == by.id, Signup.shift_id == press.shift_id)
        .where(Signup.end_reason == ADULT_GONE, Signup.ended_by == by.id)
        .where(Signup.ended_at >= press.ended_at)
        .order_by(Signup.id)
    )
    return tuple(found)
