"""The printed code only asks: an organizer confirms who is really there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, PASSWORD, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON, viewer_of
from tests.venue.at_the_door import family_of, on_paper, scan, stored, token_of, who_came
from volboard.attendance.closing import close_shift
from volboard.attendance.models import Arrival, Attendance
from volboard.core.db import db
from volboard.signups.changes import call_off_shift

As = Callable[[Person], Visitor]


def ask(visitor: Visitor, shift: int) -> Page:
    """Scan the sheet and press."""
    return visitor.open(on_paper(shift)).press("到了")


def arrivals(shift: int) -> str:
    """The address of the list that waits."""
    return f"/organize/shifts/{shift}/arrivals"


def states(app: Flask) -> list[tuple[int, str, int | None]]:
    with app.app_context():
        rows = db.session.query(Arrival).order_by(Arrival.id)
        return [(row.volunteer_id, row.state, row.decided_by) for row in rows]


def test_a_scan_asks_and_one_tap_confirms_as_of_the_scan(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-8):
        page = as_(MAI).open(on_paper(shift))
        assert stored(app) == (0, 0, 0), "reading writes nothing"
        asked = page.press("麦小芳 到了")
        assert asked.text(".seal") == "等确认 11:52"
        assert "请组织者确认" in asked.text(".people")
    assert stored(app) == (0, 0, 1)
    with at(4):
        olga = as_(OLGA).open(gate(shift))
        assert "1 人扫了纸码" in olga.text("#gate-arrivals summary")
        assert "麦*芳" in olga.text("#gate-arrivals")
        assert "11:52 扫码" in olga.text("#gate-arrivals")
        assert "麦小芳" not in olga.whole_text
        done = olga.press("到了", within="#gate-arrivals", htmx=True)
        assert done.text(".verdict") == "1 人已签到"
        assert not done.soup.select(".gate-row")
    assert who_came(app) == [(MAI.id, "present", "paper_code", OLGA.id)]
    assert states(app) == [(MAI.id, "confirmed", OLGA.id)]
    with app.app_context():
        assert db.session.query(Attendance.checked_in_at).scalar() == NOON - timedelta(minutes=8)
    with at(5):
        assert as_(MAI).open(on_paper(shift)).text(".seal") == "已签到 11:52"


def test_asking_twice_is_asking_once_and_keeps_the_first_time(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-8):
        page = as_(MAI).open(on_paper(shift))
        page.press("到了")
    with at(-2):
        assert page.press("到了").text(".seal") == "等确认 11:52"
    assert stored(app) == (0, 0, 1)


def test_who_has_asked_may_still_use_the_screen(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-8):
        ask(as_(MAI), shift)
    with at(0):
        assert scan(as_(MAI), shift).press("签到").text(".seal") == "已签到 12:00"
        assert not as_(OLGA).open(gate(shift)).soup.select("#gate-arrivals li")
    assert who_came(app) == [(MAI.id, "present", "venue", OLGA.id)]


def test_a_time_before_the_gate_opened_is_cut(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-119):
        ask(as_(MAI), shift)
    with app.app_context():
        db.session.execute(db.text("UPDATE arrivals SET arrived_at='2027-06-08 23:00:00.000000'"))
        db.session.commit()
    with at(0):
        as_(OLGA).open(arrivals(shift)).press("到了")
    with app.app_context():
        assert db.session.query(Attendance.checked_in_at).scalar() == NOON - timedelta(hours=2)


def test_all_with_one_tap_but_not_ones_own_household(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, OLGA)
    mother = family_of(app, MAI, "陈桂香", seats=shift)[0]
    with at(-5):
        as_(MAI).open(on_paper(shift)).press("全家 2 人都到了")
        ask(as_(BAO), shift)
        ask(as_(OLGA), shift)
    with at(0):
        page = as_(OLGA).open(arrivals(shift))
        own = page.soup.select("li")[-1]
        assert len(page.soup.select("#gate-arrivals li")) == 4
        assert page.text("#gate-arrivals").count("请另一位组织者确认") == 1, own
        done = page.press("这 3 人都到了")
        assert done.text(".verdict") == "3 人已签到"
        form = {"csrf_token": token_of(page.visitor)}
        refused = page.visitor.post(f"{arrivals(shift)}/4/confirm", dict(form))
        assert (refused.status, "自己或家人" in refused.text(".verdict")) == (409, True)
        forged = page.visitor.post(f"{arrivals(shift)}/confirm", form | {"arrival": ["4", "x"]})
        assert forged.text(".verdict") == "0 人已签到"
        as_(OTTO).open(arrivals(shift)).press("到了")
    assert [row[0] for row in who_came(app)] == [MAI.id, BAO.id, OLGA.id, mother]
    assert {row[3] for row in who_came(app)} == {OLGA.id, OTTO.id}


def test_who_is_not_there_is_dismissed_and_may_ask_again(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-5):
        mai = as_(MAI)
        ask(mai, shift)
        olga = as_(OLGA).open(gate(shift))
        answer = olga.press("没看到人")
        assert not answer.soup.select("#gate-arrivals li")
        again = olga.press("没看到人", htmx=True)
        assert (again.status, "别的组织者已经处理" in again.text(".verdict")) == (409, True)
        assert olga.press("到了", within="#gate-arrivals").status == 409
    assert states(app) == [(MAI.id, "dismissed", OLGA.id)]
    assert who_came(app) == []
    with at(1):
        assert ask(mai, shift).text(".seal") == "等确认 12:01"


def test_who_was_checked_in_meanwhile_waits_no_more(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-5):
        ask(as_(MAI), shift)
        stale = as_(OTTO).open(arrivals(shift))
        olga = as_(OLGA).open(gate(shift, "?q=0001"))
        assert not olga.press("签到", within="#gate-answer", htmx=True).soup.select(
            "#gate-arrivals li"
        )
        assert not as_(OLGA).open(gate(shift)).soup.select("#gate-arrivals li")
        assert as_(MAI).open(on_paper(shift)).text(".seal") == "已签到 11:55"
        assert stale.press("到了").status == 200
    assert who_came(app) == [(MAI.id, "present", "gate", OLGA.id)]


def test_a_place_given_back_meanwhile_is_told(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-5):
        ask(as_(MAI), shift)
        with app.app_context():
            db.session.execute(db.text("UPDATE signups SET state='cancelled', "
                                       "ended_at='2027-06-09' WHERE volunteer_id=1"))  # fmt: skip
            db.session.commit()
        page = as_(OLGA).open(arrivals(shift))
        answer = page.press("到了")
    assert (answer.status, "没有名额" in answer.text(".verdict")) == (409, True)
    assert states(app) == [(MAI.id, "waiting", None)]


@pytest.mark.parametrize(("minutes", "word"), [(-121, "还没到签到的时候"), (121, "已经结束")])
def test_too_early_and_too_late(app: Flask, as_: As, minutes: int, word: str) -> None:
    shift = a_gate(app)
    with at(0):
        stale = as_(MAI).open(on_paper(shift))
    with at(minutes):
        assert word in as_(MAI).open(on_paper(shift)).text(".notice")
        late = stale.press("到了")
        assert (late.status, word in late.text("main")) == (409, True)
    assert stored(app) == (0, 0, 0)


def test_a_closed_and_a_called_off_sheet_say_so(app: Flask, as_: As) -> None:
    closed, off = a_gate(app, MAI), a_gate(app, BAO)
    with app.app_context(), at(-60):
        call_off_shift(off, "下雨", viewer_of(OLGA))
    with app.app_context(), at(1):
        close_shift(closed, viewer_of(OLGA))
    with at(2):
        assert "已经关门" in as_(MAI).open(on_paper(closed)).text(".notice")
        assert "取消" in as_(BAO).open(on_paper(off)).text(".notice")
        for shift in (closed, off):
            poster = as_(OLGA).open(f"/organize/shifts/{shift}/venue-code/poster")
            assert "用不上了" in poster.text(".print-room__bar")


def test_closing_warns_of_those_who_still_wait(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(5):
        assert "没有确认" not in as_(OLGA).open(gate(shift)).text("#gate-after .confirm__box")
        ask(as_(MAI), shift)
        page = as_(OLGA).open(gate(shift))
    assert "1 人扫了纸码还没有确认" in page.text("#gate-after .confirm__box")


def test_a_visitor_signs_in_and_comes_back(app: Flask, visitor: Visitor) -> None:
    shift = a_gate(app)
    with at(0):
        form = visitor.open(on_paper(shift)).follow("登录，接着签到")
        back = form.press("登录", within="main", phone=MAI.phone, password=PASSWORD)
        assert back.press("到了").text(".seal") == "等确认 12:00"


def test_nobody_asks_for_another_household_or_without_a_seat(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI)
    mother = family_of(app, MAI, "陈桂香")[0]
    with at(0):
        for person, people, status in ((BAO, [MAI.id], 404), (MAI, [MAI.id, BAO.id], 404),
                                       (BAO, [BAO.id], 409), (MAI, [MAI.id, mother], 409),
                                       (MAI, [], 404), (MAI, ["x"], 404)):  # fmt: skip
            visitor = as_(person)
            form: dict[str, object] = {"csrf_token": token_of(visitor), "volunteer": people}
            assert visitor.post(on_paper(shift), form).status == status, (person, people)
    assert stored(app) == (0, 0, 0)


def test_only_organizers_of_the_community_answer(app: Flask, as_: As) -> None:
    shift, other = a_gate(app), a_gate(app, OTTO)
    with at(0):
        ask(as_(MAI), shift)
        for person in (TIAN, BAO, MAI):
            visitor = as_(person)
            form: dict[str, object] = {"csrf_token": token_of(visitor), "arrival": ["1"]}
            assert visitor.open(arrivals(shift)).status == 404
            for verb in ("confirm", "1/confirm", "1/dismiss"):
                assert visitor.post(f"{arrivals(shift)}/{verb}", dict(form)).status == 404
        olga = as_(OLGA)
        form = {"csrf_token": token_of(olga), "arrival": ["1", "-1", "9" * 5000, "", "0"]}
        assert olga.post(f"{arrivals(other)}/1/confirm", dict(form)).status == 409
        assert olga.post(f"{arrivals(other)}/confirm", dict(form)).text(".verdict") == "0 人已签到"
        assert olga.post(f"{arrivals(other)}/1/dismiss", dict(form)).status == 409
    assert states(app) == [(MAI.id, "waiting", None)]


def test_the_count_brings_the_list_along(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        olga = as_(OLGA)
        ask(as_(MAI), shift)
        piece = olga.open(f"/organize/shifts/{shift}/gate/count", htmx=True)
    assert piece.text("#gate-arrivals[hx-swap-oob] .gate-row__name") == "麦*芳"


def test_the_list_costs_a_fixed_number_of_statements(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, OTTO)
    costs = []
    with at(0):
        for people in ((MAI,), (BAO, OTTO)):
            for person in people:
                ask(as_(person), shift)
            with counted(app) as sent:
                as_(OLGA).open(arrivals(shift))
            costs.append(len(sent))
    assert costs[0] == costs[1]


def test_asking_on_and_on_is_slowed_down(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        mai = as_(MAI)
        form: dict[str, object] = {"csrf_token": token_of(mai), "volunteer": [str(MAI.id)]}
        statuses = [mai.client.post(on_paper(shift), data=form).status_code for _try in range(40)]
    assert statuses[:30] == [303] * 30
    assert statuses[-1] == 429
    assert stored(app) == (0, 0, 1)
