"""The household in front of a venue's code: where it stands, and what it may press."""

from volboard.attendance.queries import gate_of
from volboard.communities.queries import power_of
from volboard.core.access import Viewer
from volboard.core.errors import NotFound
from volboard.events.queries import ManagedShift, get_shift
from volboard.venue.arriving_page import ArrivePage
from volboard.venue.queries import elsewhere, household_at
from volboard.venue.tokens import Ticket


def at_screen(ticket: Ticket, token: str, person: Viewer) -> ArrivePage:
    """In front of an organizer's screen; raises NotFound where the organizer is none any more."""
    shift, event = get_shift(ticket.shift_id)
    organizer = power_of(ticket.organizer_id)
    if organizer is None or not organizer.manages(event.community_id):
        raise NotFound
    managed, is_own = ManagedShift(event, shift), organizer.id == person.id
    return _page(managed, person, f"/arrive/with/{token}", token, is_own)


def at_sheet(shift_id: int, token: str, person: Viewer) -> ArrivePage:
    """In front of a printed code."""
    shift, event = get_shift(shift_id)
    return _page(ManagedShift(event, shift), person, f"/arrive/paper/{token}")


def _page(
    managed: ManagedShift, person: Viewer, path: str, ticket: str = "", is_own: bool = False
) -> ArrivePage:
    state = gate_of(managed)
    if not person.is_signed_in:
        return ArrivePage(managed, state, False, path, ticket)
    people = household_at(managed.shift.id, person.id)
    other = () if people else elsewhere(person.id, managed.shift.id)
    return ArrivePage(managed, state, True, path, ticket, is_own, people, other)
