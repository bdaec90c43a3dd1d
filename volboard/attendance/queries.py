"""What the gate shows: the live count, whom somebody is looking for, and who was just here."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, Volunteer
from volboard.attendance.facts import Found, GateCount, GateRow
from volboard.attendance.models import Attendance, AttendanceBreak
from volboard.attendance.rules import UNDO, AttendanceState, Gate, gate_state, searched
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Shift
from volboard.events.queries import ManagedShift, get_managed_shift
from volboard.events.rules import EventState
from volboard.hours.models import HourEntry
from volboard.signups.models import Signup
from volboard.signups.queries import seat_came_too_late
from volboard.signups.rules import SignupState

LAST_DIGITS = 4
MOST_FOUND = 12
MOST_RECENT = 5
CAME = (AttendanceState.PRESENT, AttendanceState.LEFT)


def gate(shift_id: int, by: Viewer) -> ManagedShift:
    """The shift if this person stands at its gate; raises NotFound, also for a draft."""
    managed = get_managed_shift(shift_id, by)
    if managed.event.state == EventState.DRAFT:
        raise NotFound
    return managed


def gate_of(managed: ManagedShift) -> Gate:
    """Whether people can be checked in now."""
    shift = managed.shift
    off = shift.called_off_at is not None or managed.event.state == EventState.CANCELLED
    closed = shift.closed_at is not None
    return gate_state(shift.starts_at, shift.ends_at, closed, off, clock.now())


def count(managed: ManagedShift) -> GateCount:
    """How many are expected, here and gone; one statement."""
    a, shift = Attendance, managed.shift
    of_seated = and_(a.shift_id == Signup.shift_id, a.volunteer_id == Signup.volunteer_id)
    seated = (
        select(func.count())
        .select_from(Signup)
        .outerjoin(a, of_seated)
        .where(Signup.shift_id == shift.id, Signup.state == SignupState.SEATED)
    )
    too_late = seat_came_too_late(shift.starts_at, shift.cancel_notice)
    not_come = or_(a.id.is_(None), a.state == AttendanceState.UNDONE)
    row = db.session.execute(
        select(*(func.coalesce(func.sum(case((a.state == state, 1), else_=0)), 0)
                 for state in CAME),
               seated.where(a.state.in_(CAME)).scalar_subquery(),
               seated.where(not_come, too_late).scalar_subquery())
        .where(a.shift_id == shift.id)
    ).one()  # fmt: skip
    here, left, with_seat, excused = list(row)
    came, missing = int(here + left), max(shift.seated - with_seat, 0)
    return GateCount(shift.seated, came, int(here), missing, excused)


def find(shift_id: int, typed: str) -> Found:
    """The people of the shift whom these last digits, name or pinyin initials may mean.

    Nobody for an empty search. At most a dozen: type more to see fewer.
    """
    words = searched(typed)
    if not words:
        return Found()
    rows = db.session.execute(
        _people()
        .where(_meant(words))
        .order_by(Volunteer.initials, Volunteer.name, Volunteer.id)
        .limit(MOST_FOUND + 1),
        {"shift_id": shift_id},
    )
    found = tuple(GateRow(*list(row)) for row in rows)
    return Found(found[:MOST_FOUND], more=len(found) > MOST_FOUND)


def person(shift_id: int, volunteer_id: int) -> GateRow:
    """One person of the shift; raises NotFound for a stranger to it."""
    query = _people().where(Volunteer.id == volunteer_id)
    row = db.session.execute(query, {"shift_id": shift_id}).first()
    if row is None:
        raise NotFound
    return GateRow(*list(row))


def household(shift_id: int, volunteer_id: int) -> Found:
    """Everybody of this person's household in the shift; raises NotFound for a stranger to it."""
    account = select(Volunteer.account_id).where(Volunteer.id == volunteer_id).scalar_subquery()
    query = _people().where(Volunteer.account_id == account).order_by(Volunteer.id)
    rows = db.session.execute(query, {"shift_id": shift_id})
    found = tuple(GateRow(*list(row)) for row in rows)
    if not any(row.volunteer_id == volunteer_id for row in found):
        raise NotFound
    return Found(found)


def recent(shift_id: int) -> tuple[GateRow, ...]:
    """Who was checked in or out within the last ten minutes, the latest first."""
    last = func.coalesce(Attendance.checked_out_at, _back_at(), Attendance.checked_in_at)
    rows = db.session.execute(
        _people()
        .where(last >= clock.now() - UNDO)
        .order_by(last.desc(), Attendance.id.desc())
        .limit(MOST_RECENT),
        {"shift_id": shift_id},
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


def _meant(words: str) -> ColumnElement[bool]:
    if words.isdecimal():
        return or_(*(Account.phone.like(f"%{words}{'_' * rest}") for rest in _still_to_type(words)))
    return or_(
        Volunteer.name.icontains(words, autoescape=True),
        Volunteer.initials.startswith(words.lower(), autoescape=True),
    )


def _still_to_type(digits: str) -> range:
    """How many digits may follow: somebody is typing the last four, from the first of them on."""
    return range(max(0, LAST_DIGITS - len(digits)) + 1)


def _back_at() -> ScalarSelect[Any]:
    """When the person of an attendance last came back."""
    b = AttendanceBreak
    back = select(func.max(b.back_at)).where(b.attendance_id == Attendance.id)
    return back.correlate(Attendance).scalar_subquery()


@cache
def _people() -> Select[*tuple[Any, ...]]:
    """Everybody with a live place in the shift, or an attendance, with what is known of them.

    Put together once, for it is asked at every press; needs the parameter `shift_id`.
    """
    shift_id = bindparam("shift_id", type_=Integer)
    v, a = Volunteer, Attendance
    seen, let_out = aliased(Volunteer), aliased(Volunteer)
    is_live = and_(Signup.shift_id == shift_id, Signup.state != SignupState.CANCELLED)
    known = (
        select(Signup.volunteer_id)
        .where(is_live)
        .union(select(a.volunteer_id).where(a.shift_id == shift_id))
    )
    return (
        select(v.id, Account.id, v.name, Account.phone, Signup.state, Signup.jump_reason, a.state,
               a.checked_in_at, seen.name, a.checked_out_at, let_out.name, _back_at())
        .select_from(v)
        .join(Account, Account.id == v.account_id)
        .outerjoin(Signup, and_(Signup.volunteer_id == v.id, is_live))
        .outerjoin(a, and_(a.volunteer_id == v.id, a.shift_id == shift_id))
        .outerjoin(seen, and_(seen.account_id == a.checked_in_by, seen.is_self))
        .outerjoin(let_out, and_(let_out.account_id == a.checked_out_by, let_out.is_self))
        .where(v.id.in_(known))
    )  # fmt: skip
