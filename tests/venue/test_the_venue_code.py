"""A household scans what the organizer's screen shows, and checks itself in."""

from collections.abc import Callable

from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, OTTO, Person
from tests.support.statements import counted
from tests.venue.at_the_door import (
    family_of,
    on_screen,
    scan,
    sent,
    stored,
    who_came,
)
from volboard.attendance.models import AttendanceLog
from volboard.core.db import db

As = Callable[[Person], Visitor]


def test_one_scan_and_one_press(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-5):
        page = scan(as_(MAI), shift)
        assert page.text("h1") == "端午包粽子 · 包粽子"
        done = page.press("麦小芳 签到")
    assert done.status == 200
    assert done.text(".people .seal") == "已签到 11:55"
    assert who_came(app) == [(MAI.id, "present", "venue", OLGA.id)]
    with app.app_context():
        log = db.session.query(AttendanceLog).one()
        assert (log.action, log.by, log.seen_by, log.how) == ("in", MAI.id, OLGA.id, "venue")
        assert log.device


def test_opening_writes_nothing(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-5):
        mai, url = as_(MAI), on_screen(shift)
        ticket = mai.open(url).url
        for address in (url, ticket):
            mai.client.head(address)
            mai.open(address, htmx=True)
    assert stored(app) == (0, 0, 0)


def test_the_whole_family_with_one_press_and_twice(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    people = family_of(app, MAI, "陈桂香", "王国栋", seats=shift)
    with at(-3):
        page = scan(as_(MAI), shift)
        assert page.press("全家 3 人一起签到").texts(".seal") == ["已签到 11:57"] * 3
    with at(1):
        again = page.press("全家 3 人一起签到")
        assert again.texts(".seal") == ["已签到 11:57"] * 3
    assert [row[0] for row in who_came(app)] == [MAI.id, *people]
    assert stored(app) == (3, 3, 0)


def test_one_without_a_seat_takes_the_family_along_into_nothing(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    mother, father = family_of(app, MAI, "陈桂香", "王国栋", seats=shift)
    with app.app_context(), at(-200):
        db.session.execute(db.text(f"UPDATE signups SET state='cancelled', ended_at='2027-06-09' "
                                   f"WHERE volunteer_id={father}"))  # fmt: skip
        db.session.commit()
    with at(0):
        mai = as_(MAI)
        form = sent(scan(mai, shift))
        people = [str(MAI.id), str(mother), str(father)]
        assert mai.post("/arrive/check-in", form | {"volunteer": people}).status == 409
    assert stored(app) == (0, 0, 0)


def test_by_the_same_code_people_leave_and_come_back(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        scan(as_(MAI), shift).press("签到")
    with at(30):
        left = scan(as_(MAI), shift).press("我走了")
        assert left.text(".seal") == "已签退 12:30"
        assert left.visitor.open(left.url).press("我回来了").text(".seal") == "已签到 12:00"
    with at(130):
        out = scan(as_(MAI), shift)
        assert not out.soup.select('form[action="/arrive/check-in"]')
        assert out.press("我走了").text(".seal") == "已签退 14:10"
    assert who_came(app) == [(MAI.id, "left", "venue", OLGA.id)]
    with app.app_context():
        log = db.session.query(AttendanceLog).order_by(AttendanceLog.id).all()
        assert [row.action for row in log] == ["in", "out", "back", "out"]
        assert {(row.by, row.seen_by) for row in log} == {(MAI.id, OLGA.id)}


def test_whom_the_gate_checked_in_reads_since_when(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-10):
        as_(OTTO).open(gate(shift, "?q=0001")).press("签到")
    with at(0):
        page = scan(as_(MAI), shift)
        assert page.text(".seal") == "已签到 11:50"
        page.press("我走了")
    assert who_came(app) == [(MAI.id, "left", "gate", OTTO.id)]


def test_the_screen_shows_a_new_code_each_time_and_who_came(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        olga = as_(OLGA)
        first = olga.open(f"/organize/shifts/{shift}/venue-code")
        scan(as_(MAI), shift).press("签到")
    with at(0.5):
        piece = olga.open(f"/organize/shifts/{shift}/venue-code", htmx=True)
    assert not piece.soup.select("html")
    assert str(first.soup.select_one(".code-sheet svg")) != str(
        piece.soup.select_one(".code-sheet svg")
    )
    assert piece.texts(".tile") == ["2 应到", "1 已到", "1 在场"]
    assert "麦*芳 12:00" in piece.whole_text
    assert "麦小芳" not in piece.whole_text
    link = first.soup.select_one("#venue-next")
    assert link is not None
    assert link["hx-get"] == link["href"] == f"/organize/shifts/{shift}/venue-code"


def test_a_scan_costs_a_fixed_number_of_statements(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI)
    costs = []
    with at(0):
        for names in ((), ("陈桂香", "王国栋", "王小宝")):
            family_of(app, MAI, *names, seats=shift)
            page = scan(as_(MAI), shift)
            with counted(app) as sent_statements:
                page.visitor.open(page.url)
            costs.append(len(sent_statements))
    assert costs[0] == costs[1]
