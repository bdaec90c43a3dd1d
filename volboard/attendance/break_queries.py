"""When people left a shift and came back."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from volboard.attendance.models import Attendance, AttendanceBreak
from volboard.core.db import db
from volboard.hours.rules import Stay


def breaks_of(shift_id: int) -> Mapping[int, tuple[Stay, ...]]:
    """The breaks of everybody in a shift, by attendance, in order; one statement."""
    b, found = AttendanceBreak, defaultdict[int, list[Stay]](list)
    rows = db.session.execute(
        select(b.attendance_id, b.left_at, b.back_at)
        .join(Attendance, Attendance.id == b.attendance_id)
        .where(Attendance.shift_id == shift_id)
        .order_by(b.left_at)
    )
    for attendance_id, left_at, back_at in rows:
        found[attendance_id].append((left_at, back_at))
    return {attendance_id: tuple(stays) for attendance_id, stays in found.items()}
