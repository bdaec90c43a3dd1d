"""Somebody without a place, whose own code was scanned, comes in in one step."""

from volboard.accounts.queries import Person
from volboard.attendance.commands import CheckIn, check_in
from volboard.attendance.powers import managed_shift
from volboard.attendance.rules import CODE_SHOWN
from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.signups.commands import seat_person
from volboard.signups.places import lock_pair


def walk_in_by_code(
    shift_id: int, person: Person, reason: str, by: Viewer, device: str, is_shown: bool = False
) -> CheckIn:  # fmt: skip
    """Seat and check in the person of the code, whose name and number are known already.

    `is_shown`: whether their phone showed it this moment, by which they stand for it themselves.

    Raises as `commands.walk_in` does.
    """
    with transaction():
        lock_pair(person.volunteer_id, shift_id)
        managed_shift(shift_id, by)
        seat_person(person.volunteer_id, shift_id, reason, by)
        return check_in(
            shift_id, person.volunteer_id, by, CODE_SHOWN if is_shown else "walk_in", device
        )
