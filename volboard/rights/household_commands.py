"""A household says who is of it (docs/adr/0034)."""

from volboard.accounts.commands import answer_household
from volboard.accounts.queries import Person
from volboard.communities.commands import leave_homes
from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.core.logs import log
from volboard.messages.commands import drop
from volboard.messages.rules import Kind
from volboard.signups.households import subject


def answer(proposal_id: int, is_ours: bool, by: Viewer) -> Person:
    """Take somebody into one's household with all that they did, or leave them on their own.

    Raises NotFound for what was not asked of this household, FamilyFull, NameTaken, HadAHand.
    """
    with transaction():
        found, left = answer_household(proposal_id, is_ours, by.id)
        if is_ours:
            leave_homes(left)
        drop(subject(proposal_id), {Kind.HOUSEHOLD})
    log.info("household answered", volunteer=found.volunteer_id, account=by.id, yes=is_ours)
    return found
