"""Everybody presses at once at the door: one attendance a person, on both engines."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.attendance.test_races import at_once
from tests.conftest import both_engines
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.town import a_shift, viewer_of
from volboard.accounts.commands import add_family
from volboard.accounts.queries import household
from volboard.attendance import arrival_commands
from volboard.attendance.code_commands import walk_in_by_code
from volboard.attendance.commands import check_in
from volboard.attendance.errors import NotHere
from volboard.attendance.family_commands import check_in_family
from volboard.attendance.models import Arrival, Attendance, AttendanceLog
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import Refusal
from volboard.signups.commands import sign_up
from volboard.venue import commands
from volboard.venue.tokens import Ticket

pytestmark = both_engines


@pytest.fixture
def family(app: Flask) -> tuple[int, list[int]]:
    """A shift at noon in which Mai and two of the family have a seat."""
    shift = a_gate(app, MAI, BAO)
    with app.app_context(), at(-60):
        people = [add_family(MAI.id, name, "家人") for name in ("陈桂香", "王国栋")]
        for person in people:
            sign_up(person, shift, MAI.id)
    return shift, [MAI.id, *people]


def told(app: Flask) -> tuple[int, Counter[str], Counter[str]]:
    """Attendances, presses by what they did, and arrivals by their state."""
    with app.app_context():
        return (
            db.session.query(Attendance).count(),
            Counter(action for (action,) in db.session.query(AttendanceLog.action)),
            Counter(state for (state,) in db.session.query(Arrival.state)),
        )


def by_screen(shift: int, *people: int, by: Person = OLGA) -> Callable[[], Any]:
    ticket = Ticket(shift, by.id, MAI.id, "mark")
    return lambda: commands.check_in(ticket, people, viewer_of(MAI), "phone")


def test_the_family_presses_while_two_gates_press_for_it(
    app: Flask, family: tuple[int, list[int]]
) -> None:
    shift, people = family
    answers = at_once(
        app,
        by_screen(shift, *people),
        by_screen(shift, *reversed(people)),
        lambda: check_in_family(shift, people[2], viewer_of(OLGA), "gate", "desk"),
        lambda: check_in_family(shift, people[0], viewer_of(OTTO), "gate", "desk"),
        lambda: check_in(shift, people[1], viewer_of(OTTO), "gate", "desk"),
        by_screen(shift, people[1], by=OTTO),
    )
    assert not [answer for answer in answers if isinstance(answer, Refusal)]
    assert told(app) == (3, Counter({"in": 3}), Counter())


def test_asking_and_answering_at_once(app: Flask, family: tuple[int, list[int]]) -> None:
    shift, people = family

    def ask() -> None:
        commands.ask_to_confirm(shift, tuple(people), viewer_of(MAI), "phone")

    at_once(app, *[ask] * 5)
    assert told(app)[2] == Counter({"waiting": 3})
    with app.app_context():
        ids = tuple(row for (row,) in db.session.query(Arrival.id))

    def answer(by: Person) -> Callable[[], int]:
        return lambda: arrival_commands.confirm_all(shift, ids, viewer_of(by))

    done = at_once(app, answer(OLGA), answer(OTTO), answer(OLGA), ask, minute=1)
    assert sum(n for n in done if n) == 3
    assert told(app) == (3, Counter({"in": 3}), Counter({"confirmed": 3}))


def test_confirmed_or_dismissed_but_not_both(app: Flask, family: tuple[int, list[int]]) -> None:
    shift, people = family
    at_once(app, lambda: commands.ask_to_confirm(shift, (people[0],), viewer_of(MAI), "phone"))
    answers = at_once(
        app,
        lambda: arrival_commands.confirm(shift, 1, viewer_of(OLGA)),
        lambda: arrival_commands.dismiss(shift, 1, viewer_of(OTTO)),
        minute=1,
    )
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    came, _presses, states = told(app)
    assert states == Counter({"confirmed" if came else "dismissed": 1})


def test_the_same_code_at_two_gates_is_one_walk_in(app: Flask) -> None:
    shift = a_gate(app, MAI, capacity=2)
    with app.app_context():
        bao = household(BAO.id)[0]

    def come(by: Person) -> Callable[[], bool]:
        return lambda: walk_in_by_code(shift, bao, "", viewer_of(by), "phone").again

    assert sorted(at_once(app, come(OLGA), come(OTTO), come(OLGA))) == [False, True, True]
    assert told(app)[:2] == (1, Counter({"in": 1}))


def test_with_the_clock_running(app: Flask) -> None:
    with app.app_context():
        shift = a_shift(capacity=9, starts_at=clock.now())
        mother = add_family(MAI.id, "陈桂香", "妈妈")
        for person, head in ((MAI.id, MAI.id), (mother, MAI.id), (BAO.id, BAO.id)):
            sign_up(person, shift, head)
        mai, olga = viewer_of(MAI), viewer_of(OLGA)
        ticket = Ticket(shift, OLGA.id, MAI.id, "mark")
        with pytest.raises(NotHere):
            commands.check_out(ticket, (MAI.id,), mai, "phone")
        commands.ask_to_confirm(shift, (MAI.id, mother), mai, "phone")
        arrival_commands.dismiss(shift, 1, olga)
        arrival_commands.confirm(shift, 2, olga)
        commands.check_in(ticket, (MAI.id, mother), mai, "phone")
        commands.check_out(ticket, (MAI.id, mother), mai, "phone")
        commands.come_back(ticket, (MAI.id,), mai, "phone")
        assert check_in_family(shift, BAO.id, olga, "code", "desk") == 1
        assert check_in_family(shift, BAO.id, olga, "code", "desk") == 0
        tian = household(5)[0]
        assert walk_in_by_code(shift, tian, "", olga, "desk").again is False
        states = {
            n: state for n, state in db.session.query(Attendance.volunteer_id, Attendance.state)
        }
        assert states == {MAI.id: "present", mother: "left", BAO.id: "present", 5: "present"}
