"""Who had a place and did not come is marked when the gate closes, and nobody else is."""

from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.conftest import both_engines
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN
from tests.support.town import viewer_of
from volboard.attendance import queries
from volboard.attendance.closing import Closing, close_shift
from volboard.attendance.commands import check_in, undo
from volboard.attendance.models import Attendance
from volboard.core.db import db
from volboard.signups.commands import cancel
from volboard.signups.places import live_place


@both_engines
def test_a_no_show_is_marked_and_a_slip_taken_back_counts_as_one(inside: Flask) -> None:
    shift = a_gate(inside)
    with at(0):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
        undo(shift, MAI.id, viewer_of(OLGA))
    with at(130):
        assert close_shift(shift, viewer_of(OLGA)) == Closing(0, 2, 0)
    states = db.session.query(Attendance.state).order_by(Attendance.volunteer_id).all()
    assert [state for (state,) in states] == ["absent", "absent"]


@both_engines
def test_a_seat_that_came_too_late_is_not_held_against_anybody(inside: Flask) -> None:
    shift = a_gate(inside, MAI, BAO, OTTO, TIAN, capacity=2)
    mai, bao = (live_place(shift, person.id) for person in (MAI, BAO))
    assert mai is not None
    assert bao is not None
    with at(-121):
        cancel(mai.signup_id, viewer_of(OLGA), "来电话说不来")
    with at(-90):
        cancel(bao.signup_id, viewer_of(OLGA), "来电话说不来")
    with at(130):
        count = queries.count(queries.gate(shift, viewer_of(OLGA)))
        assert (count.missing, count.absent) == (2, 1)
        assert close_shift(shift, viewer_of(OLGA)) == Closing(0, 1, 0)
    assert db.session.query(Attendance.volunteer_id).all() == [(OTTO.id,)]
