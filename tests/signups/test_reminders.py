"""Reminders a day and two hours before: each once, never in quiet hours, never of what is not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.conftest import both_engines
from tests.signups.test_changing_a_shift import draft
from tests.support.cast import BAO, MAI, OLGA
from tests.support.crowd import a_crowd, seat_all
from tests.support.outbox import told, words_to
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, viewer_of
from volboard.accounts.commands import add_family
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.messages.models import Message
from volboard.messages.rules import EVENING, Kind, Quiet
from volboard.signups import reminders
from volboard.signups.changes import call_off_shift, change_shift
from volboard.signups.commands import cancel, sign_up
from volboard.signups.queries import own_places
from volboard.signups.reminder_rules import PLANS, is_ripe
from volboard.signups.reminders import sweep

DAY, SOON = Kind.REMINDER_DAY.value, Kind.REMINDER_SOON.value
NIGHT, NEVER, EARLY = Quiet(21 * 60, 8 * 60), Quiet(60, 60), Quiet(0, 6 * 60)
LONG, NO_TIME = Quiet(8 * 60, 7 * 60), Quiet(20 * 60, 19 * 60 + 30)


def at(text: str) -> datetime:
    """A moment in Beijing, in June 2027: `8 20:30`."""
    day, hour = text.split()
    return datetime.fromisoformat(f"2027-06-{int(day):02}T{hour}:00+08:00")


def first_told(plan: int, start: str, quiet: Quiet) -> str:
    """When a sweep a minute tells it first, as `8 20:30`; empty for never."""
    now = at(start) - timedelta(hours=72)
    while now <= at(start) + timedelta(hours=2):
        if is_ripe(PLANS[plan], at(start), quiet, now):
            local = clock.local(now)
            return f"{local.day} {local:%H:%M}"
        now += timedelta(minutes=1)
    return ""


@pytest.mark.parametrize(
    ("start", "quiet", "day", "soon"),
    [
        ("9 12:00", NIGHT, "8 12:00", "9 10:00"),
        ("9 09:59", NIGHT, "8 09:59", "9 08:00"),
        ("9 09:00", NIGHT, "8 09:00", "9 08:00"),
        ("9 08:59", NIGHT, "8 08:59", "8 20:30"),
        ("9 08:30", NIGHT, "8 08:30", "8 20:30"),
        ("9 08:00", NIGHT, "8 08:00", "8 20:30"),
        ("9 05:00", NIGHT, "8 08:00", "8 20:30"),
        ("9 00:10", NIGHT, "8 08:00", "8 20:30"),
        ("9 22:00", NIGHT, "9 08:00", "9 20:00"),
        ("9 23:30", NIGHT, "9 08:00", "9 20:30"),
        ("9 02:00", NEVER, "8 02:00", "9 00:00"),
        ("9 06:00", EARLY, "8 06:00", "8 23:30"),
        ("9 06:59", EARLY, "8 06:59", "8 23:30"),
        ("9 07:00", EARLY, "8 07:00", "9 06:00"),
        ("9 01:00", EARLY, "8 06:00", "8 23:00"),
        ("9 00:30", EARLY, "8 06:00", "8 22:30"),
        ("9 12:00", LONG, "8 07:30", "9 07:30"),
        ("9 07:30", LONG, "8 07:30", "8 07:30"),
        ("9 08:00", LONG, "8 07:30", "9 07:00"),
        ("9 19:40", NO_TIME, "8 19:40", "8 19:30"),
        ("9 12:00", NO_TIME, "8 19:30", "8 19:30"),
    ],
)
def test_when_somebody_is_reminded(start: str, quiet: Quiet, day: str, soon: str) -> None:
    """The start is when people gather."""
    assert (first_told(0, start, quiet), first_told(1, start, quiet)) == (day, soon)


@pytest.mark.parametrize("quiet", [NIGHT, EARLY, NEVER, LONG])
def test_nobody_is_reminded_in_quiet_hours_or_after_the_start(quiet: Quiet) -> None:
    for hour in range(24):
        start = at(f"9 {hour:02}:15")
        for minute in range(0, 75 * 60, 10):
            now = start - timedelta(hours=73) + timedelta(minutes=minute)
            local = clock.local(now)
            passed = (local.hour * 60 + local.minute - quiet.begins) % 1440
            is_quiet = passed < (quiet.ends - quiet.begins) % 1440
            if is_quiet or now >= start:
                assert not any(is_ripe(plan, start, quiet, now) for plan in PLANS)


def test_the_slot_before_quiet_hours_is_longer_than_the_time_between_two_sweeps() -> None:
    assert timedelta(minutes=10) < EVENING


@both_engines
def test_a_day_and_two_hours_before_each_is_told_once(inside: Flask, engine: str) -> None:
    shift = a_shift()
    sign_up(MAI.id, shift, MAI.id)
    for hours, kinds in ((30, []), (24, [DAY]), (23, [DAY]), (7, [DAY]), (2, [DAY, SOON]),
                         (1, [DAY, SOON]), (-1, [DAY, SOON])):  # fmt: skip
        with clock.standing_at(NOON - timedelta(hours=hours)):
            sweep()
        assert told(MAI) == kinds
    assert words_to(MAI)[1] == (
        "快开始了：端午包粽子·包粽子，6 月 9 日 星期三 12:00–14:00，在社区活动室。路上慢点。"
    )


def test_who_gathers_earlier_is_reminded_earlier(inside: Flask) -> None:
    shift = a_shift(call_minutes=60)
    sign_up(MAI.id, shift, MAI.id)
    for minutes, kinds in ((25 * 60 + 1, []), (25 * 60, [DAY]), (181, [DAY]), (180, [DAY, SOON])):
        with clock.standing_at(NOON - timedelta(minutes=minutes)):
            sweep()
        assert told(MAI) == kinds


def test_a_clock_that_goes_back_tells_nothing_twice(inside: Flask) -> None:
    shift = a_shift()
    sign_up(MAI.id, shift, MAI.id)
    for hours in (23, 25, 24, 2, 3, 30, 1):
        with clock.standing_at(NOON - timedelta(hours=hours)):
            sweep()
    assert told(MAI) == [DAY, SOON]


def test_a_clock_that_jumps_over_the_start_tells_nothing(inside: Flask) -> None:
    sign_up(MAI.id, a_shift(), MAI.id)
    for hours in (30, 0, -5):
        with clock.standing_at(NOON - timedelta(hours=hours)):
            assert sweep() == 0


def test_a_worker_that_slept_tells_the_later_one_only(inside: Flask) -> None:
    sign_up(MAI.id, a_shift(), MAI.id)
    with clock.standing_at(NOON - timedelta(hours=1)):
        sweep()
    assert told(MAI) == [SOON]


def test_a_worker_that_wakes_at_night_waits_for_the_morning(inside: Flask) -> None:
    sign_up(MAI.id, a_shift(), MAI.id)
    with clock.standing_at(at("9 03:00")):
        assert sweep() == 0
    with clock.standing_at(at("9 08:00")):
        assert sweep() == 0
    sign_up(BAO.id, a_shift(starts_at=at("9 15:00")), BAO.id)
    with clock.standing_at(at("9 08:30")):
        sweep()
    assert told(BAO) == [DAY]


def test_who_has_just_signed_up_is_not_reminded_of_it(inside: Flask) -> None:
    shift = a_shift()
    with clock.standing_at(NOON - timedelta(hours=35)):
        sign_up(MAI.id, shift, MAI.id)
    with clock.standing_at(NOON - timedelta(hours=5)):
        sign_up(BAO.id, shift, BAO.id)
    for hours in (24, 2):
        with clock.standing_at(NOON - timedelta(hours=hours)):
            sweep()
    assert (told(MAI), told(BAO)) == ([SOON], [])


def test_the_queue_is_not_reminded_and_family_is_named(inside: Flask) -> None:
    shift = a_shift(capacity=1)
    mother = add_family(MAI.id, "陈桂香", "妈妈")
    sign_up(mother, shift, MAI.id)
    sign_up(BAO.id, shift, BAO.id)
    with clock.standing_at(NOON - timedelta(hours=2)):
        sweep()
    assert told(BAO) == []
    assert words_to(MAI)[0].startswith("陈桂香：快开始了")


def test_a_place_given_back_takes_its_reminder_along(inside: Flask) -> None:
    shift = a_shift()
    sign_up(MAI.id, shift, MAI.id)
    with clock.standing_at(NOON - timedelta(hours=24)):
        sweep()
        assert told(MAI) == [DAY]
        cancel(own_places((MAI.id,), (1,))[0].signup_id, viewer_of(MAI))
        assert told(MAI) == []
        sign_up(MAI.id, shift, MAI.id)
    with clock.standing_at(NOON - timedelta(hours=2)):
        sweep()
    assert told(MAI) == [SOON]


def test_a_shift_that_moved_is_reminded_of_anew_and_one_called_off_is_not(inside: Flask) -> None:
    shift = a_shift()
    sign_up(MAI.id, shift, MAI.id)
    with clock.standing_at(NOON - timedelta(hours=24)):
        sweep()
        change_shift(shift, draft(timedelta(hours=48)), viewer_of(OLGA))
        assert told(MAI) == ["changed"]
        assert sweep() == 0
    with clock.standing_at(NOON + timedelta(hours=24)):
        sweep()
        assert told(MAI) == ["changed", DAY]
        call_off_shift(shift, "下雨", viewer_of(OLGA))
    with clock.standing_at(NOON + timedelta(hours=46)):
        assert sweep() == 0
    assert told(MAI) == ["cancelled"]


def test_drafts_and_other_peoples_quiet_hours_are_left_alone(inside: Flask) -> None:
    sign_up(MAI.id, a_shift(starts_at=at("9 05:00")), MAI.id)
    with transaction():
        db.session.execute(update(Community).values(quiet_from=0, quiet_to=0))
    with clock.standing_at(at("9 03:00")):
        sweep()
    assert told(MAI) == [SOON]


@both_engines
def test_two_sweeps_at_once_tell_once(app: Flask, engine: str) -> None:
    with app.app_context():
        shift = a_shift(capacity=1200)
        seat_all(a_crowd(1100), shift, NOON - timedelta(days=3))
        both = Barrier(2)

    def run(_number: int) -> int:
        with app.app_context(), clock.standing_at(NOON - timedelta(hours=2)):
            both.wait()
            return sweep()

    with ThreadPoolExecutor(2) as pool:
        written = sum(pool.map(run, range(2)))
    with app.app_context():
        rows = db.session.scalar(select(func.count()).select_from(Message))
    assert written == rows == 1100


def test_a_thousand_people_take_no_more_statements_than_a_batch(app: Flask) -> None:
    with app.app_context():
        shift, crowd = a_shift(capacity=400), a_crowd(304)
        seat_all(crowd[:4], shift, NOON - timedelta(days=3))
        with clock.standing_at(NOON - timedelta(hours=2)), counted(app) as few:
            assert sweep() == 4
        seat_all(crowd[4:], shift, NOON - timedelta(days=3))
        with clock.standing_at(NOON - timedelta(hours=2)), counted(app) as many:
            assert sweep() == 300
        with clock.standing_at(NOON - timedelta(hours=2)), counted(app) as none:
            assert sweep() == 0
    assert len(many) == len(few)
    assert len(none) <= 5
    assert reminders.BATCH == 500
