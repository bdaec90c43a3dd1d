"""A server's clock that is set back drops no press: one made online never counts as before the
one that it follows."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.attendance.gate_of_river import a_gate, at
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.town import NOON, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out, come_back, undo
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.attendance.rules import NEXT, Press, in_turn, standing
from volboard.attendance.scans import Scan, take_scan
from volboard.core.db import db
from volboard.hours.queries import ledger

As = Callable[[Person], Visitor]


def flags() -> list[str]:
    return [flag for (flag,) in db.session.query(AttendanceLog.flag).order_by(AttendanceLog.id)]


@both_engines
def test_a_check_out_after_the_clock_went_back_counts(inside: Flask, engine: str) -> None:
    """As it was seen: the check-out was dropped, and the whole shift credited."""
    shift = a_gate(inside, MAI)
    with at(30):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with at(10):
        check_out(shift, MAI.id, viewer_of(OLGA))
    row = db.session.query(Attendance).one()
    assert row.state == "left"
    assert row.checked_out_at is not None
    assert row.checked_in_at is not None
    assert row.checked_out_at >= row.checked_in_at
    assert flags() == ["", "clock_back"]
    with at(130):
        assert close_shift(shift, viewer_of(OTTO)).credited == 0
    assert ledger(MAI.id).total == 0


@both_engines
def test_every_press_after_it_counts_in_its_turn(inside: Flask, engine: str) -> None:
    shift = a_gate(inside, MAI)
    with at(60):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with at(20):
        check_out(shift, MAI.id, viewer_of(OLGA))
        come_back(shift, MAI.id, viewer_of(OLGA))
        assert undo(shift, MAI.id, viewer_of(OLGA)) == "back"
        come_back(shift, MAI.id, viewer_of(OLGA))
    with at(90):
        check_out(shift, MAI.id, viewer_of(OLGA))
    row = db.session.query(Attendance).one()
    assert (row.state, row.checked_in_at, row.checked_out_at) == (
        "left", NOON + timedelta(minutes=60), NOON + timedelta(minutes=90),
    )  # fmt: skip
    assert flags() == ["", *["clock_back"] * 4, ""]


@both_engines
def test_what_an_offline_phone_sends_meanwhile_counts_too(inside: Flask, engine: str) -> None:
    shift = a_gate(inside, MAI)
    with at(60):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    left = NOON + timedelta(minutes=61)
    with at(10):
        scan = Scan("n" * 22, "out", MAI.id, "", "", left, 0, "gate")
        assert take_scan(shift, scan, viewer_of(OLGA)).outcome == "done"
    assert db.session.query(Attendance).one().state == "left"
    assert "clock_back" in flags()[1]


def test_a_right_clock_leaves_every_time_as_it_is(inside: Flask) -> None:
    shift = a_gate(inside, MAI, BAO)
    for person, minute in ((MAI, 30), (BAO, 10)):
        with at(minute):
            check_in(shift, person.id, viewer_of(OLGA), "gate", "test")
            check_out(shift, person.id, viewer_of(OLGA))
    assert flags() == [""] * 4
    times = {row.at for row in db.session.query(AttendanceLog)}
    assert times == {NOON + timedelta(minutes=minute) for minute in (10, 30)}


def test_the_log_says_it(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI)
    with app.app_context():
        with at(30):
            check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
        with at(10):
            check_out(shift, MAI.id, viewer_of(OLGA))
    with at(40):
        page = as_(OLGA).open(f"/organize/shifts/{shift}/log")
    assert "服务器的钟倒回去了" in page.whole_text


MINUTE = st.integers(0, 120).map(lambda minute: NOON + timedelta(minutes=minute))
OFFLINE = st.builds(
    lambda at, meant, nonce: Press("in", at, 3, nonce=nonce, meant_at=meant),
    MINUTE, MINUTE, st.sampled_from("abc"),
)  # fmt: skip


@given(st.lists(OFFLINE, max_size=4), st.lists(MINUTE, max_size=8))
def test_online_presses_count_in_the_order_in_which_they_were_made(
    sent: list[Press], clocks: list[datetime]
) -> None:
    story: list[Press] = list(sent)
    for number, moment in enumerate(clocks):
        last = standing(story).story
        action = NEXT[last[-1].action if last else ""]
        told = in_turn(moment, story)
        assert told >= max([moment, *(one.at for one in story)])
        story.append(Press(action, told, 3, id=100 + number))
        assert standing(story).story[-1] == story[-1]


@pytest.mark.parametrize(("minutes", "shown"), [(5, 5), (0, 0), (-5, 0)])
def test_a_press_is_put_at_the_latest_one_where_its_clock_shows_less(
    minutes: int, shown: int
) -> None:
    told = in_turn(NOON + timedelta(minutes=minutes), [Press("in", NOON, 3, id=1)])
    assert told == NOON + timedelta(minutes=shown)
