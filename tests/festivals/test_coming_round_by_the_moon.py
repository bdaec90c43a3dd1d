"""The same lunar day of later years, also where a year does not have it."""

from datetime import date
from itertools import islice

import pytest

from volboard.festivals.again import lunar_again
from volboard.festivals.queries import lunar_text


@pytest.mark.parametrize(
    ("day", "then"),
    [
        (date(2027, 6, 8), [date(2028, 5, 27), date(2029, 6, 15)]),
        (date(2026, 9, 25), [date(2027, 9, 15), date(2028, 10, 3)]),
        (date(2026, 1, 26), [date(2027, 1, 15), date(2028, 1, 4), date(2029, 1, 22)]),
    ],
    ids=["五月初四", "中秋", "腊八"],
)
def test_a_lunar_day_comes_once_a_lunar_year(day: date, then: list[date]) -> None:
    assert [again.date for again in islice(lunar_again(day), len(then))] == then
    assert {lunar_text(again.date) for again in islice(lunar_again(day), 20)} == {lunar_text(day)}


def test_a_day_of_a_leap_month_comes_back_in_the_ordinary_one() -> None:
    leap = date(2025, 8, 8)
    assert lunar_text(leap) == "闰六月十五"
    assert {lunar_text(again.date) for again in islice(lunar_again(leap), 12)} == {"六月十五"}


def test_the_thirtieth_falls_on_the_last_day_of_a_short_month_which_is_said() -> None:
    thirtieth = date(2024, 2, 9)
    assert lunar_text(thirtieth) == "腊月三十"
    found = list(islice(lunar_again(thirtieth), 6))
    assert [(lunar_text(one.date), one.missing) for one in found] == [
        ("腊月廿九", "腊月三十"), ("腊月廿九", "腊月三十"), ("腊月廿九", "腊月三十"),
        ("腊月廿九", "腊月三十"), ("腊月廿九", "腊月三十"), ("腊月三十", ""),
    ]  # fmt: skip
    assert all(
        lunar_text(date.fromordinal(one.date.toordinal() + 1)) == "正月初一" for one in found
    )


def test_new_years_eve_stays_the_last_night_of_the_year() -> None:
    eve = date(2026, 2, 16)
    assert lunar_text(eve) == "腊月廿九"
    found = list(islice(lunar_again(eve), 12))
    assert all(
        lunar_text(date.fromordinal(one.date.toordinal() + 1)) == "正月初一" for one in found
    )
    assert {one.missing for one in found} == {""}
    assert {lunar_text(one.date) for one in found} == {"腊月廿九", "腊月三十"}


def test_the_calendar_has_an_end() -> None:
    assert [again.date.year for again in lunar_again(date(2098, 6, 1))] == [2099, 2100]
    with pytest.raises(ValueError):
        next(lunar_again(date(2101, 1, 1)))
    with pytest.raises(ValueError):
        next(lunar_again(date(1989, 1, 1)))
