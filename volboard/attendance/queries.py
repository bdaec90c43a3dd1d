"""What the gate shows: the live count, whom somebody is looking for, and who was just here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, Volunteer
from volboard.attendance.models import Attendance
from volboard.attendance.rules import UNDO, AttendanceState, Gate, can_undo, gate_state
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.queries import ManagedShift
from volboard.hours.models import HourEntry
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState

MOST_FOUND = 12
MOST_RECENT = 5


@dataclass(frozen=True)
class GateRow:
    """A person at the gate; pages mask name and phone."""

    volunteer_id: int
    account_id: int
    name: str
    phone: str
    place: str | None
    """seated or waiting; none for somebody whose place was given back meanwhile."""
    jump_reason: str | None
    state: str | None
    """Of the attendance; none: not here yet."""
    checked_in_at: datetime | None
    checked_in_by: str | None
    checked_out_at: datetime | None
    checked_out_by: str | None
    entry_id: int | None
    minutes: int | None
    """What the ledger holds for this attendance now."""

    @property
    def is_here(self) -> bool:
        return self.state == AttendanceState.PRESENT

    @property
    def has_left(self) -> bool:
        return self.state == AttendanceState.LEFT

    @property
    def can_undo(self) -> bool:
        """Whether the last press for this person can still be taken back."""
        last = self.checked_out_at or self.checked_in_at
        return last is not None and can_undo(last, clock.now())


@dataclass(frozen=True)
class GateCount:
    """The live count of a shift."""

    expected: int
    came: int
    """Everybody who was checked in, also those who have left."""
    here: int
    left: int
    absent: int
    uncredited: int
    """Who came, to a closed service shift, and has no line in the ledger yet."""


def count(managed: ManagedShift) -> GateCount:
    """How many are expected, here and gone; one statement."""
    a = Attendance
    closed = managed.shift.closed_at is not None and managed.shift.is_service
    row = db.session.execute(
        select(*(func.coalesce(func.sum(case((a.state == state, 1), else_=0)), 0)
                 for state in (AttendanceState.PRESENT, AttendanceState.LEFT,
                               AttendanceState.ABSENT)),
               func.coalesce(func.sum(case((_waits_for_credit(), 1), else_=0)), 0))
        .outerjoin(HourEntry, and_(HourEntry.attendance_id == a.id, HourEntry.kind == "credit"))
        .where(a.shift_id == managed.shift.id)
    ).one()  # fmt: skip
    here, left, absent, uncredited = (int(figure) for figure in row)
    return GateCount(managed.shift.seated, here + left, here, left, absent,
                     uncredited if closed else 0)  # fmt: skip


def find(shift_id: int, typed: str) -> tuple[GateRow, ...]:
    """The people of the shift whom these last digits, name or pinyin initials may mean.

    Nobody for an empty search. At most a dozen: type more to see fewer.
    """
    words = typed.strip()
    if not words:
        return ()
    rows = db.session.execute(
        _people(shift_id)
        .where(_meant(words))
        .order_by(Volunteer.name, Volunteer.id)
        .limit(MOST_FOUND)
    )
    return tuple(GateRow(*list(row)) for row in rows)


def person(shift_id: int, volunteer_id: int) -> GateRow | None:
    """One person of the shift; none for a stranger to it."""
    row = db.session.execute(_people(shift_id).where(Volunteer.id == volunteer_id)).first()
    return GateRow(*list(row)) if row else None


def recent(shift_id: int) -> tuple[GateRow, ...]:
    """Who was checked in or out within the last ten minutes, the latest first."""
    last = func.coalesce(Attendance.checked_out_at, Attendance.checked_in_at)
    rows = db.session.execute(
        _people(shift_id)
        .where(last >= clock.now() - UNDO)
        .order_by(last.desc(), Attendance.id.desc())
        .limit(MOST_RECENT)
    )
    return tuple(GateRow(*list(row)) for row in rows)


def everybody(shift_id: int) -> tuple[GateRow, ...]:
    """All who had a seat or came, by name: the list of a closed shift."""
    rows = db.session.execute(
        _people(shift_id)
        .where(or_(Signup.state == SignupState.SEATED, Attendance.id.is_not(None)))
        .order_by(Volunteer.initials, Volunteer.id)
    )
    return tuple(GateRow(*list(row)) for row in rows)


def marks(
    volunteer_ids: tuple[int, ...], event_ids: tuple[int, ...]
) -> Mapping[tuple[int, int], str]:
    """present, left, absent or credited, by shift and volunteer; one statement."""
    a = Attendance
    if not volunteer_ids or not event_ids:
        return {}
    rows = db.session.execute(
        select(a.shift_id, a.volunteer_id, a.state, HourEntry.id)
        .join(Shift, Shift.id == a.shift_id)
        .outerjoin(HourEntry, and_(HourEntry.attendance_id == a.id, HourEntry.kind == "credit"))
        .where(a.volunteer_id.in_(volunteer_ids), Shift.event_id.in_(event_ids))
        .where(a.state != AttendanceState.UNDONE)
    )
    return {(shift, volunteer): "credited" if entry else state
            for shift, volunteer, state, entry in rows}  # fmt: skip


def gate_of(managed: ManagedShift) -> Gate:
    """Whether people can be checked in now."""
    shift = managed.shift
    off = shift.called_off_at is not None or managed.event.state == "cancelled"
    closed = shift.closed_at is not None
    return gate_state(shift.starts_at, shift.ends_at, closed, off, clock.now())


def shifts_today(volunteer_id: int) -> tuple[tuple[int, str, str, datetime, datetime, int], ...]:
    """Today's shifts in which this person has a seat: id, event, post, start, end, community."""
    rows = db.session.execute(
        select(Shift.id, Event.title, Shift.title, Shift.starts_at, Shift.ends_at,
               Event.community_id)
        .join(Event, Event.id == Shift.event_id)
        .join(Signup, Signup.shift_id == Shift.id)
        .where(Signup.volunteer_id == volunteer_id, Signup.state == SignupState.SEATED)
        .where(Shift.starts_at < clock.now() + timedelta(hours=18))
        .where(Shift.ends_at > clock.now() - timedelta(hours=6))
        .where(Shift.closed_at.is_(None), Shift.called_off_at.is_(None))
        .order_by(Shift.starts_at)
    )  # fmt: skip
    return tuple(row._tuple() for row in rows)


