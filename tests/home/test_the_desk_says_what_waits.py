"""The desk tells an organizer what waits for them, and where to go."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.oversight.odd_rows import a_line, a_make_up, lay_bare
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.attendance.commands import check_in, check_out
from volboard.attendance.models import Arrival
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.home.desk_counts import Waits, waits
from volboard.hours.models import Dispute
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
HOUR = timedelta(hours=1)
BLOCK = "section[aria-labelledby=waits-title]"
NOTHING = Waits(0, 0, 0, 0, None, 0, None, 0, 0, 0, 0)


def waiting(person: Person = OLGA, after: timedelta = HOUR, *places: int) -> Waits:
    with clock.standing_at(NOON + after):
        return waits(viewer_of(person), places or (RIVER,))


def a_post(title: str = "包粽子", event: int | None = None, begins: timedelta = timedelta()) -> int:
    """A post of two hours with Mai and Bao on it; answers its shift's id."""
    with clock.standing_at(NOON - timedelta(days=1)):
        event = event or an_event(starts_at=NOON, ends_at=NOON + 6 * HOUR)
        shift = a_shift(event, starts_at=NOON + begins, title=title)
        for person in (MAI, BAO):
            sign_up(person.id, shift, person.id)
        return shift


def arrive(shift: int, person: Person = MAI) -> None:
    with transaction():
        db.session.add(Arrival(shift_id=shift, volunteer_id=person.id, arrived_at=NOON,
                               claimed_by=person.id, device=""))  # fmt: skip


def doubt(entry_id: int) -> None:
    with transaction():
        one = Dispute(community_id=RIVER, entry_id=entry_id, claim="not_me", words="不是我")
        one.opened_by, one.opened_at = BAO.id, NOON
        db.session.add(one)


def test_nothing_to_do_is_one_quiet_sentence(as_: As) -> None:
    assert "没有等您办的事。" in as_(OLGA).open("/organize").text(BLOCK)


def test_each_kind_has_its_count_and_its_way(app: Flask, as_: As) -> None:
    with app.app_context():
        shift = a_post()
        arrive(shift)
        lay_bare()
        line = a_line(BAO, NOON - timedelta(days=3))
        a_make_up(NOON - HOUR, None, OTTO)
        a_make_up(NOON - HOUR, timedelta(seconds=9), OTTO, ADA)
        doubt(line)
        assert waiting() == Waits(1, 0, 1, 1, shift, 1, shift, 0, 0, 0, 1)
    with clock.standing_at(NOON + HOUR):
        page = as_(OLGA).open("/organize")
    ways = [link["href"] for link in page.soup.select(f"{BLOCK} a")]
    gate = f"/organize/shifts/{shift}/gate"
    assert ways == [gate, gate, "/organize/disputes", "/organize/make-ups", "/organize/anomalies"]
    assert "1 条补录等您批" in page.text(BLOCK)


@both_engines
def test_own_requests_and_those_for_the_own_household_are_for_others(inside: Flask) -> None:
    lay_bare()
    a_make_up(NOON - HOUR, None, OLGA)
    assert waiting(OLGA) == NOTHING
    assert waiting(OTTO).make_ups == 1
    assert waiting(MAI).make_ups == 0, "she is the volunteer"


@both_engines
def test_nothing_of_another_community_waits(inside: Flask) -> None:
    lay_bare()
    arrive(a_post())
    line = a_line(BAO, NOON - timedelta(days=3))
    a_make_up(NOON, timedelta(seconds=1), OTTO, ADA)
    doubt(line)
    assert waiting(TIAN, HOUR, RAIL) == NOTHING
    assert waiting(ADA, HOUR, RIVER, RAIL) == waiting(OLGA)


@both_engines
def test_a_post_is_uncovered_while_nobody_is_there(inside: Flask) -> None:
    shift = a_post()
    assert waiting(OLGA, -timedelta(minutes=1)).uncovered == 0
    assert waiting(OLGA, timedelta()).uncovered == 1
    with clock.standing_at(NOON + timedelta(minutes=10)):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    assert waiting().uncovered == 0
    with clock.standing_at(NOON + HOUR):
        check_out(shift, MAI.id, viewer_of(OLGA))
    assert waiting(OLGA, HOUR + timedelta(minutes=1)).uncovered_gate == shift
    assert waiting(OLGA, 2 * HOUR).uncovered == 0


def test_the_next_may_keep_the_post_before_the_last_leaves(inside: Flask) -> None:
    event = an_event(starts_at=NOON, ends_at=NOON + 6 * HOUR)
    with clock.standing_at(NOON - timedelta(days=1)):
        a_shift(event, starts_at=NOON, title="守门")
        later = a_shift(event, starts_at=NOON + 2 * HOUR, title="守门")
        sign_up(MAI.id, later, MAI.id)
    assert waiting().uncovered == 1
    with clock.standing_at(NOON + timedelta(minutes=50)):
        check_in(later, MAI.id, viewer_of(OLGA), "gate", "test")
    assert waiting().uncovered == 0


@pytest.mark.parametrize(
    ("after", "count"), [(-timedelta(hours=2, minutes=1), 0), (HOUR, 1), (2 * HOUR, 0)]
)
def test_arrivals_wait_while_the_gate_is_open(inside: Flask, after: timedelta, count: int) -> None:
    arrive(a_post())
    assert waiting(OLGA, after).arrivals == count


def test_whoever_came_another_way_waits_no_more(inside: Flask) -> None:
    shift = a_post()
    arrive(shift)
    with clock.standing_at(NOON):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    assert waiting().arrivals == 0


def test_the_desk_takes_eight_statements_however_much_waits(app: Flask, as_: As) -> None:
    olga = as_(OLGA)
    olga.open("/organize")
    with counted(app) as few:
        olga.open("/organize")
    with app.app_context():
        lay_bare()
        begins = clock.now() - timedelta(days=3)
        for number in range(6):
            a_make_up(begins, None, OTTO)
            a_line(BAO, begins + number * HOUR)
    with counted(app) as many:
        assert "件不寻常" in olga.open("/organize").text(BLOCK)
    assert len(few) == len(many) <= 8
