"""On which days an event comes again by the sun's calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from volboard.events.rules import LAST_DAY

MOST_DAYS = 53
"""How many events are made at once: a year of weeks."""
USUAL_DAYS = 12
FIFTH = 5


class Repeat(StrEnum):
    """When a series comes again."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    """On the same weekday of the month: the second Saturday; the fifth is the last."""
    LUNAR = "lunar"
    """Each year on the same lunar day."""


def weekly(day: date) -> Iterator[date]:
    """The same weekday of the weeks that follow."""
    while (LAST_DAY - day).days >= 7:
        day += timedelta(weeks=1)
        yield day


def monthly(day: date) -> Iterator[date]:
    """The same weekday of the months that follow, counted from the month's first one."""
    nth, year, month = nth_of_month(day), day.year, day.month
    while (year, month) < (LAST_DAY.year, LAST_DAY.month):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        yield nth_weekday(year, month, day.weekday(), nth)


def nth_of_month(day: date) -> int:
    """Which one of its weekday in its month a day is, 1 to 5."""
    return (day.day - 1) // 7 + 1


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The n-th such weekday of a month; the fifth is the last one, where there are four too."""
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else found - timedelta(weeks=1)
