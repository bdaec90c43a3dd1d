"""Rules that say on which days of a year a festival falls. Values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

MONTHS = "正二三四五六七八九十冬腊"
DIGITS = "一二三四五六七八九十"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar; `leap` marks the second of two months of one number."""

    month: int
    day: int
    leap: bool = False

    @property
    def text(self) -> str:
        """The day as people say it: 五月初五, 闰六月廿一, 腊月三十."""
        return ("闰" if self.leap else "") + MONTHS[self.month - 1] + "月" + day_text(self.day)


@dataclass(frozen=True, slots=True)
class Calendar:
    """One solar year seen in the lunar calendar: every day's lunar day, and the 24 solar terms."""

    year: int
    lunar: Mapping[date, LunarDay]
    terms: Mapping[date, str]


class Rule(Protocol):
    """Something that finds a festival in a year; a lunar one is there never, once or twice."""

    def dates_in(self, calendar: Calendar) -> tuple[date, ...]: ...


@dataclass(frozen=True, slots=True)
class Solar:
    """The same date each year."""

    month: int
    day: int

    def dates_in(self, calendar: Calendar) -> tuple[date, ...]:
        return (date(calendar.year, self.month, self.day),)


@dataclass(frozen=True, slots=True)
class Lunar:
    """A day of a lunar month. A leap month repeats the number but not the festival."""

    month: int
    day: int

    def dates_in(self, calendar: Calendar) -> tuple[date, ...]:
        wanted = LunarDay(self.month, self.day)
        return tuple(day for day, lunar in calendar.lunar.items() if lunar == wanted)


@dataclass(frozen=True, slots=True)
class LunarNewYearEve:
    """The day before 正月初一, because 腊月 has 29 days in some years and 30 in others."""

    def dates_in(self, calendar: Calendar) -> tuple[date, ...]:
        return tuple(day - ONE_DAY for day in Lunar(1, 1).dates_in(calendar))


@dataclass(frozen=True, slots=True)
class SolarTerm:
    """The day, in Beijing time, on which the sun reaches a solar term such as 清明."""

    name: str

    def dates_in(self, calendar: Calendar) -> tuple[date, ...]:
        return tuple(day for day, term in calendar.terms.items() if term == self.name)


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The n-th such weekday of a month; weekday 0 is Monday and 6 is Sunday."""

    month: int
    weekday: int
    n: int

    def dates_in(self, calendar: Calendar) -> tuple[date, ...]:
        first = date(calendar.year, self.month, 1)
        days = (self.weekday - first.weekday()) % 7 + 7 * (self.n - 1)
        return (first + timedelta(days=days),)


def day_text(day: int) -> str:
    """A day of a lunar month, 1 to 30, in words: 初一, 初十, 十五, 二十, 廿三, 三十."""
    tens, ones = divmod(day - 1, 10)
    if ones == 9:
        return ("初十", "二十", "三十")[tens]
    return "初十廿"[tens] + DIGITS[ones]
