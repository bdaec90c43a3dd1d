"""The gate's presses. Each is one transaction, and pressed twice it changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from volboard.accounts.commands import person_at_the_gate, verify
from volboard.attendance.errors import (
    AlreadyLeft,
    GateClosed,
    GateOver,
    NotHere,
    NotSeated,
    OwnAttendance,
    ShiftCalledOff,
    TooEarly,
    TooLateToUndo,
)
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.attendance.rules import AttendanceState, Gate, can_undo, gate_state
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.events.shift_commands import ShiftRow, lock_shift
from volboard.signups import commands as signups
from volboard.signups.places import Owner, live_place, lock_volunteer
from volboard.signups.rules import SignupState

SHUT = {
    Gate.EARLY: TooEarly,
    Gate.OVER: GateOver,
    Gate.CLOSED: GateClosed,
    Gate.CALLED_OFF: ShiftCalledOff,
}


@dataclass(frozen=True)
class CheckIn:
    """The outcome of a press: `again` where somebody had checked the person in before."""

    attendance_id: int
    volunteer_id: int
    again: bool


def check_in(shift_id: int, volunteer_id: int, by: Viewer, how: str, device: str) -> CheckIn:
    """Check a seated person in, now; a second press changes nothing and says so.

    Raises NotFound, NotSeated, OwnAttendance, AlreadyLeft, or why the gate is shut.
    """
    with transaction():
        owner = lock_volunteer(volunteer_id)
        shift = managed_shift(shift_id, by)
        refuse_own(owner, by)
        refuse_shut(shift)
        place = live_place(shift_id, volunteer_id)
        if place is None or place.state is not SignupState.SEATED:
            raise NotSeated
        found = _attendance(shift_id, volunteer_id)
        if found is not None and found.state != AttendanceState.UNDONE:
            if found.state == AttendanceState.LEFT:
                raise AlreadyLeft
            return CheckIn(found.id, volunteer_id, again=True)
        verify_seen(owner, by)
        return CheckIn(
            _come_in(found, shift_id, volunteer_id, by, how, device), volunteer_id, False
        )


def check_out(shift_id: int, volunteer_id: int, by: Viewer) -> None:
    """Record that the person leaves now; a second press changes nothing.

    Raises NotFound, NotHere, OwnAttendance, or why the gate is shut (after the planned end
    people can still be checked out; minutes stop at the end).
    """
    with transaction():
        owner = lock_volunteer(volunteer_id)
        shift = managed_shift(shift_id, by)
        refuse_own(owner, by)
        refuse_shut(shift, but=Gate.OVER)
        found = _attendance(shift_id, volunteer_id)
        if found is None or found.state not in (AttendanceState.PRESENT, AttendanceState.LEFT):
            raise NotHere
        if found.state == AttendanceState.PRESENT:
            _write(found.id, "out", by, state=AttendanceState.LEFT,
                   checked_out_at=clock.now(), checked_out_by=by.id)  # fmt: skip


def undo(shift_id: int, volunteer_id: int, by: Viewer) -> None:
    """Take back the last press for this person, within ten minutes of it.

    Raises NotFound, NotHere, TooLateToUndo, GateClosed.
    """
    with transaction():
        owner = lock_volunteer(volunteer_id)
        shift = managed_shift(shift_id, by)
        refuse_own(owner, by)
        refuse_shut(shift, but=Gate.OVER)
        found = _attendance(shift_id, volunteer_id)
        if found is None or found.checked_in_at is None:
            raise NotHere
        if not can_undo(found.checked_out_at or found.checked_in_at, clock.now()):
            raise TooLateToUndo
        if found.checked_out_at is not None:
            _write(found.id, "undo_out", by, state=AttendanceState.PRESENT,
                   checked_out_at=None, checked_out_by=None)  # fmt: skip
        else:
            _write(found.id, "undo_in", by, state=AttendanceState.UNDONE,
                   checked_in_at=None, checked_in_by=None)  # fmt: skip


def walk_in(shift_id: int, name: str, phone: str, reason: str, by: Viewer, device: str) -> CheckIn:
    """Seat and check in somebody who did not sign up; a new number gets an account.

    A seat beyond the capacity, or before others who wait, needs a reason. Raises as
    `check_in` does, and Full or NeedsReason where the reason is missing.
    """
    with transaction():
        person = person_at_the_gate(name, phone)
        signups.seat_person(person.volunteer_id, shift_id, reason, by)
        return check_in(shift_id, person.volunteer_id, by, "walk_in", device)


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


def _attendance(shift_id: int, volunteer_id: int) -> Attendance | None:
    return db.session.scalars(
        locked(
            select(Attendance).where(
                Attendance.shift_id == shift_id, Attendance.volunteer_id == volunteer_id
            ),
            of=Attendance,
        )
    ).one_or_none()


def _come_in(
    found: Attendance | None, shift_id: int, volunteer_id: int, by: Viewer, how: str, device: str
) -> int:
    facts = {"state": AttendanceState.PRESENT, "how": how, "device": device,
             "checked_in_at": clock.now(), "checked_in_by": by.id}  # fmt: skip
    if found is not None:
        _write(found.id, "in", by, **facts)
        return found.id
    attendance = Attendance(shift_id=shift_id, volunteer_id=volunteer_id, **facts)
    db.session.add(attendance)
    db.session.flush()
    log(attendance.id, "in", clock.now(), by.id)
    return attendance.id


def _write(attendance_id: int, action: str, by: Viewer, **columns: object) -> None:
    db.session.execute(
        update(Attendance)
        .where(Attendance.id == attendance_id)
        .values(**columns)
        .execution_options(synchronize_session=False)
    )
    log(attendance_id, action, clock.now(), by.id)
