"""What a person's own code opens for an organizer: their shifts of today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, select, true

from volboard.attendance.models import Attendance
from volboard.attendance.rules import EARLY, AttendanceState
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.rules import EventState
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState


@dataclass(frozen=True)
class ShiftToday:
    """A shift of today in which the person has a place."""

    shift_id: int
    event_title: str
    shift_title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    state: str | None
    checked_in_at: datetime | None

    @property
    def is_here(self) -> bool:
        return self.state == AttendanceState.PRESENT

    @property
    def has_left(self) -> bool:
        return self.state == AttendanceState.LEFT

    @property
    def is_waiting(self) -> bool:
        return self.place == SignupState.WAITING

    @property
    def opens_at(self) -> datetime | None:
        """When its gate opens, while it has not."""
        opens = self.starts_at - EARLY
        return opens if clock.now() < opens else None


def shifts_today(volunteer_id: int, by: Viewer) -> tuple[ShiftToday, ...]:
    """The person's open shifts of this Beijing day where `by` organizes; one statement.

    A shift after midnight whose gate is open already is among them.
    """
    s, a, today = Shift, Attendance, clock.today()
    midnight, next_one = _midnight(today), _midnight(today + timedelta(days=1))
    mine = true() if by.is_admin else Event.community_id.in_(sorted(by.communities))
    rows = db.session.execute(
        select(s.id, Event.title, s.title, s.starts_at, s.ends_at, Signup.state, a.state,
               a.checked_in_at)
        .join(Event, Event.id == s.event_id)
        .join(Signup, Signup.shift_id == s.id)
        .outerjoin(a, and_(a.shift_id == s.id, a.volunteer_id == Signup.volunteer_id))
        .where(Signup.volunteer_id == volunteer_id, Signup.state != SignupState.CANCELLED)
        .where(s.starts_at < max(next_one, clock.now() + EARLY), s.ends_at > midnight)
        .where(s.closed_at.is_(None), s.called_off_at.is_(None))
        .where(Event.state == EventState.PUBLISHED, mine)
        .order_by(s.starts_at, s.id)
    )  # fmt: skip
    return tuple(ShiftToday(*row) for row in rows)


def _midnight(day: date) -> datetime:
    return clock.instant(day, time())
