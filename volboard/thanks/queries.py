"""Thanks: what was said of a shift, what somebody received, and whom one may still thank."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, select

from volboard.accounts.models import Volunteer
from volboard.attendance.models import Attendance
from volboard.attendance.rules import CAME
from volboard.communities.models import Membership
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.thanks.models import Thanks
from volboard.thanks.rules import can_change

LATELY = timedelta(days=14)
MOST_SHOWN = 50
MOST_ASKED = 3


@dataclass(frozen=True)
class Word:
    """What somebody said in thanks; pages mask the name of a neighbour."""

    id: int
    words: str
    thanked_at: datetime
    thanked_by: int
    name: str
    is_organizer: bool

    @property
    def can_change(self) -> bool:
        return can_change(self.thanked_at, clock.now())


@dataclass(frozen=True)
class ThankedShift:
    """A shift and what was said in thanks for it."""

    id: int
    title: str
    event_id: int
    event_title: str
    community_id: int
    starts_at: datetime
    closed_at: datetime | None
    came: int
    words: tuple[Word, ...]

    def own(self, account_id: int) -> Word | None:
        """What this account said."""
        return next((word for word in self.words if word.thanked_by == account_id), None)


@dataclass(frozen=True)
class Received:
    """Thanks as one who served reads them."""

    words: str
    thanked_at: datetime
    name: str
    is_organizer: bool
    event_id: int
    event_title: str
    served_at: datetime


@dataclass(frozen=True)
class ToThank:
    """A shift that was served at an event where somebody of the household was."""

    id: int
    title: str
    event_title: str
    starts_at: datetime


def may_thank(event_id: int, community_id: int, by: Viewer) -> bool:
    """Whether this person organizes here, or somebody of their household came to the event."""
    if by.manages(community_id):
        return True
    came = exists().where(
        Attendance.shift_id == Shift.id,
        Shift.event_id == event_id,
        Attendance.volunteer_id == Volunteer.id,
        Volunteer.account_id == by.id,
        Attendance.state.in_(CAME),
    )
    return bool(db.session.scalar(select(came)))


def thanked_shift(shift_id: int, by: Viewer) -> ThankedShift:
    """The shift with its thanks: all of them for an organizer, one's own for a neighbour.

    Raises NotFound to who was not at the event and does not organize there.
    """
    came = select(func.count()).where(
        Attendance.shift_id == shift_id, Attendance.state.in_(CAME)
    )  # fmt: skip
    row = db.session.execute(
        select(Shift.id, Shift.title, Event.id, Event.title, Event.community_id, Shift.starts_at,
               Shift.closed_at, came.scalar_subquery())
        .join(Event, Event.id == Shift.event_id)
        .where(Shift.id == shift_id)
    ).one_or_none()  # fmt: skip
    if row is None or not may_thank(row[2], row[4], by):
        raise NotFound
    words = _words(shift_id)
    if not by.manages(row[4]):
        words = tuple(word for word in words if word.thanked_by == by.id)
    return ThankedShift(*(*row, words))


def _words(shift_id: int) -> tuple[Word, ...]:
    t, v = Thanks, Volunteer
    rows = db.session.execute(
        select(t.id, t.words, t.thanked_at, t.thanked_by, v.name, _organizes())
        .join(Shift, Shift.id == t.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(v, and_(v.account_id == t.thanked_by, v.is_self))
        .where(t.shift_id == shift_id)
        .order_by(t.id)
    )
    return tuple(Word(*row) for row in rows)


def received(volunteer_id: int, account_id: int) -> tuple[Received, ...]:
    """What others said in thanks for the shifts that this person came to, the newest first."""
    t, v, a = Thanks, Volunteer, Attendance
    rows = db.session.execute(
        select(t.words, t.thanked_at, v.name, _organizes(), Event.id, Event.title, Shift.starts_at)
        .select_from(a)
        .join(t, t.shift_id == a.shift_id)
        .join(Shift, Shift.id == a.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(v, and_(v.account_id == t.thanked_by, v.is_self))
        .where(a.volunteer_id == volunteer_id, a.state.in_(CAME), t.thanked_by != account_id)
        .order_by(t.thanked_at.desc(), t.id.desc())
        .limit(MOST_SHOWN)
    )
    return tuple(Received(*row) for row in rows)


def to_thank(account_id: int) -> tuple[ToThank, ...]:
    """Served shifts of the last fortnight that the household saw and has not thanked for."""
    a, v, served = Attendance, Volunteer, Shift
    there = (
        select(Shift.event_id)
        .join(a, a.shift_id == Shift.id)
        .join(v, v.id == a.volunteer_id)
        .where(v.account_id == account_id, a.state.in_(CAME))
    )
    others = exists().where(a.shift_id == served.id, a.state.in_(CAME), a.volunteer_id == v.id,
                            v.account_id != account_id)  # fmt: skip
    done = exists().where(Thanks.shift_id == served.id, Thanks.thanked_by == account_id)
    rows = db.session.execute(
        select(served.id, served.title, Event.title, served.starts_at)
        .join(Event, Event.id == served.event_id)
        .where(served.event_id.in_(there), served.kind == "service")
        .where(served.closed_at > clock.now() - LATELY, others, ~done)
        .order_by(served.starts_at.desc(), served.id)
        .limit(MOST_ASKED)
    )
    return tuple(ToThank(*row) for row in rows)


def _organizes() -> ColumnElement[bool]:
    """Whether the row's thanks come from an organizer of its event's community."""
    m = Membership
    return exists().where(m.account_id == Thanks.thanked_by, m.community_id == Event.community_id)
