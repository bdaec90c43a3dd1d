"""The festivals fall on the days on which people celebrate them."""

import csv
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from volboard.festivals import lunar, queries
from volboard.festivals.catalog import FESTIVALS, dates_in

TABLE = Path(__file__).parent / "data" / "dates.csv"


def table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keys_on(day: date) -> set[str]:
    return {found.festival.key for found in queries.year(day.year) if found.date == day}


def count(key: str, year: int) -> int:
    return Counter(found.festival.key for found in dates_in(year))[key]


@pytest.mark.parametrize("year", range(2024, 2041))
def test_every_festival_of_the_year_is_on_the_day_that_astronomy_gives(year: int) -> None:
    expected = {(row["date"], row["festival"], row["lunar"]) for row in table()}
    ours = {(str(day.date), day.festival.key, day.lunar_text) for day in dates_in(year)}
    assert len(ours) == len(FESTIVALS) == 22
    assert ours == {row for row in expected if row[0].startswith(str(year))}


@pytest.mark.parametrize("year", [1990, 2001, 2031, 2033, 2100])
def test_the_days_of_a_year_come_in_their_order(year: int) -> None:
    days = [found.date for found in dates_in(year)]
    assert days == sorted(days)
    assert {day.year for day in days} == {year}


@pytest.mark.parametrize(
    ("year", "times"), [(2021, 1), (2022, 2), (2023, 0), (2041, 2), (2042, 0), (2043, 1)]
)
def test_a_solar_year_can_hold_laba_twice_or_not_at_all(year: int, times: int) -> None:
    assert count("laba", year) == times


@pytest.mark.parametrize("year", range(1990, 2101))
def test_new_years_eve_is_the_day_before_new_year_however_long_the_month(year: int) -> None:
    eve, new_year = (
        next(found.date for found in dates_in(year) if found.festival.key == key)
        for key in ("chuxi", "chunjie")
    )
    assert new_year - eve == timedelta(days=1)
    assert queries.lunar_text(eve) in {"腊月廿九", "腊月三十"}
    assert date(year, 1, 20) < new_year < date(year, 2, 22)


def test_both_lengths_of_the_last_month_occur() -> None:
    assert queries.lunar_text(date(2024, 2, 9)) == "腊月三十"
    assert queries.lunar_text(date(2025, 1, 28)) == "腊月廿九"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2025, 7, 25), "闰六月初一"),
        (date(2020, 5, 27), "闰四月初五"),
        (date(2023, 3, 22), "闰二月初一"),
        (date(2033, 12, 22), "闰冬月初一"),
        (date(2034, 1, 20), "腊月初一"),
        (date(2026, 6, 19), "五月初五"),
        (date(2026, 11, 18), "十月初十"),
        (date(2026, 3, 8), "正月二十"),
    ],
)
def test_the_lunar_date_is_written_as_people_say_it(day: date, text: str) -> None:
    assert queries.lunar_text(day) == text


@pytest.mark.parametrize(
    ("key", "real", "leap"),
    [
        ("duanwu", date(2028, 5, 28), date(2028, 6, 27)),
        ("qixi", date(2006, 7, 31), date(2006, 8, 30)),
        ("zhongqiu", date(1995, 9, 9), date(1995, 10, 9)),
    ],
)
def test_a_leap_month_does_not_repeat_its_festival(key: str, real: date, leap: date) -> None:
    assert queries.lunar_text(leap) == "闰" + queries.lunar_text(real)
    assert key in keys_on(real)
    assert key not in keys_on(leap)
    assert count(key, real.year) == 1


@pytest.mark.parametrize("year", range(1990, 2101))
def test_every_day_has_a_lunar_day_that_follows_the_one_before(year: int) -> None:
    calendar = lunar.calendar(year)
    assert len(calendar.lunar) == (date(year, 12, 31) - date(year, 1, 1)).days + 1
    assert len(calendar.terms) == 24
    for before, after in pairwise(calendar.lunar.values()):
        new_moon = before.day in {29, 30} and after.day == 1
        assert new_moon or (after.month, after.day) == (before.month, before.day + 1)


@pytest.mark.parametrize("year", [1989, 2101, 0, 9999])
def test_a_year_outside_the_calendar_is_refused_with_a_sentence(year: int) -> None:
    with pytest.raises(ValueError, match=f"1990 to 2100, not {year}"):
        queries.year(year)
