"""我们的节日: the year as a picture, and as a list with the events of each day."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core import clock
from volboard.core.access import Access
from volboard.core.errors import NotFound
from volboard.core.web import page
from volboard.festivals import queries
from volboard.festivals.catalog import FestivalDay
from volboard.festivals.yearwheel import YearWheel, year_wheel
from volboard.home import front
from volboard.home.blueprint import bp
from volboard.home.board_changes import midnight_after
from volboard.home.festival_queries import FestivalEvent, events_of
from volboard.home.rules import FIRST_YEAR, LAST_YEAR, year_from

ONE_DAY = timedelta(days=1)
NEXT_ONES = 8
"""Late in a year its page also lists the first festivals of the next."""


@dataclass(frozen=True)
class FestivalRow:
    """A festival in the list."""

    day: FestivalDay
    events: tuple[FestivalEvent, ...]
    is_past: bool


@dataclass(frozen=True)
class YearView:
    """What the page of the festivals shows."""

    year: int
    wheel: YearWheel
    rows: tuple[FestivalRow, ...]
    next: FestivalDay | None
    today: date

    @property
    def days_to_next(self) -> int:
        return (self.next.date - self.today).days if self.next else 0

    @property
    def coming(self) -> tuple[FestivalRow, ...]:
        return tuple(row for row in self.rows if not row.is_past)

    @property
    def past(self) -> tuple[FestivalRow, ...]:
        return tuple(row for row in self.rows if row.is_past)

    @property
    def before(self) -> int | None:
        return self.year - 1 if self.year > FIRST_YEAR else None

    @property
    def after(self) -> int | None:
        return self.year + 1 if self.year < LAST_YEAR else None


@bp.get("/festivals", access=Access.PUBLIC)
def show_festivals() -> ResponseReturnValue:
    """The festivals of a year, this one unless `year` asks for another."""
    today = clock.today()
    year = year_from(request.args.get("year"), today.year)
    if year is None:
        raise NotFound(
            _("历书从 %(first)s 年到 %(last)s 年，请换一年看。", first=FIRST_YEAR, last=LAST_YEAR)
        )
    response = page("festivals/index.html", festivals=_view(year, today))
    front.keep_until(response, lambda: midnight_after(clock.now()))
    return response


def _view(year: int, today: date) -> YearView:
    days = queries.year(year)
    coming = queries.upcoming(today - ONE_DAY, NEXT_ONES) if year == today.year else ()
    listed = tuple(sorted({*days, *coming}, key=lambda day: day.date))
    events = events_of(listed)
    rows = tuple(_row(day, events.get(day, ()), today) for day in listed)
    return YearView(year, year_wheel(year, days, today), rows, coming[0] if coming else None, today)


def _row(day: FestivalDay, events: tuple[FestivalEvent, ...], today: date) -> FestivalRow:
    return FestivalRow(day, events, day.date < today)
