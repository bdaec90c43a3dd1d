"""One absence, as the organizer who may excuse it sees it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from volboard.accounts.models import Volunteer
from volboard.attendance.models import Attendance
from volboard.attendance.rules import AttendanceState
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift


@dataclass(frozen=True)
class Missed:
    """That somebody did not come; the page masks the name."""

    attendance_id: int
    shift_id: int
    account_id: int
    name: str
    event_title: str
    shift_title: str
    starts_at: datetime
    ends_at: datetime
    answer: str
    answered_at: datetime | None
    excuse: str
    excused_at: datetime | None


def missed_by(attendance_id: int, by: Viewer) -> Missed:
    """The absence, if this person's power reaches it and it is one; else raises NotFound."""
    a, v = Attendance, Volunteer
    row = db.session.execute(
        select(Event.community_id, a.id, a.shift_id, v.account_id, v.name, Event.title,
               Shift.title, Shift.starts_at, Shift.ends_at, a.answer, a.answered_at, a.excuse,
               a.excused_at)
        .join(v, v.id == a.volunteer_id)
        .join(Shift, Shift.id == a.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .where(a.id == attendance_id, a.state == AttendanceState.ABSENT)
    ).one_or_none()  # fmt: skip
    if row is None or not by.manages(row[0]):
        raise NotFound
    return Missed(*list(row)[1:])
