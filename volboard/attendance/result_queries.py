"""A closed shift: who came, from when to when, and what the ledger holds for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, Volunteer
from volboard.attendance.break_queries import breaks_of
from volboard.attendance.facts import Result, ResultRow
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.attendance.rules import AttendanceState
from volboard.core.db import db
from volboard.events.queries import ManagedShift, ShiftFact
from volboard.hours.models import HourEntry
from volboard.hours.rules import Stay, presence


def result(managed: ManagedShift) -> Result:
    """Everybody who came or was marked absent, by name; two statements."""
    v, a, e = Volunteer, Attendance, HourEntry
    seen, later, ever = aliased(Volunteer), aliased(HourEntry), aliased(HourEntry)
    taken_back = select(later.id).where(later.reverses == e.id).exists()
    was_credited = (
        select(ever.id)
        .where(ever.shift_id == a.shift_id, ever.volunteer_id == a.volunteer_id)
        .exists()
    )
    rows = db.session.execute(
        select(v.id, Account.id, v.name, Account.phone, a.state, a.checked_in_at, seen.name,
               a.checked_out_at, e.id, e.kind, e.minutes + e.extra_minutes, e.served_from,
               e.served_to, e.rule, was_credited, a.id, a.answer,
               case((a.excused_at.is_not(None), a.excuse), else_=""), _came_late_in())
        .select_from(a)
        .join(v, v.id == a.volunteer_id)
        .join(Account, Account.id == v.account_id)
        .outerjoin(seen, and_(seen.account_id == a.checked_in_by, seen.is_self))
        .outerjoin(e, and_(e.shift_id == a.shift_id, e.volunteer_id == a.volunteer_id,
                           e.kind != "reversal", ~taken_back))
        .where(a.shift_id == managed.shift.id, a.state != AttendanceState.UNDONE)
        .order_by(a.state == AttendanceState.ABSENT, v.initials, v.id)
    )  # fmt: skip
    away = breaks_of(managed.shift.id)
    return Result(managed, tuple(_row(managed.shift, row, away) for row in rows))


def _came_late_in() -> ColumnElement[bool]:
    log = AttendanceLog
    late = select(log.id).where(log.attendance_id == Attendance.id)
    return late.where(log.flag.contains("after_closing")).correlate(Attendance).exists()


def _row(shift: ShiftFact, row: Any, away: Mapping[int, tuple[Stay, ...]]) -> ResultRow:
    stays = away.get(row[15], ())
    return ResultRow(_minutes(shift, row[5], row[7], stays), stays, *list(row))


def _minutes(
    shift: ShiftFact, came: datetime | None, left: datetime | None, away: tuple[Stay, ...]
) -> int:
    """What closing would credit, whole minutes; 0 for who did not come, and where none count."""
    if came is None or shift.closed_at is None or not shift.is_service:
        return 0
    return presence(came, left, shift.starts_at, shift.ends_at, shift.closed_at, away).minutes
