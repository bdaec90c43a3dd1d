"""Phones that scan without a network, and what they send when it is back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from tests.support.cast import OLGA, Person
from tests.support.town import NOON, viewer_of
from volboard.attendance.models import Attendance, AttendanceBreak, AttendanceLog
from volboard.attendance.scan_results import ScanResult
from volboard.attendance.scans import Scan, take_scans
from volboard.core.db import db


def scan(
    nonce: str, action: str, person: int, minute: float, skew: int = 0, how: str = "gate"
) -> Scan:
    """A press so many minutes after noon, by the true clock; the phone's is `skew` s ahead."""
    at = NOON + timedelta(minutes=minute, seconds=skew)
    return Scan(nonce, action, person, "", "", at, skew, how)


def walk_in(nonce: str, name: str, phone: str, minute: float) -> Scan:
    return Scan(nonce, "walk_in", None, name, phone, NOON + timedelta(minutes=minute), 0, "walk_in")


def send(shift: int, *scans: Scan, by: Person = OLGA, device: str = "A") -> tuple[ScanResult, ...]:
    """One phone sends what it kept."""
    return take_scans(shift, scans, viewer_of(by), device)


def outcomes(results: Iterable[ScanResult]) -> list[str]:
    return [result.outcome for result in results]


class Told(NamedTuple):
    """What is known of a person."""

    state: str
    came: datetime | None
    came_by: int | None
    left: datetime | None
    how: str
    device: str
    breaks: tuple[tuple[datetime, datetime], ...]


def told(shift: int) -> dict[int, Told]:
    """Everybody's attendance with its breaks, by volunteer."""
    db.session.rollback()
    a, b = Attendance, AttendanceBreak
    rows = db.session.execute(select(a).where(a.shift_id == shift)).scalars()
    pauses = db.session.execute(select(b.attendance_id, b.left_at, b.back_at).order_by(b.left_at))
    away: dict[int, list[tuple[datetime, datetime]]] = {}
    for attendance_id, left_at, back_at in pauses:
        away.setdefault(attendance_id, []).append((left_at, back_at))
    return {
        row.volunteer_id: Told(row.state, row.checked_in_at, row.checked_in_by, row.checked_out_at,
                               row.how, row.device, tuple(away.get(row.id, ())))
        for row in rows
    }  # fmt: skip


def logged() -> list[tuple[str, str]]:
    """Action and flag of every press, as they arrived."""
    db.session.rollback()
    rows = db.session.execute(
        select(AttendanceLog.action, AttendanceLog.flag).order_by(AttendanceLog.id)
    )
    return [(action, flag) for action, flag in rows]
