"""The card of a shift on an event page: seats, and a row for each of the household."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from volboard.accounts.queries import Person, household
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.events.queries import EventFact, ShiftFact
from volboard.events.rules import EventState
from volboard.signups.queries import OwnPlace, own_places, places_by_person
from volboard.signups.rules import can_give_back, is_open


class CardState(StrEnum):
    """What can be done with a shift now."""

    OPEN = "open"
    FULL = "full"
    SOON = "soon"
    """Signing up has not begun."""
    OVER = "over"
    """Ended, or its gate is closed."""
    OFF = "off"
    """Called off."""
    DRAFT = "draft"


@dataclass(frozen=True)
class PersonRow:
    """One of the household at this shift."""

    person: Person
    place: OwnPlace | None
    can_cancel: bool
    attended: str
    """present, left, absent or credited, as the gate knows; empty before."""


@dataclass(frozen=True)
class ShiftCard:
    """All that the card's template needs."""

    shift: ShiftFact
    state: CardState
    people: tuple[PersonRow, ...]
    """Empty for a visitor."""
    fresh: int = 0
    """The volunteer whose place has just changed: their seal is pressed visibly."""

    @property
    def takes_signups(self) -> bool:
        """Whether pressing the button can lead to a place."""
        return self.state in (CardState.OPEN, CardState.FULL)

    @property
    def fresh_row(self) -> PersonRow | None:
        """The row whose place has just changed."""
        return next((row for row in self.people if row.person.volunteer_id == self.fresh), None)


def shift_cards(
    event: EventFact,
    viewer: Viewer,
    attended: Mapping[tuple[int, int], str] | None = None,
    people: tuple[Person, ...] | None = None,
) -> tuple[ShiftCard, ...]:
    """The cards of all shifts of an event; two statements for somebody signed in, else none.

    `attended` is what the gate knows, by shift and volunteer.
    """
    if people is None:
        people = household(viewer.id) if viewer.is_signed_in else ()
    volunteers = tuple(person.volunteer_id for person in people)
    places = places_by_person(own_places(volunteers, (event.id,)))
    return tuple(
        _card(event, shift, people, places, attended or {}, clock.now()) for shift in event.shifts
    )


def one_card(event: EventFact, shift: ShiftFact, viewer: Viewer, fresh: int) -> ShiftCard:
    """The card of one shift, right after somebody of the household pressed its button."""
    people = household(viewer.id)
    places = places_by_person(own_places(tuple(p.volunteer_id for p in people), (event.id,)))
    card = _card(event, shift, people, places, {}, clock.now())
    return ShiftCard(card.shift, card.state, card.people, fresh)


def card_state(event: EventFact, shift: ShiftFact, now: datetime) -> CardState:
    """What can be done with a shift at this moment."""
    if event.state == EventState.CANCELLED or shift.called_off_at is not None:
        return CardState.OFF
    if event.state == EventState.DRAFT:
        return CardState.DRAFT
    if shift.closed_at is not None or now >= shift.ends_at:
        return CardState.OVER
    if not is_open(shift.opens_at, shift.ends_at, now):
        return CardState.SOON
    return CardState.OPEN if shift.places_left else CardState.FULL


def _card(
    event: EventFact,
    shift: ShiftFact,
    people: tuple[Person, ...],
    places: Mapping[tuple[int, int], OwnPlace],
    attended: Mapping[tuple[int, int], str],
    now: datetime,
) -> ShiftCard:
    rows = tuple(
        _row(shift, person, places.get((shift.id, person.volunteer_id)),
             attended.get((shift.id, person.volunteer_id), ""), now)
        for person in people
    )  # fmt: skip
    return ShiftCard(shift, card_state(event, shift, now), rows)


def _row(
    shift: ShiftFact, person: Person, place: OwnPlace | None, attended: str, now: datetime
) -> PersonRow:
    may = place is not None and not attended and _may_cancel(shift, place, now)
    return PersonRow(person, place, may, attended)


def _may_cancel(shift: ShiftFact, place: OwnPlace, now: datetime) -> bool:
    if place.number:
        return now < shift.ends_at
    return can_give_back(shift.starts_at, shift.cancel_notice, place.made_at, now)
