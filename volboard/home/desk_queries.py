"""What an organizer's desk asks: today's shifts, holes to fill, gates left open."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true

from volboard.attendance.models import Attendance
from volboard.attendance.rules import AttendanceState
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.rules import EventState

CAME = (AttendanceState.PRESENT, AttendanceState.LEFT)
LOOK_AHEAD = timedelta(days=30)
MOST_SHIFTS = 12
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DeskShift:
    """A shift as a line of the desk."""

    id: int
    title: str
    event_id: int
    event_title: str
    community: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    minimum: int
    seated: int
    waiting: int
    came: int
    """Everybody who was checked in."""

    @property
    def missing(self) -> int:
        """How many are wanting for the minimum."""
        return max(self.minimum - self.seated, 0)


@dataclass(frozen=True)
class Draft:
    """An event that waits to be finished."""

    id: int
    title: str
    starts_at: datetime


def todays_shifts(by: Viewer) -> tuple[DeskShift, ...]:
    """The shifts of today that are not closed, within this person's power."""
    midnight = clock.instant(clock.today(), time())
    return _found(
        by, Shift.starts_at < midnight + ONE_DAY, Shift.ends_at > midnight,
        Shift.closed_at.is_(None),
    )  # fmt: skip


def short_of_people(by: Viewer) -> tuple[DeskShift, ...]:
    """The shifts of the next thirty days that have fewer people than they need."""
    now = clock.now()
    return _found(
        by, Shift.starts_at > now, Shift.starts_at < now + LOOK_AHEAD,
        Shift.seated < Shift.minimum,
    )  # fmt: skip


def left_open(by: Viewer) -> tuple[DeskShift, ...]:
    """The shifts of earlier days whose gate nobody has closed: their hours wait."""
    midnight = clock.instant(clock.today(), time())
    return _found(by, Shift.ends_at <= midnight, Shift.closed_at.is_(None))


def drafts(by: Viewer) -> tuple[Draft, ...]:
    """The drafts within this person's power, the next first."""
    e = Event
    rows = db.session.execute(
        select(e.id, e.title, e.starts_at)
        .where(e.state == EventState.DRAFT, _within_power(by))
        .order_by(e.starts_at, e.id)
        .limit(MOST_SHIFTS)
    )
    return tuple(Draft(*row) for row in rows)


def _found(by: Viewer, *conditions: ColumnElement[bool]) -> tuple[DeskShift, ...]:
    query = _shifts().where(_within_power(by), *conditions).limit(MOST_SHIFTS)
    return tuple(DeskShift(*row) for row in db.session.execute(query))


def _shifts() -> Select[*tuple[Any, ...]]:
    s, a = Shift, Attendance
    came = (
        select(func.count())
        .where(a.shift_id == s.id, a.state.in_(CAME))
        .correlate(s)
        .scalar_subquery()
    )
    return (
        select(s.id, s.title, Event.id, Event.title, Community.name, s.starts_at, s.ends_at,
               s.capacity, s.minimum, s.seated, s.waiting, came)
        .join(Event, Event.id == s.event_id)
        .join(Community, Community.id == Event.community_id)
        .where(Event.state == EventState.PUBLISHED, s.called_off_at.is_(None))
        .order_by(s.starts_at, s.id)
    )  # fmt: skip


def _within_power(by: Viewer) -> ColumnElement[bool]:
    return true() if by.is_admin else Event.community_id.in_(sorted(by.communities))
