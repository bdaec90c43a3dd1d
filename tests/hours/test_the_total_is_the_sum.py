"""Whatever is credited and corrected in whatever order, a total is the sum of the lines."""

from datetime import timedelta

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.attendance.gate_of_river import a_gate, at
from tests.support.cast import BAO, MAI, OLGA, OTTO
from tests.support.totals import total_minutes
from tests.support.town import NOON, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.core.db import db, transaction
from volboard.core.errors import Refusal
from volboard.hours.commands import correct
from volboard.hours.queries import ledger

CORRECTION = st.tuples(
    st.integers(0, 8), st.integers(0, 120), st.integers(0, 120), st.sampled_from((OLGA, OTTO))
)


@settings(max_examples=15, deadline=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(st.lists(CORRECTION, max_size=12))
def test_after_any_corrections(inside: Flask, steps: list[tuple[int, int, int, object]]) -> None:
    shift = a_gate(inside)
    with at(0):
        for person in (MAI, BAO):
            check_in(shift, person.id, viewer_of(OLGA), "gate", "test")
    with at(120):
        for person in (MAI, BAO):  # by another: what rests on one organizer alone waits after 12 h
            check_out(shift, person.id, viewer_of(OTTO), "test")
    with at(130):
        close_shift(shift, viewer_of(OLGA))
    mine = "SELECT id FROM hour_entries WHERE shift_id = :shift ORDER BY id"
    with at(200):
        for index, came, left, by in steps:
            ids = db.session.scalars(text(mine), {"shift": shift}).all()
            try:
                correct(ids[index % len(ids)], NOON + timedelta(minutes=came),
                        NOON + timedelta(minutes=left), "因为", viewer_of(by))  # type: ignore[arg-type]  # fmt: skip
            except Refusal:
                db.session.rollback()
    for person in (MAI, BAO):
        check(person.id, shift)
    with transaction():  # the next example finds nobody busy at noon
        db.session.execute(text("DELETE FROM signups"))


def check(volunteer: int, shift: int) -> None:
    """The total is the sum of the lines; what stands of one attendance is within the shift."""
    rows = "SELECT minutes, shift_id FROM hour_entries WHERE volunteer_id = :volunteer"
    lines = db.session.execute(text(rows), {"volunteer": volunteer}).all()
    total = sum(minutes for minutes, _shift in lines)
    assert total_minutes(volunteer) == ledger(volunteer).total == total
    assert 0 <= sum(minutes for minutes, its in lines if its == shift) <= 120
