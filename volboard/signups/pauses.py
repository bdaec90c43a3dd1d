"""A community's rule on not coming, where somebody signs themself up."""

from volboard.communities.queries import community
from volboard.communities.rule_queries import paused_until
from volboard.events.shift_commands import ShiftRow
from volboard.signups.errors import Paused
from volboard.signups.places import Owner, live_place


def refuse_paused(owner: Owner, shift: ShiftRow) -> None:
    """Raise Paused for who cannot sign up there for a while; a place they have stays theirs."""
    if live_place(shift.id, owner.volunteer_id) is not None:
        return
    until = paused_until(owner.volunteer_id, shift.community_id)
    if until is not None:
        raise Paused(until, community(shift.community_id).phone)
