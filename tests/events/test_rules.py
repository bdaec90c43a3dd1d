"""What an event and a shift may be, and how days and times may be typed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from volboard.events import rules, typed
from volboard.events.facts import ShiftFact
from volboard.events.rules import Hindrance, Mistake

NOON = datetime(2027, 6, 9, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "ends", "hindrance"),
    [("draft", [NOON + HOUR], None), ("draft", [NOON - HOUR, NOON + HOUR], None),
     ("draft", [], Hindrance.NO_SHIFT), ("draft", [NOON], Hindrance.OVER),
     ("cancelled", [NOON + HOUR], Hindrance.CANCELLED)],
)  # fmt: skip
def test_an_event_is_published_with_a_shift_that_lies_ahead(
    state: str, ends: list[datetime], hindrance: Hindrance | None
) -> None:
    assert rules.can_publish(state, ends, NOON, "社区活动室") is hindrance


@pytest.mark.parametrize(
    ("length", "mistake"),
    [(HOUR, None), (16 * HOUR, None), (16 * HOUR + timedelta(minutes=1), Mistake.TOO_LONG),
     (0 * HOUR, Mistake.EMPTY_WINDOW), (-HOUR, Mistake.EMPTY_WINDOW)],
)  # fmt: skip
def test_a_shift_takes_up_to_sixteen_hours(length: timedelta, mistake: Mistake | None) -> None:
    assert rules.window_mistake(NOON, NOON + length) is mistake


@pytest.mark.parametrize(
    ("opens_at", "mistake"),
    [(None, None), (NOON - HOUR, None), (NOON, Mistake.OPENS_TOO_LATE)],
)
def test_signing_up_begins_before_the_shift(
    opens_at: datetime | None, mistake: Mistake | None
) -> None:
    assert rules.opening_mistake(opens_at, NOON) is mistake


@pytest.mark.parametrize(
    ("numbers", "mistake"),
    [((1, 0, 0), None), ((5000, 5000, 43200), None), ((0, 0, 0), Mistake.CAPACITY),
     ((5001, 0, 0), Mistake.CAPACITY), ((5, 6, 0), Mistake.MINIMUM), ((5, -1, 0), Mistake.MINIMUM),
     ((5, 0, -1), Mistake.CANCEL_NOTICE), ((5, 0, 43201), Mistake.CANCEL_NOTICE)],
)  # fmt: skip
def test_numbers_keep_their_bounds(numbers: tuple[int, int, int], mistake: Mistake | None) -> None:
    assert rules.number_mistake(*numbers) is mistake


@pytest.mark.parametrize(
    ("start", "end", "later"),
    [(time(21), time(0, 30), 1), (time(9), time(11), 0), (time(9), time(9), 0),
     (time(0), time(23), 0)],
)  # fmt: skip
def test_an_end_before_the_start_means_the_next_day(start: time, end: time, later: int) -> None:
    day = date(2026, 12, 31)
    assert rules.end_day(day, start, end) == day + timedelta(days=later)


@pytest.mark.parametrize(
    ("waiting", "seated", "left"), [(0, 3, 7), (0, 10, 0), (1, 3, 0), (0, 0, 10)]
)
def test_no_place_is_left_while_anybody_waits(waiting: int, seated: int, left: int) -> None:
    shift = ShiftFact(
        1, 1, "包", "service", "", NOON, NOON + timedelta(minutes=90, seconds=59), 10, 0, None, 120,
        seated, waiting, None, None,
    )  # fmt: skip
    assert (shift.places_left, shift.planned_minutes) == (left, 90)


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2027-06-09", date(2027, 6, 9)), ("2027/6/9", date(2027, 6, 9)),
     ("2027.6.9", date(2027, 6, 9)), ("2027年6月9日", date(2027, 6, 9)),
     (" 2027 年 6 月 9 号 ", date(2027, 6, 9)), ("20270609", date(2027, 6, 9)),
     ("6月9日", date(2027, 6, 9)), ("11-23", date(2026, 11, 23)), ("12/1", date(2026, 12, 1)),
     ("２０２７－０６－０９", date(2027, 6, 9)), ("2027-02-29", None), ("2月30日", None),
     ("0000-01-01", None), ("明天", None), ("", None), ("2027-06-09T08:00", None)],
)  # fmt: skip
def test_a_day_is_read_as_people_type_it(text: str, day: date | None) -> None:
    assert typed.read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), (" １２ ", 12), ("-1", -1), ("", None), ("1e9", None), ("1.5", None),
     ("1" * 30, None), ("十", None)],
)  # fmt: skip
def test_a_number_is_read_as_people_type_it(text: str, number: int | None) -> None:
    assert typed.read_number(text) == number
