"""What an organizer does at the desk for somebody who stands before it."""

from volboard.accounts.commands import person_at_the_gate, record_phone_view
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.events.queries import get_managed_shift
from volboard.signups.commands import sign_up_by_organizer
from volboard.signups.errors import AtTheGate
from volboard.signups.households import ask_household
from volboard.signups.places import Place
from volboard.signups.roster_queries import managed_row


def sign_up_at_desk(name: str, phone: str, shift_id: int, by: Viewer) -> Place:
    """Take a place for the person of this name in the household with this number (代报名).

    Whoever is new gets an account without a password; a name that the household does not have
    is a person of their own, of whom it is asked. Raises OwnHousehold, as `sign_up` does, and
    AtTheGate once the shift has begun: then people are registered where they come in.
    """
    with transaction():
        shift = get_managed_shift(shift_id, by).shift
        if clock.now() >= shift.starts_at:
            raise AtTheGate
        person = person_at_the_gate(name, phone, by.id)
        ask_household(person.volunteer_id, shift_id)
        return sign_up_by_organizer(person.volunteer_id, shift_id, by)


def show_phone(signup_id: int, by: Viewer) -> str:
    """The full number of somebody on a roster, as people dial it; who looked is written down.

    Raises NotFound outside this person's communities.
    """
    with transaction():
        row = managed_row(signup_id, by)
        return record_phone_view(row.account_id, by.id, f"/organize/shifts/{row.shift_id}/roster")
