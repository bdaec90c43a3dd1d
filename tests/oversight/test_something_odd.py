"""Each rule finds what it is for, and leaves alone what lies just beside it; on both engines."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from tests.conftest import both_engines
from tests.oversight.odd_rows import (
    LATER,
    OLGAS,
    OTTOS,
    a_line,
    a_make_up,
    an_evening,
    lay_bare,
    move,
    reverse,
)
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN
from tests.support.town import NOON, viewer_of
from volboard.accounts.models import Account, Volunteer
from volboard.attendance.models import AttendanceLog
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.oversight.marks import Anomaly
from volboard.oversight.queries import find, odd_desk
from volboard.oversight.rules import Rule

pytestmark = both_engines
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def bare(inside: Flask) -> None:
    """A database that takes any row."""
    lay_bare()


def found(*places: int) -> list[Anomaly]:
    """Everything odd two days after noon."""
    with clock.standing_at(LATER + timedelta(days=1)):
        return list(find(places or (RIVER,)))


def rules(*places: int) -> list[Rule]:
    return [one.rule for one in found(*places)]


def test_two_places_at_once() -> None:
    first, second = a_line(MAI, NOON), a_line(MAI, NOON + HOUR)
    a_line(BAO, NOON)
    a_line(MAI, NOON + 3 * HOUR)
    (one,) = found()
    assert one.key == f"two_places-{first}-{second}"
    assert one.rows == (("line", first), ("line", second))


def test_lines_that_only_touch_are_one_place_after_the_other() -> None:
    a_line(MAI, NOON)
    a_line(MAI, NOON + 2 * HOUR)
    assert found() == []


def test_the_same_time_twice_is_told_once() -> None:
    a_line(MAI, NOON)
    a_line(MAI, NOON)
    assert rules() == [Rule.TWO_PLACES]


def test_a_line_taken_back_overlaps_with_nothing() -> None:
    first = a_line(MAI, NOON)
    a_line(MAI, NOON + HOUR)
    reverse(first)
    assert found() == []


def test_a_correction_of_one_of_the_two_is_a_new_thing_to_look_at() -> None:
    first, second = a_line(MAI, NOON), a_line(MAI, NOON + HOUR)
    reverse(second)
    again = a_line(MAI, NOON + HOUR, 90)
    assert [one.key for one in found()] == [f"two_places-{first}-{again}"]


def test_an_organizer_of_either_community_sees_it() -> None:
    a_line(MAI, NOON)
    a_line(MAI, NOON + HOUR, community=RAIL)
    assert [(one.community_id, one.rule) for one in found(RIVER)] == [(RIVER, Rule.TWO_PLACES)]
    assert [(one.community_id, one.rule) for one in found(RAIL)] == [(RAIL, Rule.TWO_PLACES)]
    assert {one.community_id for one in found(RIVER, RAIL)} == {RIVER, RAIL}


def test_what_is_not_theirs_stays_closed() -> None:
    mine, theirs = a_line(MAI, NOON), a_line(MAI, NOON + HOUR, community=RAIL)
    with clock.standing_at(LATER):
        (seen,) = odd_desk(viewer_of(OLGA)).waiting
        assert ([row.id for row in seen.shown], seen.hidden) == ([mine], 1)
        (seen,) = odd_desk(viewer_of(TIAN)).waiting
        assert ([row.id for row in seen.shown], seen.hidden) == ([theirs], 1)
        assert [one.hidden for one in odd_desk(viewer_of(ADA)).waiting] == [0, 0]


def test_more_than_sixteen_hours_in_a_beijing_day() -> None:
    begins = NOON - 12 * HOUR
    a_line(MAI, begins, 8 * 60)
    a_line(MAI, begins + 8 * HOUR, 8 * 60)
    assert found() == []
    last = a_line(MAI, begins + 20 * HOUR, 1)
    (one,) = found()
    assert (one.rule, one.amount, len(one.rows)) == (Rule.LONG_DAY, 961, 3)
    assert one.key.endswith(f"-{last}")


def test_hours_over_midnight_count_for_each_day_with_their_part() -> None:
    midnight = NOON + 12 * HOUR
    a_line(MAI, midnight - 10 * HOUR, 10 * 60)
    a_line(MAI, midnight, 16 * 60)
    assert found() == []
    a_line(MAI, midnight + 16 * HOUR, 30)
    assert [one.amount for one in found()] == [16 * 60 + 30]


def test_the_hours_of_both_communities_make_a_day() -> None:
    begins = NOON - 12 * HOUR
    a_line(MAI, begins, 10 * 60)
    a_line(MAI, begins + 11 * HOUR, 8 * 60, RAIL)
    assert rules(RIVER) == rules(RAIL) == [Rule.LONG_DAY]


@pytest.mark.parametrize(("step", "told"), [(30, [Rule.BURST]), (31, [])])
def test_five_requests_of_one_account_within_two_minutes(step: int, told: list[Rule]) -> None:
    for number in range(5):
        asked_by = OLGA if number != 1 else OTTO
        a_make_up(LATER + timedelta(seconds=step * number), None, asked_by)
    assert Rule.BURST not in rules()
    a_make_up(LATER + timedelta(seconds=step), None)
    assert [rule for rule in rules() if rule is Rule.BURST] == told


def test_requests_corrections_and_paper_count_together() -> None:
    a_make_up(LATER, None)
    a_make_up(LATER, HOUR, BAO, OLGA)  # approved by Olga an hour later: not within the minutes
    for number in range(2):
        reverse(a_line(BAO, NOON + number * 3 * HOUR), LATER)
    a_line(MAI, NOON)
    log = {"attendance_id": 3, "action": "in", "at": NOON, "by": OLGA.id, "how": "paper",
           "received_at": LATER, "device": ""}  # fmt: skip
    with transaction():
        db.session.execute(insert(AttendanceLog), [log])
    assert rules() == []
    with transaction():
        db.session.execute(insert(AttendanceLog), [log | {"action": "out"}])
    assert rules() == [], "leaving stands on the same line of the paper"
    with transaction():
        db.session.execute(insert(AttendanceLog), [log])
    (one,) = found()
    assert (one.rule, one.who, len(one.rows)) == (Rule.BURST, OLGA.id, 5)
    assert sorted(kind for kind, _id in one.rows) == ["line", "line", "make_up", "press", "press"]


def test_more_people_than_seats() -> None:
    shift = an_evening(NOON, seats=2)
    a_line(MAI, shift=shift)
    a_line(BAO, shift=shift)
    assert found() == []
    third = a_line(TIAN, shift=shift)
    (one,) = found()
    assert (one.rule, one.people, one.amount) == (Rule.CROWDED, 3, 2)
    assert one.key == f"crowded-{shift}-{third}"
    reverse(third)
    assert found() == []


def test_one_organizer_who_asks_for_all_make_ups() -> None:
    for number in range(3):
        a_make_up(LATER - number * HOUR, HOUR, OLGA, (OTTO, ADA)[number % 2])
        assert rules() == ([Rule.SOLE_ASKER] if number == 2 else [])
    a_make_up(LATER, None, OTTO)
    assert found() == []


def test_one_organizer_who_approves_all_make_ups() -> None:
    for number in range(3):
        a_make_up(LATER - number * HOUR, HOUR, (OLGA, ADA)[number % 2], OTTO)
        assert rules() == ([Rule.SOLE_APPROVER] if number == 2 else [])
    a_make_up(LATER, HOUR, OLGA, ADA)
    assert found() == []


def test_three_in_ninety_days_not_in_a_year() -> None:
    for days in (0, 1, 91):
        a_make_up(LATER - timedelta(days=days), HOUR, OLGA, (OTTO, ADA)[days % 2])
    assert found() == []


def test_hours_outside_the_shift_as_it_is_now() -> None:
    shift = an_evening(NOON)
    line = a_line(MAI, shift=shift)
    assert found() == []
    move(shift, NOON + timedelta(minutes=1))
    assert [one.key for one in found()] == [f"outside-{line}"]
    move(shift, NOON - timedelta(minutes=1))
    assert [one.key for one in found()] == [f"outside-{line}"]


def newcomer(number: int, created_at: object) -> int:
    with transaction():
        account = Account(phone=f"+8615000000{number:03}", created_at=created_at,
                          verified_at=created_at, verified_by=OLGA.id)  # fmt: skip
        db.session.add(account)
        db.session.flush()
        person = Volunteer(account_id=account.id, name=f"新人{number}", initials="xr", is_self=True,
                           code=f"new-{number}", created_at=created_at)  # fmt: skip
        db.session.add(person)
        db.session.flush()
        return person.id


ALONE: dict[str, Any] = {"how": "walk_in", "seen_by": OLGA.id, "recorded_by": OLGA.id}


def test_three_new_people_by_one_hand() -> None:
    for number in range(3):
        assert found() == []
        begins = NOON - timedelta(days=14 * number)
        a_line(newcomer(number, begins), begins, **ALONE)
    (one,) = found()
    assert (one.rule, one.who, len(one.rows)) == (Rule.STRANGERS, OLGA.id, 3)


@pytest.mark.parametrize("changed", [
    {"recorded_by": OTTO.id}, {"how": "gate"}, {"seen_by": OTTO.id},
])  # fmt: skip
def test_three_new_people_whom_two_have_seen(changed: dict[str, Any]) -> None:
    for number in range(3):
        begins = NOON - timedelta(days=number)
        a_line(newcomer(number, begins), begins, **(ALONE | (changed if number == 1 else {})))
    assert found() == []


@pytest.mark.parametrize(("known", "apart"), [(2, 1), (0, 16)])
def test_walk_ins_of_people_known_before_or_far_apart(known: int, apart: int) -> None:
    for number in range(3):
        begins = NOON - timedelta(days=apart * number)
        a_line(newcomer(number, begins - timedelta(days=known)), begins, **ALONE)
    assert found() == []


def test_an_account_that_nobody_verified_is_new_however_old() -> None:
    for number in range(3):
        a_line(newcomer(number, NOON - timedelta(days=100)), NOON, **ALONE)
    assert found() == []
    with transaction():
        db.session.execute(
            update(Account).where(Account.phone.like("+8615%")).values(verified_at=None)
        )
    assert rules() == [Rule.STRANGERS]


@pytest.mark.parametrize(("seconds", "told"), [(120, [Rule.HASTY]), (121, [])])
def test_a_make_up_approved_within_two_minutes(seconds: int, told: list[Rule]) -> None:
    a_make_up(LATER, timedelta(seconds=seconds))
    assert rules() == told


def test_a_make_up_approved_on_a_phone_that_looks_the_same() -> None:
    a_make_up(phones=(OLGAS, (OTTOS[0], "微信 iPhone · cccccc")))
    assert rules() == [Rule.HASTY]


def test_phones_that_say_nothing_of_themselves_do_not_look_alike() -> None:
    a_make_up(phones=((OLGAS[0], "aaaaaa"), (OTTOS[0], "bbbbbb")))
    assert found() == []


@pytest.mark.parametrize("flag", ["clock_wrong", "clamped", "after_closing", "clock_wrong clamped"])
def test_an_offline_press_with_a_flag(flag: str) -> None:
    a_line(MAI)
    log = {"attendance_id": 1, "action": "in", "at": NOON, "by": OLGA.id, "device": ""}
    with transaction():
        db.session.execute(insert(AttendanceLog), [log, log | {"flag": flag}])
    assert [one.key for one in found()] == ["phone-2"]
    assert found(RAIL) == []


def test_what_is_older_than_a_year_is_not_shown() -> None:
    long_ago = LATER - timedelta(days=365)
    a_line(MAI, long_ago)
    a_line(MAI, long_ago + HOUR)
    a_make_up(long_ago, timedelta(seconds=1))
    assert found() == []


def test_nothing_odd_of_another_community() -> None:
    for begins in (NOON, NOON + HOUR):
        a_line(TIAN, begins, community=RAIL)
    a_make_up(LATER, timedelta(seconds=1), TIAN, ADA, RAIL)
    move(an_evening(NOON, community=RAIL), NOON)
    assert found(RIVER) == []
    assert sorted(rules(RAIL)) == [Rule.HASTY, Rule.TWO_PLACES]
