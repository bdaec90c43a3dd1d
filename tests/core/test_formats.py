"""How times, minutes, names and numbers are written, in both languages."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from babel.dates import format_date
from flask import Flask

from volboard.core import clock, formats

FRIDAY = datetime.fromisoformat("2026-06-19T08:30:00+08:00")


@pytest.fixture(autouse=True)
def this_year() -> Iterator[None]:
    """It is the year of the dates below, so that they need not name it."""
    with clock.standing_at(FRIDAY):
        yield


@pytest.fixture
def page(app: Flask) -> Iterator[None]:
    """Inside a request for a page in Chinese."""
    with app.test_request_context(headers={"Cookie": "language=zh"}):
        yield


@pytest.mark.usefixtures("page")
class TestInChinese:
    def test_a_day_says_its_weekday(self) -> None:
        assert formats.day(FRIDAY) == "6 月 19 日 星期五"
        assert formats.moment(FRIDAY) == "6 月 19 日 08:30"

    def test_an_instant_late_in_the_utc_day_is_the_next_day_in_beijing(self) -> None:
        late = datetime.fromisoformat("2026-06-18T23:30:00+00:00")
        assert formats.moment(late) == "6 月 19 日 07:30"

    @pytest.mark.parametrize(
        ("hours", "written"),
        [(2, "08:30–10:30"), (18, "08:30–次日 02:30"), (48, "08:30–6 月 21 日 08:30")],
    )
    def test_a_span_says_on_which_day_it_ends(self, hours: int, written: str) -> None:
        assert formats.span(FRIDAY, FRIDAY + timedelta(hours=hours)) == written

    @pytest.mark.parametrize(
        ("minutes", "written"),
        [(0, "0 分"), (59, "59 分"), (60, "1 小时"), (750, "12 小时 30 分"), (-65, "−1 小时 5 分")],
    )
    def test_minutes_are_hours_and_minutes(self, minutes: int, written: str) -> None:
        assert formats.duration(minutes) == written


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_every_day_is_written_as_the_unicode_locales_have_it(app: Flask, tongue: str) -> None:
    known = {
        formats.day: {"zh": "M 月 d 日 EEEE", "en": "EEEE d MMMM"},
        formats.short_day: {"zh": "M 月 d 日", "en": "d MMM"},
        formats.weekday: {"zh": "EEEE", "en": "EEE"},
        formats.month: {"zh": "yyyy 年 M 月", "en": "MMMM yyyy"},
        formats.leaf_month: {"zh": "M月", "en": "MMM"},
    }
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    with app.test_request_context(headers={"Cookie": f"language={tongue}"}):
        for write, patterns in known.items():
            pattern = patterns[tongue]
            expected = [format_date(day, pattern, locale=tongue) for day in days]
            assert [write(day) for day in days] == expected


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小芳", "王*芳"),
        ("王芳", "王*"),
        ("王", "王"),
        ("阿卜杜热合曼·买买提", "阿*提"),
        ("", ""),
    ],
)
def test_a_name_is_masked(name: str, masked: str) -> None:
    assert formats.masked_name(name) == masked


def test_a_phone_is_masked() -> None:
    assert formats.masked_phone("+8613812345678") == "138****5678"


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-12-31T15:59:00Z", ("6 月 19 日 星期五", "6 月 19 日", "6 月 19 日 08:30")),
        ("2026-12-31T16:00:00Z",
         ("2026 年 6 月 19 日 星期五", "2026 年 6 月 19 日", "2026 年 6 月 19 日 08:30")),
        ("2025-06-19T00:00:00Z",
         ("2026 年 6 月 19 日 星期五", "2026 年 6 月 19 日", "2026 年 6 月 19 日 08:30")),
    ],
)  # fmt: skip
def test_a_date_says_its_year_where_that_is_not_the_year_in_beijing(
    app: Flask, now: str, says: tuple[str, ...]
) -> None:
    instant = datetime.fromisoformat("2026-06-19T00:30:00Z")
    zh = {"Cookie": "language=zh"}
    with app.test_request_context(headers=zh), clock.standing_at(datetime.fromisoformat(now)):
        assert (formats.day(FRIDAY), formats.short_day(FRIDAY), formats.moment(instant)) == says


def test_an_end_in_another_year_says_so_beside_its_beginning(app: Flask) -> None:
    begins = datetime.fromisoformat("2026-12-30T13:00:00Z")
    with app.test_request_context(headers={"Cookie": "language=zh"}):
        assert formats.span(begins, begins + timedelta(days=2)) == "21:00–2027 年 1 月 1 日 21:00"
        assert formats.span(begins, begins + timedelta(hours=6)) == "21:00–次日 03:00"
        earlier = begins - timedelta(days=7)
        assert formats.span(earlier, earlier + timedelta(days=2)) == "21:00–12 月 25 日 21:00"


def test_dates_are_english_in_english(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en-GB,en;q=0.9"}):
        assert formats.day(FRIDAY) == "Friday 19 June"
        assert formats.month(FRIDAY) == "June 2026"


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("6 月 19 日 星期五", "6_月_19_日 星期五"),
        ("2027 年 6 月 9 日 08:30", "2027_年_6_月_9_日 08:30"),
        ("9 小时 37 分", "9_小时 37_分"),
        ("Friday 19 June 08:30", "Friday 19_June 08:30"),
        ("楼 3 · 4", "楼 3 · 4"),
    ],
)
def test_a_number_stays_on_the_line_of_what_it_counts(words: str, whole: str) -> None:
    assert formats.unbroken(words) == whole.replace("_", formats.HARD_SPACE)
