"""The rules of what is odd, as tables."""

from datetime import date, datetime, timedelta

import pytest

from volboard.oversight.rules import (
    Rule,
    Stay,
    is_hasty,
    key_of,
    long_days,
    minutes_on,
    overlap,
    runs,
)

DAY = date(2027, 6, 9)
MIDNIGHT = datetime.fromisoformat("2027-06-09T00:00:00+08:00")


def stay(begins: float, ends: float, minutes: int | None = None) -> Stay:
    """From one hour of the day to another; all of it credited unless said."""
    came, left = MIDNIGHT + timedelta(hours=begins), MIDNIGHT + timedelta(hours=ends)
    return came, left, round((ends - begins) * 60) if minutes is None else minutes


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((8, 10), (9, 11), True),
        ((8, 10), (10, 12), False),
        ((10, 12), (8, 10), False),
        ((8, 12), (9, 10), True),
        ((8, 10), (8, 10), True),
        ((22, 26), (25, 27), True),
    ],
)
def test_lines_that_share_a_moment_overlap_and_touching_is_none(
    one: tuple[float, float], other: tuple[float, float], shared: bool
) -> None:
    assert overlap(stay(*one), stay(*other)) is overlap(stay(*other), stay(*one)) is shared


@pytest.mark.parametrize(
    ("stays", "minutes"),
    [
        ([stay(8, 10)], 120),
        ([stay(-2, 2)], 120),
        ([stay(22, 26)], 120),
        ([stay(22, 26, 120)], 60),
        ([stay(-4, 0)], 0),
        ([stay(24, 26)], 0),
        ([stay(8, 10), stay(12, 13, 50)], 170),
    ],
)
def test_a_line_over_midnight_counts_with_its_part_of_the_day(
    stays: list[Stay], minutes: int
) -> None:
    assert minutes_on(DAY, stays) == minutes


@pytest.mark.parametrize(
    ("stays", "days"),
    [
        ([stay(0, 8), stay(8, 16)], {}),
        ([stay(0, 8), stay(8, 16), stay(20, 20 + 1 / 60)], {DAY: 961}),
        ([stay(-8, 8), stay(8, 24)], {DAY: 24 * 60}),
        ([stay(12, 24), stay(24, 36)], {}),
        ([stay(12, 36), stay(36, 42)], {DAY + timedelta(days=1): 18 * 60}),
    ],
)
def test_a_day_is_too_long_from_one_minute_over_sixteen_hours(
    stays: list[Stay], days: dict[date, int]
) -> None:
    assert long_days(stays) == days


@pytest.mark.parametrize(
    ("at", "groups"),
    [
        ([], []),
        ([0, 1, 2, 3], []),
        ([0, 30, 60, 90, 120], [(0, 5)]),
        ([0, 30, 60, 90, 121], []),
        ([0, 0, 0, 0, 0, 0], [(0, 6)]),
        ([0, 1, 2, 3, 4, 600, 601, 602, 603, 604], [(0, 5), (5, 10)]),
        ([0, 1, 2, 3, 4, 100, 130], [(0, 7)]),
        ([0, 70, 200, 201, 202, 203, 204], [(2, 7)]),
        ([0, 100, 200, 201, 202, 203, 204], [(1, 7)]),
        ([0, 1, 2, 3, 4, 500], [(0, 5)]),
    ],
)
def test_five_within_two_minutes_are_a_run(at: list[int], groups: list[tuple[int, int]]) -> None:
    instants = [MIDNIGHT + timedelta(seconds=one) for one in at]
    found = runs(instants, 5, timedelta(minutes=2))
    assert [(one.start, one.stop) for one in found] == groups


@pytest.mark.parametrize(("seconds", "hasty"), [(0, True), (120, True), (121, False)])
def test_a_yes_within_two_minutes_is_hasty(seconds: int, hasty: bool) -> None:
    assert is_hasty(MIDNIGHT, MIDNIGHT + timedelta(seconds=seconds)) is hasty


def test_a_key_names_the_rule_and_its_rows() -> None:
    assert key_of(Rule.TWO_PLACES, 3, 7) == "two_places-3-7"
