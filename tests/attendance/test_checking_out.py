"""An organizer signs somebody out, and takes a slip back."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Page, Visitor
from tests.support.cast import MAI, OLGA, OTTO, Person
from volboard.attendance.models import AttendanceLog
from volboard.core.db import db

As = Callable[[Person], Visitor]


@pytest.fixture
def here(app: Flask, as_: As) -> Page:
    """The gate, after Olga checked Mai in at noon."""
    with at(0):
        return as_(OLGA).open(gate(a_gate(app), "?q=0001")).press("签到")


def presses(app: Flask) -> list[str]:
    with app.app_context():
        return [row.action for row in db.session.query(AttendanceLog).order_by(AttendanceLog.id)]


def test_who_leaves_is_signed_out_with_the_time(app: Flask, here: Page) -> None:
    with at(61):
        page = here.press("签退")
    assert page.text(".verdict") == (
        "麦*芳 已签退 13:01 由欧*兰签退 · 岗位没有人了，请叫人来接，或请他回来。"
    )
    assert page.texts(".tile") == ["2 应到", "1 已到", "0 在场"]
    assert presses(app) == ["in", "out"]


def test_signing_out_twice_keeps_the_first_time(app: Flask, here: Page) -> None:
    with at(61):
        here.press("签退")
    with at(63):
        assert "13:01" in here.press("签退").text(".verdict")
    assert presses(app) == ["in", "out"]


def test_people_can_still_be_signed_out_after_the_end(here: Page) -> None:
    with at(130):
        page = here.visitor.open(here.url.split("?")[0] + "?q=0001")
        assert page.texts("#gate-banner > .notice[data-kind=warn]") == [
            "时间到了，不能再签到。请给还在场的人签退，然后关门。"
        ]
        assert "已签退" in page.press("签退").text(".verdict")


def test_who_left_is_not_checked_in_again(here: Page, as_: As) -> None:
    stale = here.url.split("?")[0] + "?q=0001"
    with at(5):
        here.press("签退")
        page = here.visitor.open(stale)
        token = str(page.form("撤销签退").select_one("[name=csrf_token]")["value"])  # type: ignore[index]
        url = stale.split("/gate")[0] + f"/people/{MAI.id}/check-in"
        answer = here.visitor.post(url, {"csrf_token": token})
    assert answer.status == 409
    assert "已经签退了" in answer.text(".verdict")


def test_who_never_came_is_not_signed_out(here: Page) -> None:
    token = str(here.form("签退").select_one("[name=csrf_token]")["value"])  # type: ignore[index]
    with at(5):
        url = here.url.split("/gate")[0] + "/people/2/"
        for verb in ("check-out", "undo"):
            answer = here.visitor.post(url + verb, {"csrf_token": token}, htmx=True)
            assert (answer.status, answer.text(".verdict")) == (409, "这个人还没有签到。")


def test_a_check_in_is_taken_back_and_made_again(app: Flask, here: Page) -> None:
    with at(9):
        page = here.press("撤销签到")
        assert page.text(".verdict") == "麦*芳：撤销了 还没有签到"
        assert page.texts(".tile") == ["2 应到", "0 已到", "0 在场"]
        again = page.press("签到")
    assert "12:09" in again.text(".verdict")
    assert presses(app) == ["in", "undo_in", "in"]


def test_a_check_out_is_taken_back_and_the_check_in_stays(app: Flask, here: Page) -> None:
    with at(60):
        page = here.press("签退").press("撤销签退")
    assert page.text(".verdict") == "麦*芳：撤销了 12:00 由欧*兰签到"
    assert page.texts(".tile") == ["2 应到", "1 已到", "1 在场"]
    assert presses(app) == ["in", "out", "undo_out"]


def test_after_ten_minutes_nothing_is_taken_back(app: Flask, here: Page) -> None:
    with at(10):
        assert here.visitor.open(here.url).form("撤销签到")
    with at(10.1):
        assert "撤销签到" not in here.visitor.open(here.url).text("#gate-answer")
        answer = here.press("撤销签到")
    assert (answer.status, "超过十分钟" in answer.text(".verdict")) == (409, True)
    assert presses(app) == ["in"]


def test_the_other_organizer_may_take_it_back_from_the_last_presses(here: Page, as_: As) -> None:
    with at(4):
        page = as_(OTTO).open(here.url.split("?")[0]).press("撤销签到", within="#gate-after")
    assert "撤销了" in page.text(".verdict")


def test_the_last_presses_are_those_of_ten_minutes(here: Page) -> None:
    with at(11):
        assert not here.visitor.open(here.url.split("?")[0]).soup.select("#gate-after .gate-row")


def test_the_count_alone_can_be_asked_for(here: Page) -> None:
    url = here.url.split("?")[0]
    with at(2):
        piece = here.visitor.open(f"{url}/count", htmx=True)
        assert piece.texts(".tile") == ["2 应到", "1 已到", "1 在场"]
        assert not piece.soup.select("html, form")
        assert here.visitor.open(f"{url}/count").text("h1")
