"""The page of an event: what it is, its posts with their seats, and one's own places."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request
from flask.typing import ResponseReturnValue

from volboard.accounts.door import is_first_look, lacks_key
from volboard.accounts.queries import Person, household
from volboard.attendance.queries import marks
from volboard.core import clock
from volboard.core.access import Access, Viewer, viewer
from volboard.core.i18n import told
from volboard.core.qr import absolute
from volboard.core.web import page
from volboard.events import sharing as share
from volboard.events.queries import Change, EventFact, changes, event_for
from volboard.events.rules import EventState
from volboard.home import front, pictures
from volboard.home.blueprint import bp
from volboard.home.board_changes import midnight_after
from volboard.signups.cards import ShiftCard, shift_cards


@dataclass(frozen=True)
class EventView:
    """What the page of an event shows."""

    fact: EventFact
    cards: tuple[ShiftCard, ...]
    changes: tuple[Change, ...]
    is_over: bool
    may_edit: bool
    url: str
    picture_url: str
    """Of the picture for chats; empty where none can be drawn."""

    @property
    def when(self) -> str:
        return share.when(self.fact)

    @property
    def sentence(self) -> str:
        return share.sentence(self.fact)

    @property
    def over(self) -> str:
        """The community, and the festival where there is one."""
        return share.over(self.fact)

    @property
    def story(self) -> tuple[str, ...]:
        """The story's paragraphs."""
        story = told(self.fact.story, self.fact.story_en)
        return tuple(line.strip() for line in story.splitlines() if line.strip())

    @property
    def service(self) -> tuple[ShiftCard, ...]:
        return tuple(card for card in self.cards if card.shift.is_service)

    @property
    def participant(self) -> tuple[ShiftCard, ...]:
        return tuple(card for card in self.cards if not card.shift.is_service)

    @property
    def phone_link(self) -> str:
        """The contact's number as a telephone dials it."""
        return "".join(sign for sign in self.fact.contact_phone if sign in "+0123456789")

    @property
    def can_be_shared(self) -> bool:
        return self.fact.state == EventState.PUBLISHED and not self.is_over


@bp.get("/events/<id:event_id>", access=Access.PUBLIC)
def show_event(event_id: int) -> ResponseReturnValue:
    """An event; to its organizers also a draft, as people will see it."""
    person = viewer()
    event = event_for(event_id, person)
    people = household(person.id) if person.is_signed_in else ()
    cards = shift_cards(event, person, _attended(event, people), people)
    key = is_first_look() and lacks_key()
    response = page("home/event.html", event=_view(event, cards, person), lacks_key=key)
    front.keep_until(response, lambda: next_change(event, clock.now()))
    return response


def _attended(event: EventFact, people: tuple[Person, ...]) -> Mapping[tuple[int, int], str]:
    return marks(tuple(person.volunteer_id for person in people), (event.id,))


def _view(event: EventFact, cards: tuple[ShiftCard, ...], person: Viewer) -> EventView:
    return EventView(
        fact=event,
        cards=cards,
        changes=changes(event.id),
        is_over=event.ends_at <= clock.now(),
        may_edit=person.manages(event.community_id),
        url=absolute(request, f"/events/{event.id}"),
        picture_url=_picture_url(event),
    )


def _picture_url(event: EventFact) -> str:
    if event.state == EventState.DRAFT or not pictures.can_draw():
        return ""
    return absolute(request, f"/events/{event.id}/share.png")


def next_change(event: EventFact, now: datetime) -> datetime:
    """The next instant at which time alone changes the page of this event."""
    moments = [event.ends_at, midnight_after(now)]
    for shift in event.shifts:
        deadline = shift.starts_at - timedelta(minutes=shift.cancel_notice)
        moments += [shift.starts_at, shift.ends_at, shift.opens_at or shift.starts_at, deadline]
    return min(moment for moment in moments if moment > now)
