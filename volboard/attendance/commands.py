"""The gate's presses. Each is one transaction, and pressed twice it changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from volboard.accounts.commands import person_at_the_gate, record_phone_view
from volboard.attendance.errors import AlreadyLeft, NotHere, NotSeated, TooLateToUndo
from volboard.attendance.models import Attendance
from volboard.attendance.powers import (
    managed_shift,
    refuse_own,
    refuse_shut,
    shift_seen_by,
    verify_seen,
)
from volboard.attendance.presses import (
    Entry,
    attendance_of,
    open_attendance,
    press,
    presses_of,
)
from volboard.attendance.queries import gate, person
from volboard.attendance.rules import EARLY, AttendanceState, Gate, can_undo, standing
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.core.errors import NotFound
from volboard.events.shift_commands import ShiftRow
from volboard.signups import commands as signups
from volboard.signups.households import ask_household
from volboard.signups.places import live_place, lock_pair, lock_volunteer
from volboard.signups.rules import SignupState


@dataclass(frozen=True)
class CheckIn:
    """The outcome of a press: `again` where somebody had checked the person in before."""

    attendance_id: int
    volunteer_id: int
    again: bool


def check_in(
    shift_id: int,
    volunteer_id: int,
    by: Viewer,
    how: str,
    device: str,
    at: datetime | None = None,
) -> CheckIn:
    """Check a seated person in; a second press changes nothing and says so.

    `at`: when they came, where that was earlier than now. Raises NotFound, NotSeated,
    OwnAttendance, AlreadyLeft, or why the gate is shut.
    """
    with transaction():
        owner = lock_volunteer(volunteer_id)
        shift = managed_shift(shift_id, by)
        refuse_own(owner, by.id)
        refuse_shut(shift)
        done = _come_in(shift, volunteer_id, Entry("in", by.id, _cut(at, shift), how, device))
        if not done.again:
            verify_seen(owner, by.id)
        return done


def arrive_seen(
    shift_id: int,
    volunteer_id: int,
    by_account: int,
    seen_by: int,
    how: str,
    device: str,
    at: datetime | None = None,
) -> CheckIn:
    """Check in somebody of the household `by_account`, who scanned what the organizer showed.

    The organizer `seen_by` stands for it; that makes no account a verified one. Raises as
    `check_in` does, NotFound where it is somebody else's family or no organizer of the shift.
    """
    with transaction():
        owner = lock_volunteer(volunteer_id)
        shift = shift_seen_by(shift_id, seen_by)
        if owner.account_id != by_account or owner.is_removed:
            raise NotFound
        refuse_own(owner, seen_by)
        refuse_shut(shift)
        entry = Entry("in", by_account, _cut(at, shift), how, device, seen_by)
        return _come_in(shift, volunteer_id, entry)


def check_out(shift_id: int, volunteer_id: int, by: Viewer, device: str = "") -> None:
    """Record that the person leaves now; a second press changes nothing.

    Raises NotFound, NotHere, OwnAttendance, or why the gate is shut (after the planned end
    people can still be checked out; minutes stop at the end).
    """
    with transaction():
        found = _here(shift_id, volunteer_id, by, but=Gate.OVER)
        if found.state == AttendanceState.PRESENT:
            press(found.id, Entry("out", by.id, device=device))


def come_back(shift_id: int, volunteer_id: int, by: Viewer, device: str = "") -> None:
    """Record that somebody who had left is here again; the time between earns nothing.

    For somebody who is here it changes nothing. Raises NotFound, NotHere, OwnAttendance, or
    why the gate is shut.
    """
    with transaction():
        found = _here(shift_id, volunteer_id, by)
        if found.state == AttendanceState.LEFT:
            press(found.id, Entry("back", by.id, device=device))


def undo(shift_id: int, volunteer_id: int, by: Viewer, device: str = "") -> str:
    """Take back the last press for this person that counts, within ten minutes of it.

    Answers which it was: in, out or back. Raises NotFound, NotHere, TooLateToUndo, GateClosed.
    """
    with transaction():
        found = _here(shift_id, volunteer_id, by, but=Gate.OVER)
        last = standing(presses_of(found.id)).story[-1]
        if not can_undo(last.at, clock.now()):
            raise TooLateToUndo
        press(found.id, Entry(f"undo_{last.action}", by.id, device=device))
        return last.action


def walk_in(shift_id: int, name: str, phone: str, reason: str, by: Viewer, device: str) -> CheckIn:
    """Seat and check in somebody who did not sign up, as `person_at_the_gate` makes them.

    A seat beyond the capacity, or before others who wait, needs a reason. Raises as
    `check_in` does, and Full or NeedsReason where the reason is missing.
    """
    with transaction():
        came = person_at_the_gate(name, phone, by.id)
        signups.seat_person(came.volunteer_id, shift_id, reason, by)
        ask_household(came.volunteer_id, shift_id)
        return check_in(shift_id, came.volunteer_id, by, "walk_in", device)


def seat_waiting(shift_id: int, volunteer_id: int, reason: str, by: Viewer, device: str) -> CheckIn:
    """Seat somebody of the waiting list who stands at the gate, and check them in.

    The reason is kept. Raises as `check_in` does, and NeedsReason.
    """
    with transaction():
        owner, _shift = lock_pair(volunteer_id, shift_id)
        managed_shift(shift_id, by)
        refuse_own(owner, by.id)
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


def _come_in(shift: ShiftRow, volunteer_id: int, entry: Entry) -> CheckIn:
    place = live_place(shift.id, volunteer_id)
    if place is None or place.state is not SignupState.SEATED:
        raise NotSeated
    found = attendance_of(shift.id, volunteer_id)
    if found is not None and found.state != AttendanceState.UNDONE:
        if found.state == AttendanceState.LEFT:
            raise AlreadyLeft
        return CheckIn(found.id, volunteer_id, again=True)
    attendance_id = found.id if found else open_attendance(shift.id, volunteer_id)
    press(attendance_id, entry)
    return CheckIn(attendance_id, volunteer_id, again=False)


def _here(shift_id: int, volunteer_id: int, by: Viewer, but: Gate | None = None) -> Attendance:
    """The attendance of somebody who came, held for a press; raises why there is none."""
    owner = lock_volunteer(volunteer_id)
    shift = managed_shift(shift_id, by)
    refuse_own(owner, by.id)
    refuse_shut(shift, but)
    found = attendance_of(shift_id, volunteer_id)
    if found is None or found.checked_in_at is None:
        raise NotHere
    return found


def _cut(at: datetime | None, shift: ShiftRow) -> datetime:
    """When somebody came: never before the gate opened, never after now."""
    now = clock.now()
    return min(max(at or now, shift.starts_at - EARLY), now)
