"""Two organizers press at once: one attendance a person, one credit an attendance."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.attendance.gate_of_river import at
from tests.conftest import both_engines
from tests.support.cast import OLGA, OTTO, Person
from tests.support.crowd import a_crowd, seat_all
from tests.support.known import see
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out, undo, walk_in
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.core.db import db
from volboard.core.errors import Refusal
from volboard.hours.commands import correct
from volboard.hours.models import HourEntry, Unconfirmed
from volboard.hours.witness_rules import Lack
from volboard.signups.commands import sign_up
from volboard.signups.models import Signup

pytestmark = both_engines
PEOPLE = 50


@pytest.fixture
def shift(app: Flask) -> int:
    """Fifty people have a seat at noon."""
    with app.app_context(), at(-60):
        shift = a_shift(capacity=PEOPLE)
        seat_all(a_crowd(PEOPLE), shift, NOON)
        return shift


def at_once(app: Flask, *presses: Callable[[], Any], minute: float = 0) -> list[Any]:
    """Each in a thread and an app context of its own, from the same moment on."""
    start = Barrier(len(presses))

    def press(do: Callable[[], Any]) -> Any:
        with app.app_context(), at(minute):
            start.wait()
            try:
                return do()
            except Refusal as refusal:
                return refusal

    with ThreadPoolExecutor(len(presses)) as hands:
        return list(hands.map(press, presses))


def all_in(app: Flask, shift: int, people: list[int], by: Person) -> Callable[[], list[bool]]:
    def press() -> list[bool]:
        return [check_in(shift, n, viewer_of(by), "gate", by.name).again for n in people]

    return press


def everybody(app: Flask) -> list[int]:
    with app.app_context():
        return [n for (n,) in db.session.query(Signup.volunteer_id).order_by(Signup.id)]


def test_two_organizers_check_in_the_same_fifty_and_close_at_once(app: Flask, shift: int) -> None:
    people = everybody(app)
    answers = at_once(app, all_in(app, shift, people, OLGA), all_in(app, shift, people, OTTO))
    assert Counter(again for answer in answers for again in answer) == {False: PEOPLE, True: PEOPLE}
    with app.app_context():
        assert db.session.query(Attendance).count() == PEOPLE
        assert db.session.query(AttendanceLog).count() == PEOPLE
    olga, otto = (lambda: close_shift(shift, viewer_of(OLGA)),
                  lambda: close_shift(shift, viewer_of(OTTO)))  # fmt: skip
    done = at_once(app, olga, otto, olga, otto, minute=130)
    assert sorted(closing.credited for closing in done) == [0, 0, 0, PEOPLE]
    with app.app_context():
        assert db.session.query(HourEntry).count() == PEOPLE
        assert {minutes for (minutes,) in db.session.query(HourEntry.minutes)} == {120}


def test_who_is_checked_in_while_the_gate_closes_is_credited_or_refused(
    app: Flask, shift: int
) -> None:
    people = everybody(app)

    def close() -> int:
        return close_shift(shift, viewer_of(OTTO)).credited

    def come(n: int) -> Callable[[], bool]:
        return lambda: check_in(shift, n, viewer_of(OLGA), "gate", "test").again

    answers = at_once(app, close, *(come(n) for n in people[:20]), minute=60)
    came = sum(answer is False for answer in answers[1:])
    assert came + sum(isinstance(answer, Refusal) for answer in answers[1:]) == 20
    with app.app_context():
        states = Counter(state for (state,) in db.session.query(Attendance.state))
        assert states["present"] == came
        assert states["absent"] == PEOPLE - came
        assert answers[0] <= came
    # Came in the very minute of the closing: present, without a whole minute, so without a line.


def test_the_same_walk_in_at_two_gates_is_one_person(app: Flask, shift: int) -> None:
    def come(by: Person) -> Callable[[], bool]:
        return lambda: (
            walk_in(shift, "王大妈", "13712345678", "加一把椅子", viewer_of(by), "test").again
        )

    answers = at_once(app, come(OLGA), come(OTTO), come(OLGA), come(OTTO))
    assert sorted(answers) == [False, True, True, True]
    with app.app_context():
        assert db.session.query(Signup).count() == PEOPLE + 1
        assert db.session.query(Attendance).count() == 1


def test_a_press_out_and_its_undo_at_once_leave_one_story(app: Flask, shift: int) -> None:
    first = everybody(app)[0]
    at_once(app, lambda: check_in(shift, first, viewer_of(OLGA), "gate", "test"))
    at_once(app, *[lambda: check_out(shift, first, viewer_of(OTTO)),
                   lambda: undo(shift, first, viewer_of(OLGA))] * 3, minute=5)  # fmt: skip
    with app.app_context():
        state = db.session.query(Attendance.state).scalar()
        told = [action for (action,) in
                db.session.query(AttendanceLog.action).order_by(AttendanceLog.id)]  # fmt: skip
        assert replayed(told) == state


def test_a_line_is_corrected_once_however_many_press(app: Flask, shift: int) -> None:
    first = everybody(app)[0]
    at_once(app, lambda: check_in(shift, first, viewer_of(OLGA), "gate", "test"))
    at_once(app, lambda: close_shift(shift, viewer_of(OLGA)), minute=130)
    with app.app_context():
        line = db.session.query(HourEntry.id).scalar()

    def shorten(minutes: int, by: Person) -> Callable[[], int]:
        end = NOON + timedelta(minutes=minutes)
        return lambda: correct(line, NOON, end, "早走", viewer_of(by))

    answers = at_once(app, shorten(10, OLGA), shorten(20, OTTO), shorten(30, OLGA), minute=200)
    assert sum(isinstance(answer, int) for answer in answers) == 1, answers
    with app.app_context():
        assert db.session.query(HourEntry).count() == 3


def replayed(actions: list[str]) -> str:
    """The state that the log tells of."""
    after = {"in": "present", "out": "left", "undo_in": "undone", "undo_out": "present"}
    return after[actions[-1]]


def test_two_gates_that_close_at_once_do_not_both_give_what_one_organizer_may(app: Flask) -> None:
    seven_hours, crowd = 7 * 60, 20
    with app.app_context():
        with at(-24 * 60):
            people = a_crowd(crowd)
            later = NOON + timedelta(minutes=seven_hours)
            shifts = [a_shift(capacity=crowd, minutes=seven_hours, starts_at=start)
                      for start in (NOON, later)]  # fmt: skip
            for person in people:
                see(person, OTTO)
                for shift in shifts:
                    sign_up(person, shift, person)
        for shift, minute in zip(shifts, (0, seven_hours), strict=True):
            with at(minute):
                for person in people:
                    check_in(shift, person, viewer_of(OLGA), "gate", "test")
    close = [partial(close_shift, shift, viewer_of(OLGA)) for shift in shifts]
    done = at_once(app, *close, minute=2 * seven_hours + 10)
    assert sum(closing.credited for closing in done) == crowd
    assert sum(closing.waiting for closing in done) == crowd
    with app.app_context():
        assert set(db.session.scalars(select(Unconfirmed.lacks))) == {Lack.CAP}
