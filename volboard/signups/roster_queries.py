"""The organizer's list of a shift."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, Volunteer
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.events.queries import ManagedShift
from volboard.signups.models import Signup
from volboard.signups.queries import turn_in_queue
from volboard.signups.rules import SignupState


@dataclass(frozen=True)
class RosterRow:
    """Somebody on the list of a shift; pages mask name and phone."""

    signup_id: int
    volunteer_id: int
    account_id: int
    name: str
    phone: str
    state: str
    number: int
    made_at: datetime
    made_by_other: bool
    """Whether another account pressed the button (代报名)."""
    jump_reason: str | None
    maker_name: str
    """Who pressed the button."""
    asked_at: datetime | None
    """When 还来吗 was asked."""
    said_at: datetime | None
    """When they said that they will come."""


@dataclass(frozen=True)
class Roster:
    """The people of a shift: the seated by the time of their seat, then the queue."""

    managed: ManagedShift
    rows: tuple[RosterRow, ...]

    @property
    def seated(self) -> tuple[RosterRow, ...]:
        return tuple(row for row in self.rows if not row.number)

    @property
    def queue(self) -> tuple[RosterRow, ...]:
        return tuple(row for row in self.rows if row.number)


@dataclass(frozen=True)
class ManagedRow:
    """A signup that an organizer is about to do something with."""

    signup_id: int
    shift_id: int
    account_id: int
    name: str
    shift_title: str


def roster(managed: ManagedShift) -> Roster:
    """Everybody with a live place in the shift, in one statement."""
    v, a, maker = Volunteer, Account, aliased(Volunteer)
    number = turn_in_queue().label("number")
    rows = db.session.execute(
        select(Signup.id, v.id, a.id, v.name, a.phone, Signup.state, number, Signup.created_at,
               Signup.made_by != a.id, Signup.jump_reason, maker.name, Signup.coming_asked_at,
               Signup.coming_said_at)
        .join(v, v.id == Signup.volunteer_id)
        .join(a, a.id == v.account_id)
        .join(maker, and_(maker.account_id == Signup.made_by, maker.is_self))
        .where(Signup.shift_id == managed.shift.id, Signup.state != SignupState.CANCELLED)
        .order_by(Signup.state, Signup.seated_at, Signup.id)
    )  # fmt: skip
    return Roster(managed, tuple(RosterRow(*list(row)) for row in rows))


def managed_row(signup_id: int, by: Viewer) -> ManagedRow:
    """The signup if this person's power reaches its shift; else raises NotFound."""
    row = db.session.execute(
        select(Event.community_id, Signup.id, Shift.id, Volunteer.account_id, Volunteer.name,
               Shift.title)
        .join(Volunteer, Volunteer.id == Signup.volunteer_id)
        .join(Shift, Shift.id == Signup.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .where(Signup.id == signup_id)
    ).one_or_none()  # fmt: skip
    if row is None or not by.manages(row[0]):
        raise NotFound
    return ManagedRow(*row[1:])
