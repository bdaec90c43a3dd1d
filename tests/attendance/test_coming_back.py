"""Somebody leaves, comes back, and the time between earns nothing."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.attendance.phones import told
from tests.conftest import both_engines
from tests.support.browser import Page, Visitor
from tests.support.cast import MAI, OLGA, OTTO, TIAN, Person
from tests.support.town import a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out, come_back, undo
from volboard.attendance.errors import GateOver, NotHere, OwnAttendance
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.hours.models import HourEntry
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]


@pytest.fixture
def gone(app: Flask, as_: As) -> Page:
    """The gate, after Mai came at noon and left at half past."""
    shift = a_gate(app)
    with at(0):
        page = as_(OLGA).open(gate(shift, "?q=0001")).press("签到")
    with at(30):
        return page.press("签退")


@pytest.mark.parametrize("htmx", [False, True])
def test_one_press_and_the_person_is_here_again(app: Flask, gone: Page, htmx: bool) -> None:
    with at(40):
        page = gone.press("回来了", htmx=htmx)
        assert page.text(".verdict") == "麦*芳 回来了 12:40 回来"
        assert page.texts(".tile") == ["2 应到", "1 已到", "1 在场"]
        assert page.text("#gate-after .gate-row__name") == "麦*芳"


def test_a_coming_back_is_taken_back_and_then_the_leaving(gone: Page) -> None:
    with at(40):
        page = gone.press("回来了").press("撤销回来")
        assert page.text(".verdict") == "麦*芳：撤销了 12:30 由欧*兰签退"
        page = page.press("撤销签退")
    assert page.text(".verdict") == "麦*芳：撤销了 12:00 由欧*兰签到"


def test_after_the_end_nobody_comes_back(gone: Page) -> None:
    with at(121):
        again = gone.visitor.open(gone.url)
        assert "回来了" not in again.text("#gate-answer")
        answer = gone.press("回来了")
    assert (answer.status, "已经结束" in answer.text(".verdict")) == (409, True)


def test_who_left_and_is_scanned_again_is_offered_the_way_back(gone: Page) -> None:
    url = gone.url.split("/gate")[0] + f"/people/{MAI.id}/check-in"
    with at(35):
        token = str(gone.form("回来了").select_one("[name=csrf_token]")["value"])  # type: ignore[index]
        answer = gone.visitor.post(url, {"csrf_token": token})
        assert "请按“回来了”" in answer.text(".verdict")
        assert "回来了 12:35" in answer.press("回来了").text(".verdict")


@both_engines
def test_a_press_twice_changes_nothing(app: Flask) -> None:
    shift = a_gate(app)
    with app.app_context():
        olga = viewer_of(OLGA)
        for minute, press in ((0, None), (30, check_out), (40, come_back), (41, come_back)):
            with at(minute):
                if press is None:
                    check_in(shift, MAI.id, olga, "gate", "test")
                else:
                    press(shift, MAI.id, olga)
        found = told(shift)[MAI.id]
        assert found.breaks == ((minute_of(30), minute_of(40)),)


@both_engines
def test_who_may_not_or_cannot_come_back(app: Flask) -> None:
    shift = a_gate(app, MAI, OLGA)
    with app.app_context(), at(0):
        with pytest.raises(NotHere):
            come_back(shift, MAI.id, viewer_of(OLGA))
        with pytest.raises(NotFound):
            come_back(shift, MAI.id, viewer_of(TIAN))
        check_in(shift, OLGA.id, viewer_of(OTTO), "gate", "test")
        check_out(shift, OLGA.id, viewer_of(OTTO))
        with pytest.raises(OwnAttendance):
            come_back(shift, OLGA.id, viewer_of(OLGA))
    with app.app_context(), at(121), pytest.raises(GateOver):
        come_back(shift, OLGA.id, viewer_of(OTTO))


@both_engines
def test_closing_credits_the_time_without_the_breaks(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with app.app_context():
        olga = viewer_of(OLGA)
        with at(-10):
            check_in(shift, MAI.id, olga, "gate", "test")
        for left, back in ((-5, 10), (30, 40.5), (100, 110)):
            with at(left):
                check_out(shift, MAI.id, olga)
            with at(back):
                come_back(shift, MAI.id, olga)
        with at(130):
            close_shift(shift, olga)
        minutes, away, rule = db.session.query(
            HourEntry.minutes, HourEntry.away_seconds, HourEntry.rule
        ).one()
        assert (minutes, away, rule) == (120 - 31, 60 * 30 + 30, "forgotten_sign_out")
    with at(131):
        row = as_(OLGA).open(gate(shift)).text(".gate-row__note")
    assert "中间离开 11:55–12:10，12:30–12:40，13:40–13:50" in row


@both_engines
def test_an_undone_coming_back_leaves_no_break(app: Flask) -> None:
    shift = a_gate(app)
    with app.app_context(), at(0):
        olga = viewer_of(OLGA)
        check_in(shift, MAI.id, olga, "gate", "test")
        for press in (check_out, come_back, undo):
            press(shift, MAI.id, olga)
        found = told(shift)[MAI.id]
        assert (found.state, found.breaks) == ("left", ())


def test_with_the_clock_running(app: Flask) -> None:
    with app.app_context():
        shift, olga = a_shift(starts_at=clock.now()), viewer_of(OLGA)
        sign_up(MAI.id, shift, MAI.id)
        check_in(shift, MAI.id, olga, "gate", "test")
        check_out(shift, MAI.id, olga)
        come_back(shift, MAI.id, olga)
        found = told(shift)[MAI.id]
        assert found.state == "present"
        assert found.breaks[0][0] < found.breaks[0][1] <= clock.now()


def minute_of(minute: float) -> object:
    """The instant so many minutes after noon."""
    with at(minute):
        return clock.now()
