"""Every press at the gate can be read afterwards: who, when, how, on which phone."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.attendance.phones import scan, send
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.crowd import a_crowd, seat_all
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import arrive_seen, check_in, check_out, come_back, undo

As = Callable[[Person], Visitor]


def log(as_: As, shift: int, person: Person = OLGA) -> Page:
    return as_(person).open(f"/organize/shifts/{shift}/log")


def test_the_latest_press_stands_first_and_an_undone_one_says_so(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with app.app_context():
        olga, otto = viewer_of(OLGA), viewer_of(OTTO)
        with at(0):
            check_in(shift, MAI.id, olga, "code", "微信 iPhone · a3f91c")
        with at(30):
            check_out(shift, MAI.id, otto, "desk")
            undo(shift, MAI.id, olga)
        with at(40):
            check_out(shift, MAI.id, otto)
            come_back(shift, MAI.id, otto)
    with at(41):
        page = log(as_, shift)
    assert page.texts(".gate-row__who > span:not(.gate-row__note)") == [
        "回来", "签退", "撤销签退", "签退（后来撤销了）", "签到",
    ]  # fmt: skip
    assert page.texts(".gate-row__note")[-1] == "欧*兰按的 · 扫本人的码 · 微信 iPhone · a3f91c"
    assert page.texts(".gate-row__note")[-2] == "奥*明按的 · desk"
    assert page.texts("time")[0].endswith("12:40")


def test_what_a_phone_sent_later_is_told_with_what_was_wrong(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with app.app_context():
        with at(60):
            send(shift, scan("nonce-a1", "in", MAI.id, 3, skew=4000), device="A")
            send(shift, scan("nonce-b1", "in", MAI.id, 5), by=OTTO, device="B")
        with at(125):
            close_shift(shift, viewer_of(OLGA))
        with at(130):
            send(shift, scan("nonce-c1", "out", MAI.id, 70))
    with at(131):
        page = log(as_, shift)
    late, absent, again, wrong = page.texts(".gate-row")
    assert "关门以后才收到。" in late
    assert "鲍*强 关门时记为未到" in absent
    assert "签到（重复，没有算）" in again
    assert "那部手机的钟不准，记作 12:03。" in wrong
    assert "13:00 才收到" in wrong


def test_who_scanned_the_venues_code_and_who_stands_for_it(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with app.app_context(), at(1):
        arrive_seen(shift, MAI.id, MAI.id, OLGA.id, "venue", "phone")
    assert "麦*芳按的，欧*兰在场 · 自己扫现场码" in log(as_, shift).text(".gate-row__note")


def test_many_presses_come_in_pages_at_the_same_cost(app: Flask, as_: As) -> None:
    few = a_gate(app)
    with app.app_context():
        with at(-60):
            shift = a_shift(capacity=60)
            people = a_crowd(60)
            seat_all(people, shift, NOON)
        with at(1):
            check_in(few, MAI.id, viewer_of(OLGA), "gate", "")
            for person in people:
                check_in(shift, person, viewer_of(OLGA), "gate", "")
    olga = as_(OLGA)
    olga.open(f"/organize/shifts/{few}/log")
    with counted(app) as first:
        olga.open(f"/organize/shifts/{few}/log")
    with counted(app) as second:
        page = olga.open(f"/organize/shifts/{shift}/log")
    assert len(first) == len(second) <= 5
    assert len(page.soup.select(".gate-row")) == 50
    older = page.follow("早一些的")
    assert len(older.soup.select(".gate-row")) == 10
    assert len(older.follow("新一些的").soup.select(".gate-row")) == 50


@pytest.mark.parametrize("query", ["?page=0", "?page=-5", "?page=x", "?page=99999999999999999999"])
def test_a_page_that_is_none_is_a_page_all_the_same(app: Flask, as_: As, query: str) -> None:
    shift = a_gate(app)
    page = as_(OLGA).open(f"/organize/shifts/{shift}/log{query}")
    assert (page.status, "还没有记录" in page.text("main")) == (200, True)


def test_the_gate_and_the_result_lead_to_the_log(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO)
    with at(10):
        assert as_(OLGA).open(gate(shift)).follow("签到记录").text("h1") == "签到记录"
    with app.app_context(), at(130):
        close_shift(shift, viewer_of(OLGA))
    with at(131):
        assert as_(OLGA).open(gate(shift)).follow("签到记录").text("h1") == "签到记录"


def test_strangers_read_no_log(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    for person in (MAI, TIAN):
        assert log(as_, shift, person).status == 404
