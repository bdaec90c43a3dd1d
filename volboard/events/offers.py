"""What an organizer can start from: festivals with their ready-made events, and everyday ones."""

from dataclasses import dataclass
from datetime import date, timedelta

from volboard.core import clock
from volboard.core.access import Viewer
from volboard.events.facts import Held
from volboard.events.queries import begun_events, last_of_festivals
from volboard.events.twins import AROUND, published_for_festivals
from volboard.festivals.catalog import FestivalDay, dates_in
from volboard.festivals.queries import next_day, upcoming
from volboard.festivals.templates import EventTemplate, templates_for

A_YEAR_OF_FESTIVALS = 48
A_YEAR = timedelta(days=480)
"""So far ahead lies the last of the festivals that are offered, with what is held after it."""
SATURDAY = 5


@dataclass(frozen=True)
class Offer:
    """A ready-made event on a certain day."""

    key: str
    title: str
    title_en: str
    day: date
    mark: str


@dataclass(frozen=True)
class Again:
    """An event that was held, and the day on which it would be held next."""

    event: Held
    day: date


@dataclass(frozen=True)
class FestivalOffer:
    """A festival that comes, with what can be held for it."""

    festival: FestivalDay
    offers: tuple[Offer, ...]
    again: Again | None
    """What the community held for it last."""
    published: tuple[Held, ...]
    """What it has published for this very day, so that nobody makes it twice unawares."""

    @property
    def unlike_last(self) -> tuple[Offer, ...]:
        """The ready-made ones but that of which the last was made: it has the newer posts."""
        last = self.again.event.title if self.again else ""
        return tuple(offer for offer in self.offers if offer.title != last)


def festival_offers(community_id: int, today: date) -> tuple[FestivalOffer, ...]:
    """The next day of each festival that has ready-made events, from today on."""
    held = last_of_festivals(community_id, clock.now())
    published = published_for_festivals(community_id, today - AROUND, today + A_YEAR)
    found: dict[str, FestivalOffer] = {}
    for coming in upcoming(today - timedelta(days=1), A_YEAR_OF_FESTIVALS):
        key = coming.festival.key
        templates = templates_for(key)
        if key not in found and templates:
            offers = tuple(_for_festival(template, coming, today) for template in templates)
            again = _again(held[key], today) if key in held else None
            own = tuple(one for one in published if _belongs(one, coming))
            found[key] = FestivalOffer(coming, offers, again, own)
    return tuple(found.values())


def everyday_offers(today: date) -> tuple[Offer, ...]:
    """Events of any day, on the next Saturday."""
    day = today + timedelta(days=(SATURDAY - today.weekday() - 1) % 7 + 1)
    return tuple(_on(found, day) for found in templates_for(None))


def latest(by: Viewer, community_id: int, count: int, today: date) -> tuple[Again, ...]:
    """What the community held last, the latest first; what has not begun was not held."""
    begun = begun_events(by, community_id, clock.now()).events[:count]
    held = (Held(one.id, one.title, one.festival, one.starts_at) for one in begun)
    return tuple(_again(event, today) for event in held)


def next_day_of(festival: str | None, held_on: date, today: date) -> date:
    """When an event comes round: as far from its festival as last time, or on its weekday."""
    years = (held_on.year - 1, held_on.year, held_on.year + 1)
    days = [f.date for year in years for f in dates_in(year) if f.festival.key == festival]
    if festival and days:
        distance = held_on - min(days, key=lambda day: abs(day - held_on))
        return next_day(festival, max(today, held_on) - distance).date + distance
    weeks = max((today - held_on).days // 7 + 1, 1)
    return held_on + timedelta(weeks=weeks)


def _belongs(event: Held, coming: FestivalDay) -> bool:
    held_on = clock.local(event.starts_at).date()
    return event.festival == coming.festival.key and abs(held_on - coming.date) <= AROUND


def _again(event: Held, today: date) -> Again:
    return Again(event, next_day_of(event.festival, clock.local(event.starts_at).date(), today))


def _for_festival(template: EventTemplate, coming: FestivalDay, today: date) -> Offer:
    """On its own day, or today where preparing should have begun before."""
    planned = coming.date + timedelta(days=template.day_offset)
    return _on(template, max(planned, today))


def _on(template: EventTemplate, day: date) -> Offer:
    return Offer(template.key, template.title, template.title_en, day, template.mark)
