"""The whole line in commands: signed up, checked in, closed, credited."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.support.cast import BAO, MAI, OLGA, OTTO
from tests.support.totals import total_minutes
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out, walk_in
from volboard.attendance.errors import OwnAttendance
from volboard.core import clock
from volboard.hours.commands import correct
from volboard.hours.confirming import confirm_all
from volboard.hours.errors import NeedsAnother
from volboard.hours.queries import ledger
from volboard.signups.commands import sign_up

pytestmark = both_engines


def at(minutes: int) -> AbstractContextManager[None]:
    return clock.standing_at(NOON + timedelta(minutes=minutes))


def test_minutes_are_those_between_the_real_in_and_the_real_out(inside: Flask) -> None:
    shift = a_shift(capacity=5)
    olga, otto = viewer_of(OLGA), viewer_of(OTTO)
    with at(-60):
        for person in (MAI, BAO, OTTO, OLGA):
            sign_up(person.id, shift, person.id)
    with at(-3):
        check_in(shift, MAI.id, olga, "gate", "test")
        assert check_in(shift, MAI.id, otto, "gate", "test").again
    with at(10):
        check_in(shift, BAO.id, olga, "gate", "test")
        check_in(shift, OTTO.id, olga, "gate", "test")
        with pytest.raises(OwnAttendance):
            check_in(shift, OLGA.id, olga, "gate", "test")
        check_in(shift, OLGA.id, otto, "gate", "test")
        newcomer = walk_in(shift, "王大妈", "13912345678", "", olga, "test")
    with clock.standing_at(NOON + timedelta(minutes=65, seconds=50)):
        check_out(shift, MAI.id, olga)
    with at(125):
        done = close_shift(shift, olga)
        assert (done.credited, done.left_for_another, done.waiting) == (3, 1, 1)
        assert close_shift(shift, otto).credited == 1
        assert close_shift(shift, otto).credited == 0
        assert confirm_all(shift, [1], otto) == 1
    assert total_minutes(MAI.id) == 65
    assert total_minutes(BAO.id) == 110
    assert total_minutes(newcomer.volunteer_id) == 110
    line = ledger(BAO.id).lines[0]
    assert (line.times.rule, line.seen_by, line.planned_minutes) == (
        "forgotten_sign_out",
        "欧阳兰",
        120,
    )
    with pytest.raises(NeedsAnother):
        correct(line.id, NOON, NOON + timedelta(hours=2), "看错了", olga)
    correct(line.id, NOON, NOON + timedelta(hours=2), "看错了", otto)
    assert total_minutes(BAO.id) == 120


def test_a_gate_that_closes_while_the_clock_runs_credits_up_to_that_moment(inside: Flask) -> None:
    began = clock.now() - timedelta(hours=1)
    shift = a_shift(capacity=5, starts_at=began, minutes=120)
    with clock.standing_at(began):
        sign_up(MAI.id, shift, MAI.id)
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    assert close_shift(shift, viewer_of(OLGA)).credited == 1
    assert total_minutes(MAI.id) in (60, 61)
