"""The only place that asks lunar-python, and only when a lunar date is wanted."""

from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from volboard.festivals.rules import Calendar, LunarDay

FIRST_YEAR = 1990
LAST_YEAR = 2100

# lunar-python gives the terms of a year from the winter before to the spring after, unnamed.
NAMES = (
    "大雪", "冬至", "小寒", "大寒", "立春", "雨水", "惊蛰", "春分",
    "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑",
    "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪",
)  # fmt: skip
TERMS = NAMES + NAMES[:7]


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 1)
def calendar(year: int) -> Calendar:
    """The lunar days and the solar terms of a solar year.

    The first call for a year takes some milliseconds, the others a dictionary lookup.
    Raises ValueError outside 1990 to 2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the lunar calendar has {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    days = lunar_days(year)
    return Calendar(
        year,
        MappingProxyType({day: lunar for day, lunar in days.items() if day.year == year}),
        MappingProxyType(solar_terms(year)),
    )


def lunar_days(lunar_year: int) -> dict[date, LunarDay]:
    """The days from 冬月 before the lunar year to its last, more than the solar year, in order."""
    return {
        first_day(month) + timedelta(days=n): LunarDay(abs(month.getMonth()), n + 1, month.isLeap())
        for month in library_year(lunar_year).getMonths()
        for n in range(month.getDayCount())
    }


def solar_terms(year: int) -> dict[date, str]:
    instants = library_year(year).getJieQiJulianDays()
    named = ((as_date(instant), name) for instant, name in zip(instants, TERMS, strict=True))
    return {day: name for day, name in named if day.year == year}


def first_day(month: Any) -> date:
    return as_date(month.getFirstJulianDay())


def as_date(julian_day: float) -> date:
    from lunar_python import Solar

    solar = Solar.fromJulianDay(julian_day)
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def library_year(lunar_year: int) -> Any:
    # Imported here: a process that shows no lunar date shall not pay for the library.
    from lunar_python import LunarYear

    return LunarYear.fromYear(lunar_year)
