"""What pages ask about days: festivals of a year, the next ones, and the lunar date of a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from volboard.festivals import lunar
from volboard.festivals.catalog import FESTIVALS, Festival, FestivalDay, dates_in

BY_KEY: Mapping[str, Festival] = {festival.key: festival for festival in FESTIVALS}


@dataclass(frozen=True, slots=True)
class Almanac:
    """What the tear-off calendar says of a day; `lunar` is empty outside 1990 to 2100.

    Where two festivals meet (中秋 on 国庆 in 2031), `festival` is the old one.
    """

    lunar: str
    festival: FestivalDay | None
    term: str | None


NOTHING_KNOWN = Almanac("", None, None)


def find(key: str) -> Festival:
    """The festival of this key; raises KeyError."""
    return BY_KEY[key]


def year(year: int) -> tuple[FestivalDay, ...]:
    """Every festival day of a solar year by date; raises ValueError outside 1990 to 2100."""
    return dates_in(year)


def next_day(key: str, after: date) -> FestivalDay:
    """The first such festival later than `after` (never on it).

    Raises KeyError for an unknown key, ValueError if there is none up to 2100.
    """
    festival = find(key)
    for found in _later_than(after):
        if found.festival is festival:
            return found
    raise ValueError(f"no {key} is known after {after} (the calendar ends with {lunar.LAST_YEAR})")


def upcoming(after: date, count: int) -> tuple[FestivalDay, ...]:
    """The next `count` festival days later than `after`, fewer at the end of 2100.

    To have today's festival in the answer, ask with yesterday.
    """
    return tuple(islice(_later_than(after), count))


def lunar_text(day: date) -> str:
    """The lunar date as people say it: 五月初五, 闰六月廿一.

    Empty outside 1990 to 2100: it stands beside a solar date, and one mistyped year
    must not take a page down.
    """
    return almanac(day).lunar


def almanac(day: date) -> Almanac:
    """The lunar date of a day, its festival and its solar term; all empty outside 1990 to 2100."""
    return _pages(day.year).get(day, NOTHING_KNOWN)


@lru_cache(maxsize=lunar.LAST_YEAR - lunar.FIRST_YEAR + 3)
def _pages(year: int) -> Mapping[date, Almanac]:
    if not lunar.FIRST_YEAR <= year <= lunar.LAST_YEAR:
        return {}
    calendar = lunar.calendar(year)
    old_ones_last = sorted(dates_in(year), key=lambda found: found.festival.old)
    festivals = {found.date: found for found in old_ones_last}
    return {
        day: Almanac(lunar_day.text, festivals.get(day), calendar.terms.get(day))
        for day, lunar_day in calendar.lunar.items()
    }


def _later_than(after: date) -> Iterator[FestivalDay]:
    for year in range(max(after.year, lunar.FIRST_YEAR), lunar.LAST_YEAR + 1):
        yield from (found for found in dates_in(year) if found.date > after)
