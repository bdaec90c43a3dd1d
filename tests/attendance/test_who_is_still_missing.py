"""An organizer at the gate sees who has not come, and calls them."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.crowd import a_crowd, seat_all
from tests.support.statements import counted
from tests.support.town import NOON, viewer_of
from volboard.accounts.models import PhoneView
from volboard.attendance.commands import check_in
from volboard.core.db import db

As = Callable[[Person], Visitor]


def missing(shift: int) -> str:
    return f"/organize/shifts/{shift}/missing"


def test_only_those_with_a_seat_who_have_not_come_are_listed(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, OTTO, TIAN, capacity=3)
    with app.app_context(), at(0):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with at(5):
        page = as_(OLGA).open(gate(shift)).follow("谁还没到")
    assert page.texts(".gate-row__name") == ["奥*明", "鲍*强"]
    assert "还有 2 人没到" in page.text("main")
    assert BAO.phone not in page.text("main")


def test_a_call_shows_the_number_and_is_written_down(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO)
    with at(5):
        page = as_(OLGA).open(missing(shift)).press("打电话")
        assert page.soup.select_one(f'a[href="tel:{BAO.phone}"]')
        assert page.soup.select(f'a[href="{missing(shift)}"]'), "back to the list"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PhoneView)) == 1


def test_who_arrives_meanwhile_is_checked_in_from_the_list(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO)
    with at(5):
        page = as_(OLGA).open(missing(shift)).press("签到")
        assert "鲍*强 已签到" in page.text(".verdict")
        assert "有名额的人都到了" in as_(OLGA).open(missing(shift)).text("main")
        assert not as_(OLGA).open(gate(shift)).soup.select(f'a[href="{missing(shift)}"]')


def test_two_hundred_cost_as_many_statements_as_two(app: Flask, as_: As) -> None:
    small = a_gate(app)
    with app.app_context(), at(-60):
        big = a_gate(app, TIAN, capacity=300)
        seat_all(a_crowd(200), big, NOON)
    olga = as_(OLGA)
    with at(5):
        olga.open(missing(small))
        with counted(app) as few:
            olga.open(missing(small))
        with counted(app) as many:
            page = olga.open(missing(big))
    assert len(page.soup.select(".gate-row")) == 100
    assert "先列出前面的" in page.text("main")
    assert len(many) == len(few) <= 6, many


def test_the_banner_comes_and_goes_with_the_clock(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI)
    olga = as_(OLGA)
    with at(-180):
        assert "还没到签到的时候" in olga.open(gate(shift)).text("#gate-banner")
    with at(-5):
        piece = olga.open(gate(shift) + "/count", htmx=True)
        assert piece.soup.select_one("#gate-banner[hx-swap-oob]") is not None
        assert piece.text("#gate-banner") == ""
        pressed = olga.open(gate(shift, "?q=0001")).press("签到", htmx=True)
        assert pressed.text("#gate-banner") == ""
    with at(190):
        assert "时间到了" in olga.open(gate(shift) + "/count", htmx=True).text("#gate-banner")


def test_a_ready_reason_gives_the_seat_with_one_tap(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, capacity=1)
    with at(5):
        page = as_(OLGA).open(gate(shift, "?q=0002"))
        page = page.press("有人没来，空出来了")
        assert "鲍*强 已签到" in page.text(".verdict")
    with app.app_context():
        reason = "SELECT jump_reason FROM signups WHERE volunteer_id = 2"
        assert db.session.execute(db.text(reason)).scalar_one() == "有人没来，空出来了"


def test_a_typed_reason_goes_before_a_ready_one(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, capacity=1)
    with at(5):
        page = as_(OLGA).open(gate(shift, "?q=0002"))
        form = page.form("有人没来，空出来了")
        both = {"reason": ["领队点名", "有人没来，空出来了"]}
        token = form.select_one("[name=csrf_token]")
        assert token is not None
        page.visitor.post(str(form["action"]), both | {"csrf_token": str(token["value"])})
    with app.app_context():
        reason = "SELECT jump_reason FROM signups WHERE volunteer_id = 2"
        assert db.session.execute(db.text(reason)).scalar_one() == "领队点名"
