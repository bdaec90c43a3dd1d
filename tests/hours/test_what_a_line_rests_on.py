"""The rules of who stands for a presence, as tables."""

from datetime import datetime, timedelta

import pytest

from tests.support.town import NOON
from volboard.hours.witness_rules import (
    FROM_BEFORE,
    Case,
    Lack,
    Role,
    Sign,
    Witness,
    beyond_the_cap,
    has_lapsed,
    late_by,
    unusual,
)

OLGA, OTTO, MAI = 3, 4, 1
DAY = timedelta(days=1)


def stands(said: str, late: int = 0) -> Witness:
    """`olga press`, `mai signup`; `mai? signup` where the sign does not count."""
    who, sign = said.split()
    account = {"olga": OLGA, "otto": OTTO, "mai": MAI}[who.rstrip("?")]
    role = Role.VOLUNTEER if account == MAI else Role.ORGANIZER
    return Witness(account, role, Sign(sign), NOON, late, not who.endswith("?"))


def case(said: str, known: set[int], **more: object) -> Case:
    witnesses = tuple(stands(one) for one in said.split(", ") if one)
    return Case(witnesses, NOON, 120, frozenset(known), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "known", "lacks"),
    [
        ("olga press, mai signup", {OTTO}, []),
        ("olga press, mai signup", {FROM_BEFORE}, []),
        ("olga press, mai code", {OTTO, OLGA}, []),
        ("olga press, mai venue", {OTTO}, []),
        ("olga press, otto press", set(), []),
        ("olga press, otto confirmed", set(), []),
        ("olga press, mai confirmed", {OTTO}, []),
        ("mai venue, olga confirmed", {OTTO}, []),
        ("olga press", {OTTO}, ["second"]),
        ("mai signup, mai venue", {OTTO}, ["second"]),
        ("olga press, mai? signup", {OTTO}, ["second"]),
        ("olga press, mai signup", {OLGA}, ["known"]),
        ("olga press, mai signup", set(), ["known"]),
        ("olga press", {OLGA}, ["second", "known"]),
        ("mai venue, olga confirmed", {OLGA}, ["known"]),
        ("", {OTTO}, ["second"]),
    ],
)
def test_it_takes_two_of_whom_one_is_another_or_knows(
    said: str, known: set[int], lacks: list[str]
) -> None:
    assert list(case(said, known).lacks) == lacks


@pytest.mark.parametrize(
    ("said", "late", "lacks"),
    [
        ("olga press, mai signup", 360, []),
        ("olga press, mai signup", 361, ["late"]),
        ("olga press, mai signup, mai confirmed", 361, []),
        ("olga press, mai signup, mai? confirmed", 361, ["late"]),
        ("olga press, mai signup, otto confirmed", 361, []),
    ],
)
def test_what_came_six_hours_late_is_confirmed(said: str, late: int, lacks: list[str]) -> None:
    first, *others = said.split(", ")
    witnesses = (stands(first, late), *map(stands, others))
    assert list(Case(witnesses, NOON, 60, frozenset({OTTO})).lacks) == lacks


@pytest.mark.parametrize(
    ("said", "announced_by", "lacks"),
    [
        ("olga press, mai signup", OLGA, ["sudden"]),
        ("olga press, mai signup", OTTO, []),
        ("olga press, otto confirmed", OLGA, []),
        ("otto press, mai signup", OLGA, []),
    ],
)
def test_a_sudden_shift_takes_another_than_who_announced_it(
    said: str, announced_by: int, lacks: list[str]
) -> None:
    known = {FROM_BEFORE}
    found = case(said, known, announced_by=announced_by, unusual=Lack.SUDDEN)
    assert list(found.lacks) == lacks


@pytest.mark.parametrize(
    ("announced", "hours", "longest", "found"),
    [
        (NOON - DAY, 12, 720, None),
        (NOON - DAY, 12.1, 720, Lack.LONG),
        (NOON - DAY, 12.1, 800, None),
        (NOON - timedelta(seconds=1), 2, 720, None),
        (NOON, 2, 720, Lack.SUDDEN),
        (NOON + DAY, 20, 720, Lack.SUDDEN),
        (None, 20, 720, None),
    ],
)
def test_a_shift_is_unusual_once_it_began_or_beyond_a_day(
    announced: datetime | None, hours: float, longest: int, found: Lack | None
) -> None:
    assert unusual(announced, NOON, NOON + timedelta(hours=hours), longest) is found


@pytest.mark.parametrize(
    ("lines", "minutes", "beyond"),
    [
        ([], 720, False),
        ([], 721, True),
        ([(0, 600)], 120, False),
        ([(0, 600)], 121, True),
        ([(-29, 700)], 30, True),
        ([(-30, 700)], 30, False),
        ([(29, 700)], 30, True),
        ([(30, 700)], 30, False),
        ([(-20, 400), (20, 400)], 300, False),
        ([(-20, 400), (9, 400)], 300, True),
        ([(-20, 700), (20, 10)], 30, True),
    ],
)
def test_twelve_hours_in_any_thirty_days_rest_on_one_organizer(
    lines: list[tuple[int, int]], minutes: int, beyond: bool
) -> None:
    alone = [(NOON + day * DAY, length) for day, length in lines]
    assert beyond_the_cap(alone, NOON, minutes) is beyond
    same = tuple((OLGA, at, length) for at, length in alone)
    held = case("olga press, mai signup", {OTTO}, alone=same)
    assert (Lack.CAP in held.lacks) is beyond_the_cap(alone, NOON, 120)


def test_the_cap_counts_the_same_organizer_only() -> None:
    by_otto = ((OTTO, NOON - DAY, 700),)
    assert not case("olga press, mai signup", {FROM_BEFORE}, alone=by_otto).lacks
    assert case("otto press, mai signup", {FROM_BEFORE}, alone=by_otto).lacks == (Lack.CAP,)
    both = case("otto press, mai signup, olga confirmed", {FROM_BEFORE}, alone=by_otto)
    assert not both.lacks


@pytest.mark.parametrize(
    ("received", "late"), [(None, 0), (-5, 0), (0, 0), (0.9, 0), (1, 1), (600.5, 600)]
)
def test_lateness_is_whole_minutes_after_the_end(received: float | None, late: int) -> None:
    at = None if received is None else NOON + timedelta(minutes=received)
    assert late_by(at, NOON) == late


@pytest.mark.parametrize(("days", "lapsed"), [(0, False), (30, False), (30.1, True)])
def test_it_lapses_after_thirty_days(days: float, lapsed: bool) -> None:
    assert has_lapsed(NOON, NOON + timedelta(days=days)) is lapsed
