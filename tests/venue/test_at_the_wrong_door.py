"""Who scans and cannot come in reads why, and what to do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from tests.venue.at_the_door import (
    scan,
    stored,
    token_of,
)
from volboard.attendance.closing import close_shift
from volboard.core.db import db
from volboard.signups.changes import call_off_shift, cancel_event
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [(-121, "还没到签到的时候。6 月 9 日 10:00可以开始"), (121, "这个时段已经结束")],
)
def test_too_early_and_over(app: Flask, as_: As, minutes: int, sentence: str) -> None:
    shift = a_gate(app)
    with at(minutes):
        page = scan(as_(MAI), shift)
        assert sentence in page.text(".notice")
        assert not page.soup.select('form[action^="/arrive"]')
        form = {"ticket": page.url.rsplit("/", 1)[1], "volunteer": [str(MAI.id)],
                "csrf_token": token_of(page.visitor)}  # fmt: skip
        assert page.visitor.post("/arrive/check-in", dict(form)).status == 409
    assert stored(app) == (0, 0, 0)


def test_closed_called_off_and_cancelled_say_so(app: Flask, as_: As) -> None:
    closed, off, cancelled = (a_gate(app, person) for person in (MAI, BAO, OTTO))
    with app.app_context(), at(1):
        close_shift(closed, viewer_of(OLGA))
    with app.app_context(), at(-60):
        call_off_shift(off, "下雨", viewer_of(OLGA))
        event = db.session.execute(
            db.text(f"SELECT event_id FROM shifts WHERE id={cancelled}")
        ).scalar_one()
        cancel_event(event, "河水涨了", viewer_of(OLGA))
    with at(11):
        for shift, person, sentence in ((closed, MAI, "已经关门"), (off, BAO, "取消了"),
                                        (cancelled, OTTO, "河水涨了")):  # fmt: skip
            page = scan(as_(person), shift)
            assert sentence in page.text(".notice")
            assert not page.soup.select('form[action^="/arrive"]')


def test_nobody_of_the_household_has_a_seat(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO, capacity=2)
    with at(0):
        page = scan(as_(MAI), shift)
        assert "没有报这个时段" in page.text(".notice")
        assert page.follow("还有名额，现在报名").url.startswith("/events/")
    full = a_gate(app, OLGA, capacity=1)
    with at(0):
        page = scan(as_(OTTO), full)
        assert "请到签到台" in page.text("main")
        assert "现在报名" not in page.text("main")


def test_who_is_due_elsewhere_at_this_time_is_not_told_to_sign_up(app: Flask, as_: As) -> None:
    here, _there = a_gate(app, BAO), a_gate(app, MAI)
    with at(0):
        page = scan(as_(MAI), here)
    assert "这里不是您报的活动" in page.text(".notice")
    assert "现在报名" not in page.text("main")


def test_a_place_elsewhere_has_a_sentence_of_its_own(app: Flask, as_: As) -> None:
    here = a_gate(app, BAO)
    with app.app_context(), at(-24 * 60):
        same = db.session.execute(db.text(f"SELECT event_id FROM shifts WHERE id={here}")).scalar()
        later = a_shift(same, title="收尾", starts_at=NOON + timedelta(hours=3))
        other = a_shift(an_event(title="赛龙舟", place="河边"), starts_at=NOON + timedelta(hours=4))
        tomorrow = a_shift(an_event(title="量血压"), starts_at=NOON + timedelta(hours=24))
        off = a_shift(an_event(title="放河灯"), starts_at=NOON + timedelta(hours=7))
        for shift, person in ((later, MAI), (other, OTTO), (tomorrow, TIAN), (off, OLGA)):
            sign_up(person.id, shift, person.id)
    with app.app_context(), at(-60):
        call_off_shift(off, "下雨", viewer_of(OTTO))
        db.session.execute(db.text("UPDATE signups SET state='seated', ended_at=NULL, end_reason=''"
                                   f" WHERE shift_id={off}"))  # fmt: skip
        db.session.commit()
    with at(0):
        said = {person.id: scan(as_(person), here, by=OTTO).text(".notice")
                for person in (MAI, TIAN)}  # fmt: skip
        said[OTTO.id] = scan(as_(OTTO), here, by=OLGA).text(".notice")
    assert said[MAI.id] == "麦小芳 报的是同一个活动的另一个时段：15:00–17:00“收尾”。"
    assert (
        said[OTTO.id]
        == "这里不是您报的活动。奥志明 报的是 16:00–18:00 的“赛龙舟”，在沿河社区 河边。"
    )
    assert "今天没有报名。田铁生 报的是 6 月 10 日 星期四" in said[TIAN.id]
    assert "量血压" in said[TIAN.id]


def test_who_waits_reads_their_turn(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO, MAI, capacity=1)
    with at(0):
        page = scan(as_(MAI), shift)
        assert page.text(".seal") == "候补第 1 位"
        assert "请到签到台" in page.text(".person__note")
        form = {"ticket": page.url.rsplit("/", 1)[1], "volunteer": [str(MAI.id)],
                "csrf_token": token_of(page.visitor)}  # fmt: skip
        assert page.visitor.post("/arrive/check-in", dict(form)).status == 409
    assert stored(app) == (0, 0, 0)


@pytest.mark.parametrize(("minutes", "word"), [(-121, "还没到签到"), (0, ""), (121, "签退")])
def test_the_screen_says_when_there_is_nothing_to_scan(
    app: Flask, as_: As, minutes: int, word: str
) -> None:
    shift = a_gate(app)
    with at(minutes):
        page = as_(OLGA).open(f"/organize/shifts/{shift}/venue-code")
    assert word in page.text("#venue-code")
    assert bool(page.soup.select(".code-sheet svg")) is (minutes > -121)
