"""The days of a series: those that are there, and those that could be made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, takewhile
from typing import Any

from sqlalchemy import select

from volboard.core import clock
from volboard.core.db import db
from volboard.events.drafts import first_day
from volboard.events.facts import EventFact
from volboard.events.models import Event, Series
from volboard.events.rules import LAST_DAY, EventState
from volboard.events.series_rules import MOST_DAYS, Repeat, monthly, weekly
from volboard.festivals.again import LunarAgain, lunar_again
from volboard.festivals.queries import almanac


@dataclass(frozen=True)
class SeriesEvent:
    """One event of a series."""

    id: int
    title: str
    state: str
    starts_at: datetime
    series_day: date

    def is_coming(self, now: datetime) -> bool:
        """Whether people have been told of it and it has not begun."""
        return self.state == EventState.PUBLISHED and self.starts_at > now


@dataclass(frozen=True)
class PlannedDay:
    """A day on which the event would come again."""

    date: date
    lunar: str
    festival: str
    """The name of a festival that falls on it; empty on other days."""
    missing: str
    """The lunar day that its year lacks, where another stands in."""
    event_id: int | None
    """The event that the series has on it already."""


def series_events(event: EventFact) -> tuple[SeriesEvent, ...]:
    """Everything that belongs to the event's series, itself too, by day; one statement, or none."""
    if event.series_id is None:
        return ()
    e = Event
    columns: tuple[Any, ...] = (e.id, e.title, e.state, e.starts_at, e.series_day)
    mine = select(*columns).where(e.series_id == event.series_id).order_by(e.series_day)
    return tuple(SeriesEvent(*row) for row in db.session.execute(mine))


def rule_of(event: EventFact) -> Repeat | None:
    """By which rule the event's series comes again; none where it belongs to none."""
    rule = db.session.scalar(select(Series.rule).where(Series.id == event.series_id))
    return Repeat(rule) if rule else None


def plan(
    event: EventFact, rule: Repeat, until: date = LAST_DAY, count: int = MOST_DAYS
) -> tuple[PlannedDay, ...]:
    """The days after the event's own that still lie ahead, up to a day and a number of them."""
    there = {one.series_day: one.id for one in series_events(event)}
    first = max(first_day(event), clock.today())
    ahead = (again for again in _again(first_day(event), rule) if again.date > first)
    within = takewhile(lambda again: again.date <= until, ahead)
    return tuple(_planned(again, there) for again in islice(within, count))


def _again(day: date, rule: Repeat) -> Iterator[LunarAgain]:
    if rule is Repeat.LUNAR:
        return (again for again in lunar_again(day) if again.date <= LAST_DAY)
    days = weekly(day) if rule is Repeat.WEEKLY else monthly(day)
    return map(LunarAgain, days)


def _planned(again: LunarAgain, there: dict[date, int]) -> PlannedDay:
    page = almanac(again.date)
    festival = str(page.festival.festival.name) if page.festival else ""
    event_id = there.get(again.date)
    return PlannedDay(again.date, page.lunar, festival, again.missing, event_id)
