"""Every press at a shift's gate, the latest to arrive first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.attendance.presses import press_of
from volboard.attendance.rules import Press, Standing, standing
from volboard.core.db import db
from volboard.events.queries import ManagedShift

PAGE_SIZE = 50


@dataclass(frozen=True)
class LogLine:
    """One press; pages mask the names."""

    name: str
    by: str
    """Who pressed."""
    stands_for_it: str | None
    """The organizer who stands for it, where somebody else pressed."""
    received_at: datetime | None
    flag: str
    press: Press
    is_struck: bool
    """Whether somebody took it back."""
    counts: bool
    """Whether it changed anything: in again does not."""


@dataclass(frozen=True)
class GateLog:
    """A page of the log."""

    managed: ManagedShift
    lines: tuple[LogLine, ...]
    page: int
    more: bool


def gate_log(managed: ManagedShift, page: int) -> GateLog:
    """A page of the presses, the latest to arrive first; two statements."""
    log, a = AttendanceLog, Attendance
    who, by, organizer = Volunteer, aliased(Volunteer), aliased(Volunteer)
    rows = db.session.execute(
        select(log, who.name, by.name, organizer.name)
        .join(a, a.id == log.attendance_id)
        .join(who, who.id == a.volunteer_id)
        .join(by, and_(by.account_id == log.by, by.is_self))
        .outerjoin(organizer, and_(organizer.account_id == log.seen_by, organizer.is_self))
        .where(a.shift_id == managed.shift.id)
        .order_by(log.id.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    ).all()
    told = _standings({row[0].attendance_id for row in rows})
    lines = tuple(_line(row, told[row[0].attendance_id]) for row in rows[:PAGE_SIZE])
    return GateLog(managed, lines, page, more=len(rows) > PAGE_SIZE)


def _standings(attendance_ids: set[int]) -> dict[int, Standing]:
    """What all presses for each of these people amount to."""
    log, presses = AttendanceLog, defaultdict[int, list[Press]](list)
    for row in db.session.scalars(select(log).where(log.attendance_id.in_(attendance_ids))):
        presses[row.attendance_id].append(press_of(row))
    return {attendance_id: standing(found) for attendance_id, found in presses.items()}


def _line(row: Any, told: Standing) -> LogLine:
    entry, name, by, organizer = row
    press = press_of(entry)
    return LogLine(
        name=name,
        by=by,
        stands_for_it=organizer,
        received_at=entry.received_at,
        flag=entry.flag,
        press=press,
        is_struck=press in told.struck,
        counts=press in told.story or press.action not in ("in", "out", "back"),
    )
