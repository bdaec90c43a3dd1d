"""Somebody scans what an organizer shows: the person pressed, and the organizer stands for it."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.attendance.phones import told
from tests.conftest import both_engines
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, TIAN
from tests.support.town import NOON, viewer_of
from volboard.accounts.commands import add_family, quick_account
from volboard.accounts.queries import account
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import arrive_seen, check_in
from volboard.attendance.errors import GateOver, NotSeated, OwnAttendance, TooEarly
from volboard.attendance.models import AttendanceLog
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.hours.confirming import confirm_all
from volboard.hours.models import HourEntry
from volboard.signups.commands import sign_up

pytestmark = both_engines


def minute(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def arrive(shift: int, person: int, by: int, seen_by: int, at: datetime | None = None) -> bool:
    """Scan the venue's code for somebody; whether they were here before."""
    return arrive_seen(shift, person, by, seen_by, "venue", "phone", at).again


def test_both_are_on_record_and_the_organizer_in_the_ledger(app: Flask) -> None:
    shift = a_gate(app)
    with app.app_context():
        with at(5):
            assert not arrive(shift, MAI.id, MAI.id, OLGA.id)
            assert arrive(shift, MAI.id, MAI.id, OTTO.id)
        row = db.session.query(AttendanceLog).one()
        assert (row.by, row.seen_by, row.how, row.device) == (MAI.id, OLGA.id, "venue", "phone")
        assert told(shift)[MAI.id][:3] == ("present", minute(5), OLGA.id)
        with at(125):
            assert close_shift(shift, viewer_of(OTTO)).waiting == 1, "both signs are Mai's own"
            assert confirm_all(shift, [1], viewer_of(OTTO)) == 1
        line = db.session.query(HourEntry).one()
        assert (line.minutes, line.seen_by, line.how) == (115, OLGA.id, "venue")


def test_family_comes_in_by_the_households_own_account(app: Flask) -> None:
    shift = a_gate(app)
    with app.app_context():
        with at(-60):
            mother = add_family(MAI.id, "陈桂香", "妈妈")
            sign_up(mother, shift, MAI.id)
        with at(5):
            assert not arrive(shift, mother, MAI.id, OLGA.id)
            with pytest.raises(NotFound):
                arrive(shift, BAO.id, MAI.id, OLGA.id)


def test_whoever_has_no_power_there_stands_for_nobody(app: Flask) -> None:
    shift = a_gate(app, MAI, OLGA)
    with app.app_context(), at(5):
        for no_organizer in (TIAN.id, BAO.id, MAI.id, 999):
            with pytest.raises(NotFound):
                arrive(shift, MAI.id, MAI.id, no_organizer)
        with pytest.raises(OwnAttendance):
            arrive(shift, OLGA.id, OLGA.id, OLGA.id)
        assert told(shift) == {}
        assert not arrive(shift, MAI.id, MAI.id, ADA.id)
        assert not arrive(shift, OLGA.id, OLGA.id, OTTO.id)


def test_the_gates_other_rules_hold(app: Flask) -> None:
    shift = a_gate(app)
    with app.app_context():
        with at(5), pytest.raises(NotSeated):
            arrive(shift, OTTO.id, OTTO.id, OLGA.id)
        with at(-121), pytest.raises(TooEarly):
            arrive(shift, MAI.id, MAI.id, OLGA.id)
        with at(121), pytest.raises(GateOver):
            arrive(shift, MAI.id, MAI.id, OLGA.id)
        assert told(shift) == {}


@pytest.mark.parametrize(("said", "kept"), [(3, 3), (30, 20), (-200, -120), (20, 20)])
def test_an_arrival_of_before_is_kept_within_the_gates_time(
    app: Flask, said: float, kept: float
) -> None:
    shift = a_gate(app)
    with app.app_context(), at(20):
        arrive(shift, MAI.id, MAI.id, OLGA.id, minute(said))
        check_in(shift, BAO.id, viewer_of(OLGA), "paper_code", "phone", minute(said))
        found = told(shift)
        assert found[MAI.id].came == found[BAO.id].came == minute(kept)


def test_scanning_makes_no_account_a_verified_one(app: Flask) -> None:
    shift = a_gate(app)
    with app.app_context():
        with at(-60):
            quick = quick_account("王大妈", "13912345678")
            sign_up(quick.volunteer_id, shift, quick.account_id)
        with at(5):
            arrive(shift, quick.volunteer_id, quick.account_id, OLGA.id)
        found = account(quick.account_id)
        assert found is not None
        assert found.verified_at is None
