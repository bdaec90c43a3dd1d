"""The gate's presses. Each is one transaction, and pressed twice it changes nothing."""

from dataclasses import dataclass

from volboard.accounts.commands import person_at_the_gate, record_phone_view
from volboard.attendance.errors import AlreadyLeft, NotHere, NotSeated, TooLateToUndo
from volboard.attendance.presses import (
    attendance_of,
    come_in,
    managed_shift,
    refuse_own,
    refuse_shut,
    verify_seen,
    write,
)
from volboard.attendance.queries import gate, person
from volboard.attendance.rules import AttendanceState, Gate, can_undo
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.signups import commands as signups
from volboard.signups.places import live_place, lock_pair, lock_volunteer
from volboard.signups.rules import SignupState


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
        found = attendance_of(shift_id, volunteer_id)
        if found is not None and found.state != AttendanceState.UNDONE:
            if found.state == AttendanceState.LEFT:
                raise AlreadyLeft
            return CheckIn(found.id, volunteer_id, again=True)
        verify_seen(owner, by)
        return CheckIn(come_in(found, shift_id, volunteer_id, by, how, device), volunteer_id, False)


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
        found = attendance_of(shift_id, volunteer_id)
        if found is None or found.state not in (AttendanceState.PRESENT, AttendanceState.LEFT):
            raise NotHere
        if found.state == AttendanceState.PRESENT:
            write(found.id, "out", by, state=AttendanceState.LEFT,
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
        found = attendance_of(shift_id, volunteer_id)
        if found is None or found.checked_in_at is None:
            raise NotHere
        if not can_undo(found.checked_out_at or found.checked_in_at, clock.now()):
            raise TooLateToUndo
        if found.checked_out_at is not None:
            write(found.id, "undo_out", by, state=AttendanceState.PRESENT,
                   checked_out_at=None, checked_out_by=None)  # fmt: skip
        else:
            write(found.id, "undo_in", by, state=AttendanceState.UNDONE,
                   checked_in_at=None, checked_in_by=None)  # fmt: skip


def walk_in(shift_id: int, name: str, phone: str, reason: str, by: Viewer, device: str) -> CheckIn:
    """Seat and check in somebody who did not sign up; a new number gets an account.

    A seat beyond the capacity, or before others who wait, needs a reason. Raises as
    `check_in` does, and Full or NeedsReason where the reason is missing.
    """
    with transaction():
        came = person_at_the_gate(name, phone)
        signups.seat_person(came.volunteer_id, shift_id, reason, by)
        return check_in(shift_id, came.volunteer_id, by, "walk_in", device)


def seat_waiting(shift_id: int, volunteer_id: int, reason: str, by: Viewer, device: str) -> CheckIn:
    """Seat somebody of the waiting list who stands at the gate, and check them in.

    The reason is kept. Raises as `check_in` does, and NeedsReason.
    """
    with transaction():
        owner, _shift = lock_pair(volunteer_id, shift_id)
        managed_shift(shift_id, by)
        refuse_own(owner, by)
        if live_place(shift_id, volunteer_id) is None:
            raise NotSeated
        signups.seat_person(volunteer_id, shift_id, reason, by)
        return check_in(shift_id, volunteer_id, by, "gate", device)


def show_phone(shift_id: int, volunteer_id: int, by: Viewer) -> str:
    """The full number of somebody of this shift, as people dial it; who looked is kept.

    Raises NotFound for whoever has nothing to do with the shift.
    """
    gate(shift_id, by)
    found = person(shift_id, volunteer_id)
    return record_phone_view(found.account_id, by.id, f"/organize/shifts/{shift_id}/gate")
