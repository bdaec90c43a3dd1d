"""Lines of a release without chains are put into chains that verify."""

from datetime import timedelta

import flask_migrate
from flask import Flask
from sqlalchemy import text

from tests.attendance.gate_of_river import a_gate, at
from tests.conftest import both_engines
from tests.support.cast import BAO, MAI, OLGA, OTTO
from tests.support.town import NOON, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core.db import db
from volboard.hours.commands import correct
from volboard.hours.queries import ledger
from volboard.hours.verifying import Book, faults


@both_engines
def test_what_was_there_is_chained_in_its_order_and_grows_on(inside: Flask) -> None:
    shift = a_gate(inside)
    with at(0):
        for person in (MAI, BAO):
            check_in(shift, person.id, viewer_of(OLGA), "gate", "test")
    with at(130):
        close_shift(shift, viewer_of(OLGA))
        line = correct(1, NOON, NOON + timedelta(hours=1), "走得早", viewer_of(OTTO))
    db.session.remove()
    flask_migrate.downgrade(revision="0008")
    db.session.rollback()
    reasons = db.session.execute(text("SELECT reason FROM hour_entries ORDER BY id")).scalars()
    assert list(reasons) == ["", "", "走得早", "走得早"]
    db.session.remove()
    flask_migrate.upgrade()
    book = Book()
    assert list(faults(book)) == []
    assert book.lines == 4
    with at(140):
        correct(line, NOON, NOON + timedelta(minutes=50), "还要早", viewer_of(OTTO))
    assert list(faults(Book())) == []
    assert (ledger(MAI.id).total, ledger(BAO.id).total) == (50, 120)
    assert [one.reason for one in ledger(MAI.id).lines][:1] == ["还要早"]
