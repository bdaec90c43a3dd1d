"""The printed list, typed in afterwards: everybody on it at once, or nobody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from volboard.attendance.errors import (
    AlreadyLeft,
    NotSeated,
    PaperCameOutside,
    PaperIncomplete,
    PaperLeftBefore,
    PaperNeedsTime,
    PaperNotYet,
    PaperTellsNothing,
    PaperTooEarly,
    PaperTooLate,
    ShiftCalledOff,
)
from volboard.attendance.models import Attendance
from volboard.attendance.paper_rules import opens
from volboard.attendance.powers import is_called_off, managed_shift, refuse_own
from volboard.attendance.presses import Entry, attendance_of, open_attendance, press
from volboard.attendance.queries import gate_of
from volboard.attendance.rules import AttendanceState, Gate
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.core.errors import Refusal
from volboard.events.queries import ManagedShift
from volboard.events.shift_commands import ShiftRow
from volboard.signups.places import Owner, live_place, lock_volunteer
from volboard.signups.rules import SignupState

TYPED_WITHIN = timedelta(hours=48)
"""How long after the shift's end the list can be typed in."""
HOW = "paper"


@dataclass(frozen=True)
class PaperLine:
    """One line of the list: who, when they came, and when they left, if that is written there."""

    volunteer_id: int
    came: datetime | None
    """None: the gate has let the person in already, and the paper tells of the leaving."""
    left: datetime | None


def take_paper(shift_id: int, lines: tuple[PaperLine, ...], by: Viewer, device: str = "") -> int:
    """Write every line of the list, or none; answers how many people.

    Raises PaperIncomplete with a sentence for each line that cannot be; NotFound, PaperTooEarly,
    ShiftCalledOff, or PaperTooLate where hours need a make-up by now.
    """
    with transaction():
        owners = [lock_volunteer(one) for one in sorted(line.volunteer_id for line in lines)]
        shift = managed_shift(shift_id, by)
        closed = shift.closed_at is not None
        refuse_untimely(shift.starts_at, shift.ends_at, closed, is_called_off(shift))
        people = {owner.volunteer_id: owner for owner in owners}
        problems = dict(_problems(shift, lines, people, by))
        if problems:
            raise PaperIncomplete(problems)
        for line in lines:
            _write(shift_id, line, by, device)
        return len(lines)


def refuse_untimely(starts_at: datetime, ends_at: datetime, is_closed: bool, is_off: bool) -> None:
    """The list is typed in from the shift's start until two days after it, while nobody closed."""
    if is_off:
        raise ShiftCalledOff
    if clock.now() < starts_at:
        raise PaperTooEarly
    if is_closed or clock.now() > ends_at + TYPED_WITHIN:
        raise PaperTooLate


def whether_typed(managed: ManagedShift) -> str:
    """Why the list cannot be typed in now; empty where it can."""
    shift, state = managed.shift, gate_of(managed)
    try:
        closed = shift.closed_at is not None
        refuse_untimely(shift.starts_at, shift.ends_at, closed, state is Gate.CALLED_OFF)
    except Refusal as refusal:
        return str(refusal)
    return ""


def refuse_times(
    came: datetime | None,
    left: datetime | None,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
) -> None:
    """Raise what cannot be in the times of a line; without a leaving it is a forgotten one."""
    if came is None:
        raise PaperNeedsTime
    if not opens(starts_at) <= came < ends_at:
        raise PaperCameOutside
    if came > now or (left is not None and left > now):
        raise PaperNotYet
    if left is not None and left < came:
        raise PaperLeftBefore


def _problems(
    shift: ShiftRow, lines: tuple[PaperLine, ...], people: Mapping[int, Owner], by: Viewer
) -> Iterator[tuple[int, str]]:
    for line in lines:
        try:
            refuse_own(people[line.volunteer_id], by.id)
            _refuse_line(shift, line)
        except Refusal as refusal:
            yield line.volunteer_id, str(refusal)


def _refuse_line(shift: ShiftRow, line: PaperLine) -> None:
    place = live_place(shift.id, line.volunteer_id)
    if place is None or place.state is not SignupState.SEATED:
        raise NotSeated
    found = attendance_of(shift.id, line.volunteer_id)
    if found is not None and found.state == AttendanceState.LEFT:
        raise AlreadyLeft
    came = found.checked_in_at if found and found.checked_in_at else line.came
    if _has_come(found) and line.left is None:
        raise PaperTellsNothing
    refuse_times(came, line.left, shift.starts_at, shift.ends_at, clock.now())


def _write(shift_id: int, line: PaperLine, by: Viewer, device: str) -> None:
    found = attendance_of(shift_id, line.volunteer_id)
    attendance_id = found.id if found else open_attendance(shift_id, line.volunteer_id)
    for action, at in (("in", None if _has_come(found) else line.came), ("out", line.left)):
        if at is not None:
            press(attendance_id, Entry(action, by.id, at, HOW, device, received_at=clock.now()))


def _has_come(found: Attendance | None) -> bool:
    return found is not None and found.checked_in_at is not None
