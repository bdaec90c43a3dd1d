"""On which days something comes round by the moon."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from volboard.festivals import lunar
from volboard.festivals.rules import ONE_DAY, LunarDay

SHORT_MONTH, LONG_MONTH = 29, 30
LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class LunarAgain:
    """The day of a later year; `missing` names the lunar day that the year lacks (腊月三十),
    for which the last of that month stands in."""

    date: date
    missing: str = ""


def lunar_again(day: date) -> Iterator[LunarAgain]:
    """The same day of the same lunar month in later years, as far as the calendar goes (2100).

    A day of a leap month comes back in the ordinary month of that number. The thirtieth falls
    on the twenty-ninth where the month is short, and the last day of 腊月 stays the last: it
    is 除夕. Raises ValueError before 1990 and after 2100.
    """
    wanted = lunar.calendar(day.year).lunar[day]
    at_the_end = wanted.day == LONG_MONTH or _is_new_years_eve(day, wanted)
    sought = LunarDay(wanted.month, min(wanted.day, SHORT_MONTH))
    for year in range(day.year, lunar.LAST_YEAR + 1):
        for found, lunar_day in lunar.calendar(year).lunar.items():
            if lunar_day == sought and found > day:
                yield _last_of_month(found, wanted) if at_the_end else LunarAgain(found)


def _last_of_month(twenty_ninth: date, wanted: LunarDay) -> LunarAgain:
    if _lunar(twenty_ninth + ONE_DAY) == LunarDay(wanted.month, LONG_MONTH):
        return LunarAgain(twenty_ninth + ONE_DAY)
    missing = LunarDay(wanted.month, LONG_MONTH).text if wanted.day == LONG_MONTH else ""
    return LunarAgain(twenty_ninth, missing)


def _is_new_years_eve(day: date, wanted: LunarDay) -> bool:
    return wanted.month == LAST_MONTH and _lunar(day + ONE_DAY) == LunarDay(1, 1)


def _lunar(day: date) -> LunarDay | None:
    return lunar.calendar(day.year).lunar.get(day) if day.year <= lunar.LAST_YEAR else None
