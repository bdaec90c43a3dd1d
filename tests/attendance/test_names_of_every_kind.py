"""Whoever signed up one way is found in six others, once, and is nobody else at the gate."""

import os
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import BAO, OLGA, Person
from tests.support.names import Neighbour, neighbours
from tests.support.town import NOON, a_shift, viewer_of
from volboard.accounts.commands import quick_account
from volboard.accounts.queries import household
from volboard.attendance.closing import close_shift
from volboard.attendance.models import Attendance
from volboard.attendance.queries import find
from volboard.attendance.scans import Scan, take_scan
from volboard.core import clock
from volboard.core.db import db
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
NAMES = int(os.environ.get("VOLBOARD_NAMES", "200"))
A_SHIFT = 40


def shifts(app: Flask) -> Iterator[tuple[int, list[tuple[int, Neighbour]]]]:
    """Shifts with as many neighbours as a busy morning has, each with its volunteer."""
    everybody = list(neighbours(NAMES))
    for start in range(0, NAMES, A_SHIFT):
        some = []
        with app.app_context(), at(-60):
            shift = a_shift(capacity=A_SHIFT)
            for one in everybody[start : start + A_SHIFT]:
                made = quick_account(one.typed, one.phone)
                sign_up(made.volunteer_id, shift, made.account_id)
                some.append((made.volunteer_id, one))
        yield shift, some


def test_everybody_is_found_once_in_each_of_six_ways(app: Flask) -> None:
    for shift, some in shifts(app):
        with app.app_context():
            for volunteer, one in some:
                for typed in (one.typed, *one.again, *one.ways):
                    found = [row.volunteer_id for row in find(shift, typed).rows]
                    assert found.count(volunteer) == 1, (one.typed, typed)
                    if one.phone[-4:] in typed:
                        assert found == [volunteer], (one.typed, typed)


@pytest.mark.parametrize("signed", ["李　四", "李 四", "李\u200b四", "李四。"])
def test_a_padded_name_is_the_same_person_at_the_gate(app: Flask, as_: As, signed: str) -> None:
    shift = a_gate(app, BAO)
    with app.app_context(), at(-60):
        li = quick_account(signed, "13711118888")
        sign_up(li.volunteer_id, shift, li.account_id)
    with at(3):
        page = as_(OLGA).open(gate(shift, "?q=李四"))
        assert page.texts(".gate-row__name") == ["李*"]
        page = as_(OLGA).open(gate(shift))
        page = page.press("报名并签到", name="李四", phone="13711118888")
        assert page.status == 200
    with app.app_context():
        assert [one.name for one in household(li.account_id)] == ["李四"]
        assert list(db.session.scalars(db.select(Attendance.volunteer_id))) == [li.volunteer_id]
        with at(130):
            closed = close_shift(shift, viewer_of(OLGA))
        assert closed.absent == 1, "Bao alone"


def test_a_walk_in_without_a_network_is_the_same_person_too(app: Flask) -> None:
    shift = a_gate(app, BAO)
    with app.app_context(), at(-60):
        li = quick_account("李　四", "13711118888")
        sign_up(li.volunteer_id, shift, li.account_id)
    scan = Scan("nonce-of-li-four", "walk_in", None, "李 四", "13711118888",
                NOON, 0, "walk_in")  # fmt: skip
    with app.app_context(), clock.standing_at(NOON):
        taken = take_scan(shift, scan, viewer_of(OLGA))
        assert taken.volunteer_id == li.volunteer_id
        assert len(household(li.account_id)) == 1
