"""A seat for somebody who sat down already: the gate was without a network when they came."""

from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.core.errors import NotFound
from volboard.events.shift_commands import set_shift
from volboard.signups import places
from volboard.signups.overlaps import refuse_overlap
from volboard.signups.rules import SignupState


def seat_who_came(volunteer_id: int, shift_id: int, reason: str, by: Viewer) -> None:
    """Make sure that the person has a seat, also after the shift; the reason is kept.

    For somebody who has one it changes nothing. Raises NotFound, and Overlaps where the person
    has a place elsewhere at that time.
    """
    with transaction():
        owner, shift = places.lock_pair(volunteer_id, shift_id)
        if not by.manages(shift.community_id):
            raise NotFound
        place = places.live_place(shift_id, volunteer_id)
        if place is None:
            refuse_overlap(volunteer_id, shift)
            place = places.take(owner, shift, by.id)
        if place.state is SignupState.SEATED:
            return
        if shift.seated >= shift.capacity:
            set_shift(shift_id, capacity=shift.capacity + 1)
        places.seat(place.signup_id, reason, by.id)
