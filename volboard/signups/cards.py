"""The card of a shift on an event page: seats, and a row for each of the household."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from volboard.accounts.queries import Person, household
from volboard.core import clock, formats
from volboard.core.access import Viewer
from volboard.events.queries import EventFact, ShiftFact
from volboard.events.rules import EventState
from volboard.signups.queries import OwnPlace, own_places, places_by_person
from volboard.signups.rules import SignupState, can_give_back, is_old_enough, is_open

Attended = Mapping[tuple[int, int], str]
"""present, left, absent or credited, by shift and volunteer."""
Gate = Callable[[tuple[int, ...], tuple[int, ...]], Attended]
"""Tells what the gate knows of these volunteers in these events."""
GATE = "what the gate knows"
"""Where the app keeps it (`app.extensions`): the gate stands above this floor (docs/adr/0015)."""
ABSENCES = "who did not come"
"""There too: of volunteers and a community, how often each missed, where organizers may see it."""


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


class Offer(StrEnum):
    """What a button of the card would do for somebody."""

    NONE = ""
    SEAT = "seat"
    QUEUE = "queue"


@dataclass(frozen=True)
class PersonRow:
    """One of the household at this shift."""

    person: Person
    place: OwnPlace | None
    can_cancel: bool
    attended: str
    """present, left, absent or credited, as the gate knows; empty before."""
    shift: ShiftFact
    offer: Offer
    is_fresh: bool = False
    """Whether this person's place has just changed: the seal is pressed visibly."""

    @property
    def called(self) -> str:
        """What the account calls this person: 妈妈, or the name."""
        return self.person.relation or self.person.name


@dataclass(frozen=True)
class ShiftCard:
    """All that the card's template needs."""

    shift: ShiftFact
    state: CardState
    people: tuple[PersonRow, ...]
    """Empty for a visitor."""
    names_day: bool = False
    """Whether the event takes several days, so that the card has to say which is its own."""

    @property
    def offer(self) -> Offer:
        """What pressing the button leads to."""
        offers = {CardState.OPEN: Offer.SEAT, CardState.FULL: Offer.QUEUE}
        return offers.get(self.state, Offer.NONE)

    @property
    def cancel_until(self) -> datetime:
        """Until when a place can be given back."""
        return self.shift.starts_at - timedelta(minutes=self.shift.cancel_notice)

    @property
    def is_past_cancelling(self) -> bool:
        """Whether it is too late to give a place back by oneself."""
        return clock.now() >= self.cancel_until

    @property
    def rows(self) -> tuple[PersonRow, ...]:
        """Those of the household of whom there is something to say or to press."""
        return tuple(r for r in self.people if r.place or r.offer or r.attended or r.is_fresh)

    @property
    def fresh_row(self) -> PersonRow | None:
        """The row whose place has just changed."""
        return next((row for row in self.people if row.is_fresh), None)

    @property
    def look(self) -> str:
        """How the card is drawn: open, full, mine, waiting or over."""
        if self.state in (CardState.OVER, CardState.OFF):
            return "over"
        states = {row.place.state for row in self.people if row.place}
        if SignupState.SEATED in states:
            return "mine"
        if SignupState.WAITING in states:
            return "waiting"
        return "full" if self.state is CardState.FULL else "open"


def shift_cards(
    event: EventFact,
    viewer: Viewer,
    attended: Attended | None = None,
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


def one_card(
    event: EventFact, shift: ShiftFact, viewer: Viewer, fresh: int, gate: Gate
) -> ShiftCard:
    """The card of one shift, right after the button of `fresh` was pressed."""
    people = household(viewer.id)
    asked = tuple(person.volunteer_id for person in people), (event.id,)
    places = places_by_person(own_places(*asked))
    card = _card(event, shift, people, places, gate(*asked), clock.now())
    rows = (replace(row, is_fresh=row.person.volunteer_id == fresh) for row in card.people)
    return replace(card, people=tuple(rows))


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
    attended: Attended,
    now: datetime,
) -> ShiftCard:
    days = {formats.as_date(event.starts_at), formats.as_date(event.ends_at)}
    card = ShiftCard(shift, card_state(event, shift, now), (), len(days) > 1)
    keys = [(shift.id, person.volunteer_id) for person in people]
    rows = tuple(
        _row(card, person, places.get(key), attended.get(key, ""), now)
        for key, person in zip(keys, people, strict=True)
    )
    return replace(card, people=rows)


def _row(
    card: ShiftCard, person: Person, place: OwnPlace | None, attended: str, now: datetime
) -> PersonRow:
    may = place is not None and not attended and _may_cancel(card.shift, place, now)
    fits = is_old_enough(card.shift.ages, person.age_band)
    offer = card.offer if fits and not (place or attended) else Offer.NONE
    return PersonRow(person, place, may, attended, card.shift, offer)


def _may_cancel(shift: ShiftFact, place: OwnPlace, now: datetime) -> bool:
    if shift.closed_at is not None:
        return False
    if place.number:
        return now < shift.ends_at
    return can_give_back(shift.starts_at, shift.cancel_notice, place.made_at, now)
