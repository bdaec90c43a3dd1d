"""The rule of the ledger: real presence, cut to the shift, whole minutes, rounded down."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.town import NOON
from volboard.hours.rules import FORGOTTEN, needs_second_person, presence
from volboard.hours.star_rules import climb

END = NOON + timedelta(hours=2)
LADDER = (100, 300, 600, 1000, 1500)


def moment(minutes: float | None) -> datetime | None:
    return None if minutes is None else NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("came", "left", "closed", "minutes", "rule"),
    [
        pytest.param(-3, 120, 130, 120, "", id="came early: counts from the start"),
        pytest.param(10, 120, 130, 110, "", id="came late: counts from the check-in"),
        pytest.param(0, 65, 130, 65, "", id="left early: counts to the check-out"),
        pytest.param(0, 125, 130, 120, "", id="stayed on: counts to the planned end"),
        pytest.param(0, None, 130, 120, FORGOTTEN, id="forgot: counts to the planned end"),
        pytest.param(0, None, 90, 90, FORGOTTEN, id="forgot, closed early: counts to the closing"),
        pytest.param(30, 60, 50, 30, "", id="signed out: the closing does not matter"),
        pytest.param(0, 59.99, 130, 59, "", id="seconds are rounded down"),
        pytest.param(0.5, 60, 130, 59, "", id="half a minute late costs that minute"),
        pytest.param(0, 0.99, 130, 0, "", id="less than a minute is nothing"),
        pytest.param(-60, -10, 130, 0, "", id="left before the start: nothing"),
        pytest.param(-60, 0, 130, 0, "", id="left at the start: nothing"),
        pytest.param(119.5, None, 130, 0, FORGOTTEN, id="came at the very end: nothing"),
    ],
)
def test_minutes_are_those_within_the_shift(
    came: float, left: float | None, closed: float, minutes: int, rule: str
) -> None:
    found = presence(moment(came) or NOON, moment(left), NOON, END, moment(closed) or END)
    assert (found.minutes, found.rule) == (minutes, rule)


def test_a_shift_over_midnight_is_one_stretch() -> None:
    start = datetime.fromisoformat("2027-06-09T22:30:00+08:00")
    end = datetime.fromisoformat("2027-06-10T01:30:00+08:00")
    left = datetime.fromisoformat("2027-06-10T00:45:30+08:00")
    assert presence(start, left, start, end, end).minutes == 135


SECONDS = st.integers(-3 * 3600, 5 * 3600)


@given(came=SECONDS, stay=st.none() | st.integers(0, 6 * 3600), closing=st.integers(0, 6 * 3600))
def test_credited_never_exceeds_the_real_presence_nor_the_shift(
    came: int, stay: int | None, closing: int
) -> None:
    arrived = NOON + timedelta(seconds=came)
    left = None if stay is None else arrived + timedelta(seconds=stay)
    closed = max(NOON, arrived) + timedelta(seconds=closing)
    found = presence(arrived, left, NOON, END, closed)
    really = ((left or closed) - arrived).total_seconds()
    assert 0 <= found.minutes * 60 <= max(0, min(really, 7200))
    if found.minutes:
        assert NOON <= found.start <= found.end <= END
    assert (found.rule == FORGOTTEN) == (left is None)


@pytest.mark.parametrize(
    ("hours", "stars", "reached", "needed"),
    [(0, 0, 0, 100), (99, 0, 99, 100), (100, 1, 0, 200), (299, 1, 199, 200), (300, 2, 0, 300),
     (600, 3, 0, 400), (1000, 4, 0, 500), (1500, 5, 0, 0), (9000, 5, 0, 0)],
)  # fmt: skip
def test_a_total_stands_on_the_ladder(hours: int, stars: int, reached: int, needed: int) -> None:
    found = climb(hours * 60, LADDER)
    assert (found.stars, found.reached, found.needed) == (stars, reached * 60, needed * 60)
    assert 0 <= found.percent <= 100


@given(st.integers(-100, 2000 * 60))
def test_the_ring_is_never_fuller_than_full(minutes: int) -> None:
    found = climb(minutes, LADDER)
    assert 0 <= found.percent <= 100
    assert found.stars == sum(minutes >= hours * 60 for hours in LADDER)


def test_only_more_minutes_need_a_second_person() -> None:
    assert [needs_second_person(60, after) for after in (59, 60, 61)] == [False, False, True]
