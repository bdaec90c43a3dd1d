"""A line is bettered by whoever had no hand in it, whatever else they had a hand in."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import at
from tests.conftest import both_engines
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.totals import total_minutes
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.hours.commands import correct
from volboard.hours.errors import NeedsAnother
from volboard.hours.queries import ledger
from volboard.signups.commands import sign_up


def served(person: Person, by: Person) -> int:
    """An hour of a two-hour shift, let in, out and closed by one organizer; the line's id."""
    with at(-60):
        shift = a_shift(capacity=9)
        sign_up(person.id, shift, person.id)
    with at(0):
        check_in(shift, person.id, viewer_of(by), "gate", "test")
    with at(60):
        check_out(shift, person.id, viewer_of(by))
    with at(130):
        close_shift(shift, viewer_of(by))
    return ledger(person.id).lines[0].id


@both_engines
def test_who_closed_another_gate_may_better_this_line(inside: Flask) -> None:
    mine, others = served(MAI, OLGA), served(BAO, OTTO)
    two_hours = (NOON, NOON + timedelta(hours=2))
    for line, by in ((mine, OLGA), (others, OTTO)):
        with pytest.raises(NeedsAnother):
            correct(line, *two_hours, "看错了", viewer_of(by))
    for line, by in ((mine, OTTO), (others, OLGA)):
        correct(line, *two_hours, "看错了", viewer_of(by))
    assert (total_minutes(MAI.id), total_minutes(BAO.id)) == (120, 120)
