"""A family at the gate: everybody of the household who is expected, with one tap."""

from volboard.accounts.queries import household, person
from volboard.attendance.commands import check_in
from volboard.attendance.family_queries import families
from volboard.attendance.powers import managed_shift
from volboard.attendance.rules import CODE_SHOWN
from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.core.errors import NotFound
from volboard.signups.places import lock_volunteer


def check_in_family(shift_id: int, volunteer_id: int, by: Viewer, how: str, device: str) -> int:
    """Check in all of this person's household who have a seat here, or none of them.

    `how` is this person's own way; the others come in by the gate, unless the household's phone
    showed the code this moment. Answers how many came in
    now: 0 where somebody had pressed before. Raises as `commands.check_in` does.
    """
    with transaction():
        head = person(volunteer_id)
        if head is None:
            raise NotFound
        for one in sorted(one.volunteer_id for one in household(head.account_id)):
            lock_volunteer(one)
        managed_shift(shift_id, by)
        expected = [one.volunteer_id for family in families((shift_id,), (head.account_id,))
                    for one in family.people]  # fmt: skip
        for one in expected:
            is_same = one == volunteer_id or how == CODE_SHOWN
            check_in(shift_id, one, by, how if is_same else "gate", device)
        return len(expected)
