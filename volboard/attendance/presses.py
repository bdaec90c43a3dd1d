"""Where an attendance is read and written, under the locks of the press that does it."""

from datetime import datetime

from sqlalchemy import select, update

from volboard.accounts.commands import verify
from volboard.attendance.errors import (
    GateClosed,
    GateOver,
    OwnAttendance,
    ShiftCalledOff,
    TooEarly,
)
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.attendance.rules import AttendanceState, Gate, gate_state
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked
from volboard.core.errors import NotFound
from volboard.events.shift_commands import ShiftRow, lock_shift
from volboard.signups.places import Owner

SHUT = {
    Gate.EARLY: TooEarly,
    Gate.OVER: GateOver,
    Gate.CLOSED: GateClosed,
    Gate.CALLED_OFF: ShiftCalledOff,
}


def managed_shift(shift_id: int, by: Viewer) -> ShiftRow:
    """Lock a shift of a community that this person organizes; raises NotFound."""
    shift = lock_shift(shift_id)
    if not by.manages(shift.community_id) or shift.event_state == "draft":
        raise NotFound
    return shift


def refuse_shut(shift: ShiftRow, but: Gate | None = None) -> None:
    """Raise why the gate is shut, unless it is open or in the state `but`."""
    called_off = shift.called_off_at is not None or shift.event_state == "cancelled"
    now = clock.now()
    state = gate_state(shift.starts_at, shift.ends_at, shift.closed_at is not None, called_off, now)
    if state not in (Gate.OPEN, but):
        raise SHUT[state]


def refuse_own(owner: Owner, by: Viewer) -> None:
    """Raise OwnAttendance for one's own household: nobody makes hours for themself."""
    if owner.account_id == by.id:
        raise OwnAttendance


def verify_seen(owner: Owner, by: Viewer) -> None:
    """The account is real: an organizer has seen the person (its own, not only the family)."""
    if owner.is_self:
        verify(owner.account_id, by.id)


def log(attendance_id: int, action: str, at: datetime, by: int) -> None:
    """Append a press to the gate's log."""
    db.session.add(AttendanceLog(attendance_id=attendance_id, action=action, at=at, by=by))
    db.session.flush()


def attendance_of(shift_id: int, volunteer_id: int) -> Attendance | None:
    """The one attendance of this person and shift, held until the transaction ends."""
    return db.session.scalars(
        locked(
            select(Attendance).where(
                Attendance.shift_id == shift_id, Attendance.volunteer_id == volunteer_id
            ),
            of=Attendance,
        )
    ).one_or_none()


def come_in(
    found: Attendance | None, shift_id: int, volunteer_id: int, by: Viewer, how: str, device: str
) -> int:
    """Record that the person is here now; answers the attendance's id."""
    facts = {"state": AttendanceState.PRESENT, "how": how, "device": device,
             "checked_in_at": clock.now(), "checked_in_by": by.id}  # fmt: skip
    if found is not None:
        write(found.id, "in", by, **facts)
        return found.id
    attendance = Attendance(shift_id=shift_id, volunteer_id=volunteer_id, **facts)
    db.session.add(attendance)
    db.session.flush()
    log(attendance.id, "in", clock.now(), by.id)
    return attendance.id


def write(attendance_id: int, action: str, by: Viewer, **columns: object) -> None:
    """Write the columns that a press decided on, and the press into the log."""
    db.session.execute(
        update(Attendance)
        .where(Attendance.id == attendance_id)
        .values(**columns)
        .execution_options(synchronize_session=False)
    )
    log(attendance_id, action, clock.now(), by.id)