def _meant(words: str) -> ColumnElement[bool]:
    if words.isdecimal():
        return Account.phone.endswith(words, autoescape=True)
    return or_(
        Volunteer.name.contains(words, autoescape=True),
        Volunteer.initials.startswith(words.lower().replace(" ", ""), autoescape=True),
    )


def _waits_for_credit() -> ColumnElement[bool]:
    came = Attendance.state.in_((AttendanceState.PRESENT, AttendanceState.LEFT))
    return and_(came, HourEntry.id.is_(None))


def _people(shift_id: int) -> Select[*tuple[Any, ...]]:
    """Everybody with a live place in the shift, or an attendance, with what is known of them."""
    v, a, e = Volunteer, Attendance, HourEntry
    seen, let_out, later = aliased(Volunteer), aliased(Volunteer), aliased(HourEntry)
    is_live = and_(Signup.shift_id == shift_id, Signup.state != SignupState.CANCELLED)
    known = (
        select(Signup.volunteer_id)
        .where(is_live)
        .union(select(a.volunteer_id).where(a.shift_id == shift_id))
    )
    taken_back = select(later.id).where(later.reverses == e.id).exists()
    return (
        select(v.id, Account.id, v.name, Account.phone, Signup.state, Signup.jump_reason, a.state,
               a.checked_in_at, seen.name, a.checked_out_at, let_out.name, e.id, e.minutes)
        .select_from(v)
        .join(Account, Account.id == v.account_id)
        .outerjoin(Signup, and_(Signup.volunteer_id == v.id, is_live))
        .outerjoin(a, and_(a.volunteer_id == v.id, a.shift_id == shift_id))
        .outerjoin(seen, and_(seen.account_id == a.checked_in_by, seen.is_self))
        .outerjoin(let_out, and_(let_out.account_id == a.checked_out_by, let_out.is_self))
        .outerjoin(e, and_(e.attendance_id == a.id, e.kind != "reversal", ~taken_back))
        .where(v.id.in_(known))
    )  # fmt: skip
