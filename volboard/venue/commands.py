"""What a household presses at a venue's code, for its own people only.

Each is one transaction that holds the volunteers in the order of their ids, then the shift,
and pressed twice it changes nothing. Several people are taken together or not at all.
"""

from volboard.attendance.arrival_commands import claim
from volboard.attendance.commands import arrive_seen
from volboard.attendance.errors import NotHere
from volboard.attendance.models import Attendance
from volboard.attendance.powers import refuse_own, refuse_shut, shift_seen_by
from volboard.attendance.presses import Entry, attendance_of, press
from volboard.attendance.rules import AttendanceState, Gate
from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.core.errors import NotFound
from volboard.events.shift_commands import lock_shift
from volboard.signups.places import Owner, lock_volunteer
from volboard.venue.tokens import Ticket


def check_in(ticket: Ticket, people: tuple[int, ...], by: Viewer, device: str) -> None:
    """Check these in by the venue's code; the organizer who showed it stands for them.

    Raises as `commands.arrive_seen` does.
    """
    with transaction():
        hold(people, by)
        for person in people:
            arrive_seen(ticket.shift_id, person, by.id, ticket.organizer_id, "venue", device)


def check_out(ticket: Ticket, people: tuple[int, ...], by: Viewer, device: str) -> None:
    """Record that these leave now, also after the planned end; raises NotHere, OwnAttendance."""
    with transaction():
        for owner in hold(people, by):
            found = _here(ticket, owner, Gate.OVER)
            if found.state == AttendanceState.PRESENT:
                press(found.id, _entry("out", ticket, by, device))


def come_back(ticket: Ticket, people: tuple[int, ...], by: Viewer, device: str) -> None:
    """Record that these, who had left, are here again; raises NotHere, OwnAttendance."""
    with transaction():
        for owner in hold(people, by):
            found = _here(ticket, owner)
            if found.state == AttendanceState.LEFT:
                press(found.id, _entry("back", ticket, by, device))


def ask_to_confirm(shift_id: int, people: tuple[int, ...], by: Viewer, device: str) -> None:
    """Say that these are here, by the printed code, and wait for an organizer to confirm.

    Whoever waits already keeps the first time; whoever was checked in needs no more. Raises
    NotFound, NotSeated, or why the gate is shut.
    """
    with transaction():
        owners = hold(people, by)
        shift = lock_shift(shift_id)
        if shift.event_state == "draft":
            raise NotFound
        refuse_shut(shift)
        for owner in owners:
            claim(shift_id, owner.volunteer_id, by, device)


def hold(people: tuple[int, ...], by: Viewer) -> tuple[Owner, ...]:
    """Hold the volunteers, ascending; raises NotFound unless all are of this household."""
    owners = tuple(lock_volunteer(person) for person in sorted(people))
    if any(owner.account_id != by.id or owner.is_removed for owner in owners):
        raise NotFound
    return owners


def _here(ticket: Ticket, owner: Owner, but: Gate | None = None) -> Attendance:
    """The attendance of somebody who came, held for a press; raises why there is none."""
    shift = shift_seen_by(ticket.shift_id, ticket.organizer_id)
    refuse_own(owner, ticket.organizer_id)
    refuse_shut(shift, but)
    found = attendance_of(ticket.shift_id, owner.volunteer_id)
    if found is None or found.checked_in_at is None:
        raise NotHere
    return found


def _entry(action: str, ticket: Ticket, by: Viewer, device: str) -> Entry:
    return Entry(action, by.id, device=device, seen_by=ticket.organizer_id)
