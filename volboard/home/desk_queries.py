"""What an organizer's desk asks: today's shifts, holes to fill, gates left open."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from volboard.attendance.models import Attendance
from volboard.attendance.rules import CAME
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.rules import EventState
from volboard.signups.models import Signup

LOOK_AHEAD = timedelta(days=14)
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
    asked: int
    """Of the seated, who was asked 还来吗."""
    answered: int
    """Of the seated, who said that they will come."""
    closed_at: datetime | None
    kind: str

    @property
    def is_silent(self) -> bool:
        """Whether people were asked and nobody has answered."""
        return self.asked > 0 and not self.answered

    @property
    def missing(self) -> int:
        """How many are wanting for the minimum."""
        return max(self.minimum - self.seated, 0)


@dataclass(frozen=True)
class DeskShifts:
    """The shifts of the desk, each kind from the earliest."""

    today: tuple[DeskShift, ...]
    """Today's that are not closed."""
    short: tuple[DeskShift, ...]
    """Those of the next two weeks with fewer people than they need, or where all are silent."""
    left_open: tuple[DeskShift, ...]
    """Those of earlier days whose gate nobody has closed: their hours wait."""
    over: tuple[DeskShift, ...]
    """Those that ended last, the latest first, closed or not."""


@dataclass(frozen=True)
class Draft:
    """An event that waits to be finished."""

    id: int
    title: str
    starts_at: datetime


def desk_shifts(by: Viewer) -> DeskShifts:
    """The shifts that want something, a dozen of each kind at most; one statement."""
    now, midnight = clock.now(), clock.instant(clock.today(), time())
    open_still = Shift.closed_at.is_(None)
    kinds = {
        "today": and_(Shift.starts_at < midnight + ONE_DAY, Shift.ends_at > midnight, open_still),
        "short": and_(Shift.starts_at > now, Shift.starts_at < now + LOOK_AHEAD, _is_hole()),
        "left_open": and_(Shift.ends_at <= midnight, open_still),
    }  # fmt: skip
    wanted = [_found(by, kind, which) for kind, which in kinds.items()]
    found = union_all(*wanted, _found(by, "over", Shift.ends_at <= now, Shift.starts_at.desc()))
    rows: dict[str, list[DeskShift]] = {kind: [] for kind in (*kinds, "over")}
    for which, *row in db.session.execute(found):
        rows[which].append(DeskShift(*row))
    ordered = {kind: _in_order(shifts) for kind, shifts in rows.items()}
    return DeskShifts(**ordered | {"over": ordered["over"][::-1]})


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


def _found(
    by: Viewer, kind: str, wanted: ColumnElement[bool], order: Any = Shift.starts_at
) -> Select[*tuple[Any, ...]]:
    found = _shifts().where(_within_power(by), wanted).order_by(order, Shift.id)
    first = found.limit(MOST_SHIFTS).subquery()
    return select(cast(literal(kind), String), *first.c)


def _in_order(shifts: list[DeskShift]) -> tuple[DeskShift, ...]:
    return tuple(sorted(shifts, key=lambda shift: (shift.starts_at, shift.id)))


def _shifts() -> Select[*tuple[Any, ...]]:
    s, a = Shift, Attendance
    came = (
        select(func.count())
        .where(a.shift_id == s.id, a.state.in_(CAME))
        .correlate(s)
        .scalar_subquery()
    )
    return (
        select(s.id, s.title, Event.id.label("event_id"), Event.title.label("event_title"),
               Community.name, s.starts_at, s.ends_at, s.capacity, s.minimum, s.seated, s.waiting,
               came.label("came"),
               _asked().label("asked"), _answered().label("answered"), s.closed_at, s.kind)
        .join(Event, Event.id == s.event_id)
        .join(Community, Community.id == Event.community_id)
        .where(Event.state == EventState.PUBLISHED, s.called_off_at.is_(None))
    )  # fmt: skip


def _is_hole() -> ColumnElement[bool]:
    return or_(Shift.seated < Shift.minimum, and_(_asked() > 0, _answered() == 0))


def _asked() -> ScalarSelect[int]:
    return _seated_who(Signup.coming_asked_at.is_not(None))


def _answered() -> ScalarSelect[int]:
    return _seated_who(Signup.coming_said_at.is_not(None))


def _seated_who(did: ColumnElement[bool]) -> ScalarSelect[int]:
    g = Signup
    seated = select(func.count()).where(g.shift_id == Shift.id, g.state == "seated", did)
    return seated.correlate(Shift).scalar_subquery()


def _within_power(by: Viewer) -> ColumnElement[bool]:
    return true() if by.is_admin else Event.community_id.in_(sorted(by.communities))
