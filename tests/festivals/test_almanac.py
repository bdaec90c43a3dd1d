"""What a page asks about a day: its lunar date, its festival, and what comes next."""

import subprocess
import sys
import timeit
from datetime import date, timedelta

import pytest

from volboard.festivals import queries
from volboard.festivals.catalog import FESTIVALS, FestivalDay


def names(days: tuple[FestivalDay, ...]) -> list[str]:
    return [found.festival.key for found in days]


def test_the_almanac_knows_the_lunar_day_the_festival_and_the_solar_term() -> None:
    page = queries.almanac(date(2028, 4, 4))
    assert (page.lunar, page.term) == ("三月初十", "清明")
    assert page.festival is not None
    assert page.festival.festival.name == "清明节"


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2027, 1, 5), "小寒"),
        (date(2027, 2, 4), "立春"),
        (date(2027, 6, 21), "夏至"),
        (date(2026, 12, 22), "冬至"),
    ],
)
def test_a_solar_term_is_named_on_its_day_only(day: date, term: str) -> None:
    assert queries.almanac(day).term == term
    assert queries.almanac(day + timedelta(days=1)).term is None


def test_an_ordinary_day_has_a_lunar_date_and_nothing_else() -> None:
    assert queries.almanac(date(2026, 11, 24)) == queries.Almanac("十月十六", None, None)


def test_where_two_festivals_meet_the_old_one_is_shown_and_the_list_has_both() -> None:
    meeting = date(2033, 6, 1)
    shown = queries.almanac(meeting).festival
    assert shown is not None
    assert shown.festival.key == "duanwu"
    both = [found for found in queries.year(2033) if found.date == meeting]
    assert {"children", "duanwu"} == set(names(tuple(both)))


@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2101, 1, 1), date(9999, 12, 31)])
def test_a_mistyped_year_gives_no_lunar_date_and_takes_no_page_down(day: date) -> None:
    assert queries.lunar_text(day) == ""
    assert queries.almanac(day) == queries.Almanac("", None, None)


@pytest.mark.parametrize(
    ("key", "after", "expected"),
    [
        ("duanwu", date(2026, 1, 1), date(2026, 6, 19)),
        ("duanwu", date(2026, 6, 18), date(2026, 6, 19)),
        ("duanwu", date(2026, 6, 19), date(2027, 6, 9)),
        ("chunjie", date(2026, 12, 31), date(2027, 2, 6)),
        ("laba", date(2022, 12, 30), date(2024, 1, 18)),
        ("volunteers", date(2026, 12, 5), date(2027, 12, 5)),
        ("leifeng", date(1980, 1, 1), date(1990, 3, 5)),
    ],
)
def test_the_next_festival_is_the_first_one_later_than_the_day(
    key: str, after: date, expected: date
) -> None:
    assert queries.next_day(key, after).date == expected


def test_after_the_end_of_the_calendar_there_is_no_next_festival() -> None:
    with pytest.raises(ValueError, match="no volunteers is known after 2100-12-05"):
        queries.next_day("volunteers", date(2100, 12, 5))


def test_the_coming_festivals_go_on_into_the_next_year() -> None:
    coming = queries.upcoming(date(2026, 12, 4), 4)
    assert names(coming) == ["volunteers", "laba", "xiaonian", "chuxi"]
    assert coming[1].date == date(2027, 1, 15)


def test_at_the_end_of_the_calendar_fewer_festivals_come() -> None:
    assert names(queries.upcoming(date(2100, 11, 30), 9)) == ["volunteers"]


def test_an_unknown_festival_is_a_key_error() -> None:
    assert queries.find("duanwu").name == "端午节"
    with pytest.raises(KeyError):
        queries.find("halloween")
    with pytest.raises(KeyError):
        queries.next_day("halloween", date(2026, 1, 1))


def test_every_festival_has_its_own_key_and_mark_and_a_short_custom() -> None:
    assert len(queries.BY_KEY) == len({festival.mark for festival in FESTIVALS}) == 22
    for festival in FESTIVALS:
        assert len(str(festival.short)) <= 4, festival.key
        assert 12 <= len(str(festival.custom)) <= 40, festival.key


def test_a_lunar_date_costs_less_than_two_microseconds_once_its_year_is_known() -> None:
    day = date(2026, 6, 19)
    best = min(timeit.repeat(lambda: queries.lunar_text(day), number=10_000, repeat=5)) / 10_000
    assert best < 2e-6


def test_the_lunar_library_is_not_loaded_before_it_is_asked() -> None:
    code = "import sys, volboard.festivals.queries; sys.exit('lunar_python' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
