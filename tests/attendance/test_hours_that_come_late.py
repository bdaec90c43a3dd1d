"""One organizer alone adds nobody to a shift that is closed: not by a phone that comes back."""

from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.attendance.phones import logged, scan, send, told, walk_in
from tests.conftest import both_engines
from tests.support.cast import BAO, MAI, OLGA, OTTO
from tests.support.town import viewer_of
from volboard.attendance.closing import Closing, close_shift
from volboard.attendance.wording import closed
from volboard.core.db import db
from volboard.hours.confirming import confirm_all
from volboard.hours.models import HourEntry

END = 120
NEW = "13912345678"


def lines() -> int:
    return db.session.query(HourEntry).count()


@both_engines
def test_whom_a_phone_brings_after_the_closing_another_organizer_credits(app: Flask) -> None:
    shift = a_gate(app, MAI)
    with app.app_context():
        with at(END + 5):
            close_shift(shift, viewer_of(OLGA))
        with at(END + 10):
            send(shift, scan("nonce-a1", "in", MAI.id, 0), walk_in("nonce-a2", "新人", NEW, 0))
            assert close_shift(shift, viewer_of(OLGA)) == Closing(0, 0, left_for_another=2)
            assert lines() == 0
            assert close_shift(shift, viewer_of(OTTO)) == Closing(1, 0, 0, waiting=1)
            assert lines() == 1
            assert confirm_all(shift, [1], viewer_of(OTTO)) == 1
        assert lines() == 2


@both_engines
def test_leaving_and_coming_again_under_another_name_helps_nobody(app: Flask) -> None:
    """Who had been taken back before the closing is brought again by the same account."""
    shift = a_gate(app, MAI)
    with app.app_context():
        with at(0):
            send(shift, scan("nonce-a1", "in", MAI.id, 0), scan("nonce-a2", "undo_in", MAI.id, 0))
        with at(END + 5):
            close_shift(shift, viewer_of(OLGA))
            send(shift, scan("nonce-a3", "in", MAI.id, 0), scan("nonce-a4", "undo_in", MAI.id, 0),
                 scan("nonce-a5", "in", MAI.id, 0))  # fmt: skip
            assert close_shift(shift, viewer_of(OLGA)).credited == 0
        assert lines() == 0


@both_engines
def test_two_days_after_the_end_a_phone_brings_nobody(app: Flask) -> None:
    shift = a_gate(app, MAI, BAO)
    with app.app_context():
        with at(END + 48 * 60):
            assert send(shift, scan("nonce-a1", "in", MAI.id, 0))[0].outcome == "done"
        with at(END + 48 * 60 + 1):
            late = send(shift, scan("nonce-a2", "in", BAO.id, 0),
                        walk_in("nonce-a3", "新人", NEW, 0))  # fmt: skip
            again = send(shift, scan("nonce-a1", "in", MAI.id, 0))[0]
        assert [one.outcome for one in late] == ["refused", "refused"]
        assert all("补录" in one.sentence for one in late)
        assert again.outcome == "done"
        assert told(shift).keys() == {MAI.id}
        assert len(logged()) == 1


def test_closing_says_why_some_are_left_for_another(app: Flask) -> None:
    with app.test_request_context():
        assert "关门以后" in closed(Closing(0, 0, left_for_another=2), 2)
