"""Two phones lose the network at one gate; whichever comes back first, the books are the same."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.attendance.gate_of_river import a_gate, at
from tests.attendance.phones import logged, outcomes, scan, send, told, walk_in
from tests.conftest import both_engines
from tests.drills.two_phones import same_every_time
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN
from tests.support.town import NOON, a_shift, seats, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.attendance.models import AttendanceLog
from volboard.attendance.scans import Scan
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.hours.models import HourEntry
from volboard.signups.changes import call_off_shift
from volboard.signups.commands import cancel, sign_up
from volboard.signups.models import Signup
from volboard.signups.places import live_place

NEW = "13912345678"


def test_twenty_five_orders_end_in_the_same_state(inside: Flask) -> None:
    people, minutes = same_every_time(count=24, rounds=25)
    assert Counter(one.state for one in people.values()) == {"present": 12, "left": 6, "undone": 6}
    assert len(minutes) == 18
    assert sum(len(one.breaks) for one in people.values()) == 6


@both_engines
def test_a_press_that_is_sent_again_answers_as_the_first_time(app: Flask) -> None:
    shift = a_gate(app)
    with app.app_context(), at(10):
        first = send(shift, scan("nonce-a1", "in", MAI.id, 1), scan("nonce-a2", "out", MAI.id, 5))
        again = send(shift, scan("nonce-a1", "in", MAI.id, 1), scan("nonce-a2", "out", MAI.id, 5))
        assert outcomes(first) == outcomes(again) == ["done", "done"]
        assert logged() == [("in", ""), ("out", "")]
        assert first[1] == again[1]
        assert first[1].sentence == "麦*芳 已签退 12:05 由欧*兰签退"


@both_engines
def test_two_phones_saw_the_same_person_and_the_first_counts(app: Flask) -> None:
    shift = a_gate(app)
    with app.app_context():
        with at(10):
            late = send(shift, scan("nonce-b1", "in", MAI.id, 3), by=OTTO, device="B")
            assert outcomes(late) == ["done"]
        with at(11):
            early = send(shift, scan("nonce-a1", "in", MAI.id, 1), device="A")
            assert outcomes(early) == ["done"]
            again = send(shift, scan("nonce-c1", "in", MAI.id, 2), device="C")
            assert outcomes(again) == ["again"]
            assert again[0].sentence == "麦*芳 早就签到了 12:01 由欧*兰签到"
        found = told(shift)[MAI.id]
        assert (found.came, found.came_by, found.device) == (at_minute(1), OLGA.id, "A")


@both_engines
def test_a_leaving_that_arrives_before_the_coming_waits_for_it(app: Flask) -> None:
    shift = a_gate(app)
    with app.app_context(), at(60):
        out = send(shift, scan("nonce-b1", "out", MAI.id, 40), by=OTTO, device="B")
        assert (outcomes(out), out[0].sentence) == (["done"], "麦*芳：记下了。")
        assert told(shift)[MAI.id].state == "undone"
        send(shift, scan("nonce-a1", "in", MAI.id, 5))
        found = told(shift)[MAI.id]
        assert (found.state, found.came, found.left) == ("left", at_minute(5), at_minute(40))


@both_engines
def test_both_phones_send_everything_at_the_same_moment(app: Flask) -> None:
    shift = a_gate(app)
    presses = (("A", "in", MAI.id, 1), ("B", "in", MAI.id, 2), ("A", "out", MAI.id, 20),
               ("B", "in", BAO.id, 3), ("A", "in", BAO.id, 4),
               ("B", "back", MAI.id, 30))  # fmt: skip
    kept = [scan(f"nonce-{n}", *press[1:]) for n, press in enumerate(presses)]
    start = Barrier(4)

    def phone(number: int) -> list[str]:
        with app.app_context(), at(60):
            start.wait()
            scans = kept if number % 2 else kept[::-1]
            return outcomes(
                send(shift, *scans, by=(OLGA, OTTO)[number % 2], device="AB"[number % 2])
            )

    with ThreadPoolExecutor(4) as hands:
        answers = [outcome for answer in hands.map(phone, range(4)) for outcome in answer]
    assert set(answers) <= {"done", "again"}
    with app.app_context():
        assert Counter(action for action, _flag in logged()) == {"in": 4, "out": 1, "back": 1}
        found = told(shift)
        assert (found[MAI.id].came, found[BAO.id].came) == (at_minute(1), at_minute(3))
        assert found[MAI.id].breaks == ((at_minute(20), at_minute(30)),)


@both_engines
def test_a_place_that_was_given_back_meanwhile_is_given_again(app: Flask) -> None:
    shift = a_gate(app, MAI, BAO, capacity=2)
    with app.app_context():
        with at(-125):
            place = live_place(shift, MAI.id)
            assert place is not None
            cancel(place.signup_id, viewer_of(MAI))
            send_to_queue(shift)
        with at(130):
            assert outcomes(send(shift, scan("nonce-a1", "in", MAI.id, 3))) == ["done"]
        assert told(shift)[MAI.id].came == at_minute(3)
        assert seats(shift) == (3, 0)
        reasons = db.session.query(Signup.jump_reason).filter_by(volunteer_id=MAI.id)
        assert reasons.order_by(Signup.id.desc()).first() == ("断网时已签到",)


def send_to_queue(shift: int) -> None:
    """Somebody else takes the free seat."""
    sign_up(TIAN.id, shift, TIAN.id)


@both_engines
def test_a_walk_in_is_one_person_however_often_it_is_sent(app: Flask) -> None:
    shift = a_gate(app, MAI, BAO, capacity=2)
    with app.app_context(), at(20):
        first = send(shift, walk_in("nonce-w1", "王大妈", NEW, 3))
        again = send(shift, walk_in("nonce-w1", "王大妈", NEW, 3))
        other = send(shift, walk_in("nonce-w2", "王大妈", NEW, 4), by=OTTO, device="B")
        assert outcomes([*first, *again, *other]) == ["done", "done", "again"]
        assert first[0].volunteer_id == again[0].volunteer_id == other[0].volunteer_id
        assert seats(shift) == (3, 0)
        person = told(shift)[first[0].volunteer_id or 0]
        assert (person.state, person.how) == ("present", "walk_in")


@pytest.mark.parametrize(
    ("action", "person", "words"),
    [
        ("in", OLGA.id, "不能给自己或家人"),
        ("out", OLGA.id, "不能给自己或家人"),
        ("in", TIAN.id, "没有名额"),
        ("in", 999, "没有找到"),
    ],
)
@both_engines
def test_what_a_phone_may_not_press_is_refused_and_not_stored(
    app: Flask, action: str, person: int, words: str
) -> None:
    shift = a_gate(app, MAI, OLGA)
    with app.app_context(), at(10):
        refused, done = send(
            shift, scan("nonce-x1", action, person, 1), scan("nonce-a1", "in", MAI.id, 1)
        )
        assert (refused.outcome, words in refused.sentence) == ("refused", True)
        assert done.outcome == "done"
        assert logged() == [("in", "")]


@both_engines
def test_a_nonce_of_another_shift_says_nothing_of_it(app: Flask) -> None:
    shift = a_gate(app, MAI)
    with app.app_context():
        with at(-60):
            later = a_shift(starts_at=NOON + timedelta(hours=3))
            sign_up(MAI.id, later, MAI.id)
        with at(90):
            send(shift, scan("nonce-a1", "in", MAI.id, 1))
            elsewhere = send(later, scan("nonce-a1", "in", MAI.id, 80))[0]
            assert elsewhere.outcome == "refused"
            assert "麦" not in elsewhere.sentence
            assert logged() == [("in", "")]


@pytest.mark.parametrize(
    ("minute", "skew", "kept", "flag"),
    [
        (5, 0, 5, ""),
        (5, 900, 5, ""),
        (5, 901, 5, "clock_wrong"),
        (5, -7200, 5, "clock_wrong"),
        (5, 7200, 5, "clock_wrong"),
        (-121, 0, -120, "clamped"),
        (-240, -7200, -120, "clock_wrong clamped"),
        (12, 0, 10, "clamped"),
        (130, 7200, 10, "clock_wrong clamped"),
        (40, 0, 10, "clock_wrong clamped"),
    ],
)
def test_a_wrong_clock_is_flagged_and_its_time_cut(
    inside: Flask, minute: float, skew: int, kept: float, flag: str
) -> None:
    shift = a_gate(inside)
    with at(10):
        result = send(shift, scan("nonce-a1", "in", MAI.id, minute, skew))[0]
        assert ("钟不准" in result.sentence) is ("clock_wrong" in flag)
    assert told(shift)[MAI.id].came == at_minute(kept)
    assert logged() == [("in", flag)]
    row = db.session.query(AttendanceLog).one()
    assert (row.nonce, row.received_at, row.clock_skew) == ("nonce-a1", at_minute(10), skew)
    assert row.said_at == at_minute(minute + skew / 60)


def test_a_phone_two_hours_ahead_that_does_not_know_it_tells_no_tale(inside: Flask) -> None:
    shift = a_gate(inside)
    presses = (("in", 1), ("out", 30), ("back", 40))
    kept = [scan(f"nonce-{9 - n}", action, MAI.id, minute + 120)
            for n, (action, minute) in enumerate(presses)]  # fmt: skip
    with at(50):
        send(shift, *kept[::-1])
    found = told(shift)[MAI.id]
    assert (found.state, found.came) == ("present", at_minute(50))
    assert {flag for _action, flag in logged()} == {"clock_wrong clamped"}


@pytest.mark.parametrize(("minute", "flag"), [(119, ""), (124, ""), (121, "")])
def test_who_is_signed_out_after_the_end_is_nothing_odd(
    inside: Flask, minute: float, flag: str
) -> None:
    shift = a_gate(inside)
    with at(130):
        send(shift, scan("nonce-a1", "in", MAI.id, 0), scan("nonce-a2", "out", MAI.id, minute))
    assert told(shift)[MAI.id].left == at_minute(min(minute, 120))
    assert logged()[1] == ("out", flag)


@pytest.mark.parametrize("off", ["early", "called off"])
def test_a_gate_that_never_was_open_takes_nothing(inside: Flask, off: str) -> None:
    shift = a_gate(inside)
    with at(-121 if off == "early" else -1):
        if off == "called off":
            call_off_shift(shift, "下雨", viewer_of(OLGA))
        assert outcomes(send(shift, scan("nonce-a1", "in", MAI.id, 0))) == ["refused"]
    assert logged() == []


@both_engines
def test_after_closing_who_was_credited_keeps_it_and_who_was_not_is_credited_later(
    app: Flask,
) -> None:
    shift = a_gate(app, MAI, BAO)
    with app.app_context():
        with at(0):
            check_in(shift, MAI.id, viewer_of(OLGA), "gate", "desk")
        with at(60):
            check_out(shift, MAI.id, viewer_of(OLGA))
        with at(125):
            assert close_shift(shift, viewer_of(OLGA)).absent == 1
        before = told(shift)[MAI.id]
        with at(140):
            results = send(shift, scan("nonce-a1", "in", MAI.id, -10),
                           scan("nonce-a2", "back", MAI.id, 70),
                           scan("nonce-a3", "in", BAO.id, 30))  # fmt: skip
        assert all("关门以后才收到" in result.sentence for result in results)
        assert [flag for _action, flag in logged()][-3:] == ["after_closing"] * 3
        assert told(shift)[MAI.id] == before
        assert (told(shift)[BAO.id].state, told(shift)[BAO.id].came) == ("present", at_minute(30))
        with at(150):
            assert close_shift(shift, viewer_of(OTTO)).credited == 1
        minutes = dict(db.session.query(HourEntry.volunteer_id, HourEntry.minutes).all())
        assert minutes == {MAI.id: 60, BAO.id: 90}


def at_minute(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


def test_with_the_clock_running_a_scan_of_just_now_is_taken_as_it_is(app: Flask) -> None:
    with app.app_context():
        shift = a_shift(starts_at=clock.now() + timedelta(minutes=30))
        sign_up(MAI.id, shift, MAI.id)
        just_now = clock.now() - timedelta(seconds=5)
        result = send(shift, Scan("nonce-a1", "in", MAI.id, "", "", just_now, 0, "code"))[0]
        assert result.outcome == "done"
        assert told(shift)[MAI.id].came == just_now
        assert logged() == [("in", "")]


@both_engines
def test_the_database_lets_nobody_have_come_and_gone_without_a_seat(app: Flask) -> None:
    shift = a_gate(app)
    facts = "state = 'left', checked_in_at = :at, checked_out_at = :at, checked_in_by = 3"
    come_and_go = text(f"UPDATE attendances SET {facts} WHERE volunteer_id = :person")

    def write(person: int) -> None:
        with transaction():
            values = {"at": "2027-06-09 04:00:00.000000", "person": person}
            db.session.execute(come_and_go, values)

    with app.app_context(), at(60):
        send(shift, scan("nonce-b1", "out", TIAN.id, 40), scan("nonce-b2", "out", MAI.id, 40))
        with pytest.raises(DatabaseError, match="who_comes_has_a_seat_again"):
            write(TIAN.id)
        write(MAI.id)
        assert told(shift)[MAI.id].state == "left"
