"""A ledger with a line or two in it."""

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.support.cast import BAO, MAI, OLGA
from tests.support.town import viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core.db import db
from volboard.hours.models import HourEntry


@pytest.fixture
def two_credits(inside: Flask) -> None:
    """Mai and Bao are credited 120 minutes each, by Olga; lines 1 and 2."""
    shift = a_gate(inside)
    with at(-3):
        for person in (MAI, BAO):
            check_in(shift, person.id, viewer_of(OLGA), "gate", "test")
    with at(130):
        close_shift(shift, viewer_of(OLGA))
    assert [row.id for row in db.session.query(HourEntry).order_by(HourEntry.id)] == [1, 2]


@pytest.fixture
def line(app: Flask) -> int:
    """Line 1: Mai is credited two hours, seen and recorded by Olga."""
    shift = a_gate(app, MAI)
    with app.app_context():
        with at(0):
            check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
        with at(130):
            close_shift(shift, viewer_of(OLGA))
    return 1
