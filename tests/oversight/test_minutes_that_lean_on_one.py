"""Minutes that lean on one person are told from so many on, and not one minute sooner."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import both_engines
from tests.oversight.odd_rows import (
    LATER,
    a_line,
    a_make_up,
    a_witness,
    correct,
    lay_bare,
    reverse,
)
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.town import NOON
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.events.models import Shift
from volboard.hours.models import HourEntry
from volboard.oversight.marks import Anomaly
from volboard.oversight.queries import find
from volboard.oversight.rules import MOST_ROWS, Rule

pytestmark = both_engines
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = LATER + DAY


@pytest.fixture(autouse=True)
def bare(inside: Flask) -> None:
    """A database that takes any row."""
    lay_bare()


def found(*places: int) -> list[Anomaly]:
    with clock.standing_at(NOW):
        return list(find(places or (RIVER,)))


def rules(*places: int) -> list[Rule]:
    return [one.rule for one in found(*places)]


def olgas(person: Person, minutes: int = 600, days_ago: int = 0) -> int:
    """A line in which only Olga had a hand."""
    return a_line(person, NOON - days_ago * DAY, minutes, seen_by=OLGA.id, recorded_by=OLGA.id)


def unsigned(person: Person, minutes: int) -> int:
    """A line of a gate that Otto closed, where nobody had signed out."""
    return a_line(person, NOON, minutes, rule="forgotten_sign_out")


def test_twenty_hours_in_which_one_account_had_every_hand() -> None:
    lines = [olgas(MAI), olgas(BAO, 599)]
    assert found() == []
    lines.append(olgas(TIAN, 1))
    (one,) = found()
    assert (one.rule, one.who, one.amount, one.of) == (Rule.ALONE, OLGA.id, 1200, 1200)
    assert one.rows == tuple(("line", line) for line in lines)
    assert (one.count, one.key) == (3, f"alone-{OLGA.id}-{lines[-1]}")


@pytest.mark.parametrize(("others", "told"), [(800, [Rule.ALONE]), (801, [])])
def test_six_of_ten_minutes_of_a_community(others: int, told: list[Rule]) -> None:
    olgas(MAI)
    olgas(BAO)
    a_line(TIAN, NOON, others)
    a_line(OTTO, NOON, 900, RAIL)
    assert rules() == told


@pytest.mark.parametrize(("who", "sign", "told"), [
    (OTTO, "press", []), (OTTO, "confirmed", []),
    (OLGA, "press", [Rule.ALONE]), (MAI, "signup", [Rule.ALONE]),
])  # fmt: skip
def test_another_organizers_hand_is_a_hand_and_the_volunteers_own_is_none(
    who: Person, sign: str, told: list[Rule]
) -> None:
    olgas(BAO)
    a_witness(olgas(MAI), who, sign)
    assert rules() == told


def test_who_closed_the_gate_had_a_hand() -> None:
    olgas(BAO)
    line = olgas(MAI)
    assert rules() == [Rule.ALONE]
    with transaction():
        shift = db.session.get_one(HourEntry, line).shift_id
        db.session.execute(update(Shift).where(Shift.id == shift).values(closed_by=OTTO.id))
    assert found() == []


def test_a_make_up_has_two_hands() -> None:
    olgas(BAO)
    a_line(MAI, NOON, 600, seen_by=OLGA.id, recorded_by=OLGA.id, kind="make_up",
           make_up_id=a_make_up(), reason_digest="x")  # fmt: skip
    assert found() == []


@pytest.mark.parametrize(("days", "told"), [(27, [Rule.ALONE]), (29, [])])
def test_what_was_written_in_thirty_days_counts(days: int, told: list[Rule]) -> None:
    olgas(BAO)
    olgas(MAI, 600, days)
    assert rules() == told


def test_a_line_taken_back_leans_on_nobody() -> None:
    olgas(BAO)
    reverse(olgas(MAI))
    assert found() == []


def test_of_many_rows_the_newest_are_told_and_the_minutes_of_all() -> None:
    for number in range(MOST_ROWS + 1):
        a_line(MAI, NOON - number * 12 * HOUR, 30, seen_by=OLGA.id, recorded_by=OLGA.id)
    (one,) = found()
    assert (len(one.rows), one.count, one.amount) == (MOST_ROWS, MOST_ROWS + 1, 30 * 51)
    assert one.rows[0] == ("line", 2)


def test_ten_hours_that_nobody_signed_out_of() -> None:
    first = unsigned(MAI, 599)
    assert found() == []
    second = unsigned(BAO, 1)
    (one,) = found()
    assert (one.rule, one.who, one.amount, one.of) == (Rule.FORGOTTEN, OTTO.id, 600, 600)
    assert one.rows == (("line", first), ("line", second))


@pytest.mark.parametrize(("others", "told"), [(900, [Rule.FORGOTTEN]), (901, [])])
def test_four_of_ten_minutes_of_one_closer(others: int, told: list[Rule]) -> None:
    unsigned(MAI, 600)
    a_line(BAO, NOON, others)
    a_line(TIAN, NOON, 900, recorded_by=ADA.id)
    assert rules() == told


@pytest.mark.parametrize(("minutes", "late", "told"), [
    (180, 361, [Rule.LATE]), (180, 360, []), (179, 361, []),
])  # fmt: skip
def test_three_hours_that_came_in_late(minutes: int, late: int, told: list[Rule]) -> None:
    line = a_witness(a_line(MAI, NOON, minutes), OLGA, late=late)
    a_witness(line, MAI, "code", late)
    a_witness(a_line(BAO, NOON, 600), OLGA)
    assert rules() == told
    assert [(one.who, one.amount, one.rows) for one in found()] == [
        (OLGA.id, 180, (("line", line),)) for _rule in told
    ]


def test_what_two_accounts_brought_in_late_is_told_of_each() -> None:
    a_witness(a_line(MAI, NOON, 180), OLGA, late=400)
    a_witness(a_line(BAO, NOON, 180), OTTO, late=400)
    assert sorted(one.who for one in found()) == [OLGA.id, OTTO.id]


@pytest.mark.parametrize(("minutes", "who", "told"), [
    (600, ADA, [Rule.ADMIN]), (599, ADA, []), (600, OLGA, []),
])  # fmt: skip
def test_ten_hours_that_an_admin_alone_confirmed(
    minutes: int, who: Person, told: list[Rule]
) -> None:
    a_witness(a_line(MAI, NOON, minutes, seen_by=OTTO.id), who, "confirmed")
    assert rules() == told
    assert [(one.who, one.amount) for one in found()] == [(ADA.id, 600) for _rule in told]


def test_what_the_volunteer_confirmed_too_does_not_rest_on_the_admin() -> None:
    line = a_witness(a_line(MAI, NOON, 600, seen_by=OTTO.id), ADA, "confirmed")
    a_witness(line, MAI, "confirmed")
    assert found() == []


def test_where_nobody_else_could_confirm_the_admin_is_the_second() -> None:
    line = a_line(MAI, NOON, 600, RAIL, seen_by=TIAN.id, recorded_by=TIAN.id)
    a_witness(line, ADA, "confirmed")
    assert found(RAIL) == []


def test_three_corrections_between_the_same_two() -> None:
    lines = [a_line(MAI, NOON - number * DAY, minutes=60, recorded_by=OTTO.id)
             for number in range(3)]  # fmt: skip
    rows: list[tuple[str, int]] = []
    for line in lines:
        assert found() == []
        rows += [("line", line), ("line", correct(line, OLGA, 80))]
    (one,) = found()
    assert (one.rule, one.who, one.other) == (Rule.PAIR, OLGA.id, OTTO.id)
    assert (one.amount, one.count, one.rows) == (60, 3, tuple(rows))
    assert one.key == f"pair-{OLGA.id}-{OTTO.id}-{rows[-1][1]}"


@pytest.mark.parametrize(("before", "by", "minutes", "told"), [
    (OLGA, OTTO, 61, [Rule.PAIR]), (OLGA, OTTO, 60, []), (ADA, OLGA, 80, []), (OTTO, ADA, 80, []),
])  # fmt: skip
def test_who_corrected_whom_makes_no_difference_and_another_does(
    before: Person, by: Person, minutes: int, told: list[Rule]
) -> None:
    for number in range(2):
        correct(a_line(MAI, NOON - number * DAY, minutes=60), OLGA, 80)
    correct(a_line(BAO, minutes=60, recorded_by=before.id), by, minutes)
    assert rules() == told


@pytest.mark.parametrize(("days", "told"), [(88, [Rule.PAIR]), (90, [])])
def test_corrections_of_ninety_days_count(days: int, told: list[Rule]) -> None:
    for number in (0, 1, days):
        correct(a_line(MAI, NOON - number * DAY, minutes=60), OLGA, 80, LATER - number * DAY)
    assert rules() == told


def test_another_community_tells_nothing_here() -> None:
    for person in (MAI, BAO):
        a_line(person, NOON, 600, RAIL, seen_by=TIAN.id, recorded_by=TIAN.id)
    assert found() == []
    assert rules(RAIL) == [Rule.ALONE]
