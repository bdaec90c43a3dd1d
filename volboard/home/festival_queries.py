"""Which events belong to which day of a festival."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Event
from volboard.events.rules import EventState
from volboard.festivals.catalog import FestivalDay

ANNOUNCED = (EventState.PUBLISHED, EventState.CANCELLED)
AROUND = timedelta(days=45)
"""An event may be held this long before or after its festival."""
MOST_EVENTS = 400


@dataclass(frozen=True)
class FestivalEvent:
    """An event as a line below its festival."""

    id: int
    festival: str
    title: str
    community: str
    starts_at: datetime
    is_cancelled: bool


def events_of(days: tuple[FestivalDay, ...]) -> Mapping[FestivalDay, tuple[FestivalEvent, ...]]:
    """The announced events of these days, each with the nearest day of its festival."""
    if not days:
        return {}
    e = Event
    rows = db.session.execute(
        select(e.id, e.festival, e.title, Community.name.label("community"),
               e.starts_at, e.state)
        .join(Community, Community.id == e.community_id)
        .where(e.state.in_(ANNOUNCED), e.festival.is_not(None))
        .where(e.starts_at >= clock.instant(days[0].date - AROUND, time()))
        .where(e.starts_at < clock.instant(days[-1].date + AROUND, time()))
        .order_by(e.starts_at, e.id)
        .limit(MOST_EVENTS)
    )  # fmt: skip
    found: dict[FestivalDay, list[FestivalEvent]] = {}
    for row in rows:
        event = FestivalEvent(row.id, row.festival or "", row.title, row.community, row.starts_at,
                              row.state == EventState.CANCELLED)  # fmt: skip
        day = nearest(days, event)
        if day is not None:
            found.setdefault(day, []).append(event)
    return {day: tuple(events) for day, events in found.items()}


def nearest(days: tuple[FestivalDay, ...], event: FestivalEvent) -> FestivalDay | None:
    """The day of the event's festival that lies next to it, within `AROUND`."""
    held = clock.local(event.starts_at).date()
    near = [day for day in days if day.festival.key == event.festival
            and abs(day.date - held) <= AROUND]  # fmt: skip
    return min(near, key=lambda day: distance(day.date, held), default=None)


def distance(one: date, other: date) -> timedelta:
    return abs(one - other)
