"""What a scanned venue code is about: the household at this shift, and where else it is due."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import and_, func, select

from volboard.accounts.models import Volunteer
from volboard.attendance.arrival_queries import WAITS
from volboard.attendance.models import Arrival, Attendance
from volboard.attendance.rules import CAME, AttendanceState
from volboard.attendance.standing import HasPlace
from volboard.communities.models import Community
from volboard.core import clock, formats
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.rules import EventState
from volboard.signups.models import Signup
from volboard.signups.queries import turn_in_queue
from volboard.signups.rules import SignupState

MOST_LATEST = 3
MOST_ELSEWHERE = 4
BY_CODE = ("venue", "paper_code")


@dataclass(frozen=True)
class Arriving(HasPlace):
    """One of a household who has something to do with the shift; seen by the household only."""

    volunteer_id: int
    name: str
    relation: str
    is_self: bool
    place: str | None
    turn: int
    """In the queue, from 1; 0 with a seat."""
    state: str | None
    came_at: datetime | None
    left_at: datetime | None
    claimed_at: datetime | None
    """When the printed code was scanned, while an organizer has not answered."""


@dataclass(frozen=True)
class Elsewhere:
    """A place that somebody of the household has in another shift, today or later."""

    event_id: int
    event_title: str
    community: str
    place: str
    shift_title: str
    starts_at: datetime
    ends_at: datetime
    who: str
    is_self: bool
    is_off: bool
    """Whether the shift or its event was called off."""

    @property
    def where(self) -> str:
        """With the community: two of them may hold the same event on the same day."""
        return f"{self.community} {self.place}"

    @property
    def day(self) -> date:
        return formats.as_date(self.starts_at)


def household_at(shift_id: int, account_id: int) -> tuple[Arriving, ...]:
    """Those of the household with a live place in the shift, or who came; one statement."""
    v, a, r = Volunteer, Attendance, Arrival
    live = and_(Signup.volunteer_id == v.id, Signup.shift_id == shift_id,
                Signup.state != SignupState.CANCELLED)  # fmt: skip
    rows = db.session.execute(
        select(v.id, v.name, v.relation, v.is_self, Signup.state,
               func.coalesce(turn_in_queue(), 0), a.state, a.checked_in_at, a.checked_out_at,
               r.arrived_at)
        .select_from(v)
        .outerjoin(Signup, live)
        .outerjoin(a, and_(a.volunteer_id == v.id, a.shift_id == shift_id,
                           a.state != AttendanceState.UNDONE))
        .outerjoin(r, and_(r.volunteer_id == v.id, r.shift_id == shift_id, WAITS))
        .where(v.account_id == account_id)
        .where(Signup.id.is_not(None) | a.state.in_(CAME))
        .order_by(v.is_self.desc(), v.id)
    )  # fmt: skip
    return tuple(Arriving(*list(row)) for row in rows)


def elsewhere(account_id: int, but_shift: int) -> tuple[Elsewhere, ...]:
    """The household's places in other shifts from today on, the next first; one statement."""
    s, v = Shift, Volunteer
    rows = db.session.execute(
        select(s.event_id, Event.title, Community.name, Event.place, s.title, s.starts_at,
               s.ends_at, v.name, v.is_self,
               s.called_off_at.is_not(None) | (Event.state == EventState.CANCELLED))
        .select_from(Signup)
        .join(s, s.id == Signup.shift_id)
        .join(Event, Event.id == s.event_id)
        .join(Community, Community.id == Event.community_id)
        .join(v, v.id == Signup.volunteer_id)
        .where(v.account_id == account_id, Signup.state != SignupState.CANCELLED)
        .where(s.id != but_shift, s.ends_at > clock.instant(clock.today(), time()))
        .order_by(s.starts_at, s.id, v.id)
        .limit(MOST_ELSEWHERE)
    )  # fmt: skip
    return tuple(Elsewhere(*list(row)) for row in rows)


@dataclass(frozen=True)
class Latest:
    """Somebody whom the venue's code let in; pages mask the name."""

    name: str
    at: datetime


def latest(shift_id: int) -> tuple[Latest, ...]:
    """Who is here by the venue's codes, the last first, so that a screen tells who was taken."""
    a = Attendance
    rows = db.session.execute(
        select(Volunteer.name, a.checked_in_at)
        .join(Volunteer, Volunteer.id == a.volunteer_id)
        .where(a.shift_id == shift_id, a.state == AttendanceState.PRESENT, a.how.in_(BY_CODE))
        .order_by(a.checked_in_at.desc(), a.id.desc())
        .limit(MOST_LATEST)
    )
    return tuple(Latest(name, at) for name, at in rows if at)
