"""What a person's own code opens for an organizer: where they are due, and which gates are open."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.accounts.queries import Person
from volboard.attendance.code_facts import CodePage, Due, OpenGate
from volboard.attendance.errors import NobodyByCode
from volboard.attendance.family_queries import families
from volboard.attendance.models import Attendance
from volboard.attendance.rules import EARLY
from volboard.communities.models import Residency
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.rules import EventState
from volboard.signups.models import Signup
from volboard.signups.queries import turn_in_queue
from volboard.signups.rules import SignupState

MOST_DUE = 8
MOST_GATES = 6


def by_code(person: Person, by: Viewer) -> CodePage:
    """Where this person is due from today on and which gates are open, within `by`'s power;
    four statements. Raises NobodyByCode for somebody of other communities only."""
    if not by.is_admin and not _is_known(person, by):
        raise NobodyByCode
    due = _due(person.volunteer_id, by)
    shifts = (one.shift_id for one in due if one.can_come_in)
    beside = families(shifts, (person.account_id,)) if person.account_id != by.id else ()
    return CodePage(person, due, beside, _open_gates(by))


def _is_known(person: Person, by: Viewer) -> bool:
    """Whether the person lives in one of `by`'s communities, or ever had a place there."""
    r, ours = Residency, sorted(by.communities)
    lives = select(r.account_id).where(r.account_id == person.account_id, r.community_id.in_(ours))
    served = (
        select(Signup.id)
        .join(Shift, Shift.id == Signup.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .where(Signup.volunteer_id == person.volunteer_id, Event.community_id.in_(ours))
    )
    return bool(db.session.scalar(select(or_(lives.exists(), served.exists()))))


def _due(volunteer_id: int, by: Viewer) -> tuple[Due, ...]:
    """The person's places from this Beijing day on, the next first; of several in one shift
    the one that holds."""
    s, a, seen = Shift, Attendance, aliased(Volunteer)
    rows = db.session.execute(
        select(s.id, Event.title, s.title, Event.place, s.starts_at, s.ends_at,
               _is_off(), s.closed_at.is_not(None), Signup.state, turn_in_queue(),
               Signup.ended_at, a.state, a.checked_in_at, seen.name)
        .join(Event, Event.id == s.event_id)
        .join(Signup, Signup.shift_id == s.id)
        .outerjoin(a, and_(a.shift_id == s.id, a.volunteer_id == Signup.volunteer_id))
        .outerjoin(seen, and_(seen.account_id == a.checked_in_by, seen.is_self))
        .where(Signup.volunteer_id == volunteer_id, _within(by))
        .where(s.ends_at > _midnight(), Event.state != EventState.DRAFT)
        .order_by(s.starts_at, s.id, Signup.state == SignupState.CANCELLED, Signup.id.desc())
    )  # fmt: skip
    found: dict[int, Any] = {}
    for row in rows:
        found.setdefault(row[0], row)
    return tuple(Due(*row) for row in list(found.values())[:MOST_DUE])


def _open_gates(by: Viewer) -> tuple[OpenGate, ...]:
    """The gates that take people in now, the next to begin first."""
    s, now = Shift, clock.now()
    rows = db.session.execute(
        select(s.id, Event.title, s.title, s.starts_at, s.ends_at, s.capacity, s.seated, s.waiting)
        .join(Event, Event.id == s.event_id)
        .where(Event.state == EventState.PUBLISHED, _within(by))
        .where(s.starts_at <= now + EARLY, s.ends_at > now)
        .where(s.closed_at.is_(None), s.called_off_at.is_(None))
        .order_by(s.starts_at, s.id)
        .limit(MOST_GATES)
    )
    return tuple(OpenGate(*row) for row in rows)


def _within(by: Viewer) -> ColumnElement[bool]:
    return true() if by.is_admin else Event.community_id.in_(sorted(by.communities))


def _is_off() -> ColumnElement[bool]:
    return or_(Shift.called_off_at.is_not(None), Event.state == EventState.CANCELLED)


def _midnight() -> datetime:
    return clock.instant(clock.today(), time())
