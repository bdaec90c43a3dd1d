"""An organizer corrects a line: it is reversed, and the right one stands beside it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.totals import total_minutes
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.core import clock
from volboard.core.db import db
from volboard.hours.models import HourEntry
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
LATER = 24 * 60


@pytest.fixture(autouse=True)
def line(app: Flask) -> None:
    """Line 1: Mai was there from 12:00:20 to 13:05:50, 65 minutes, recorded by Olga."""
    shift = a_gate(app, MAI, BAO)
    with app.app_context():
        with clock.standing_at(NOON + timedelta(seconds=20)):
            check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
        with clock.standing_at(NOON + timedelta(minutes=65, seconds=50)):
            check_out(shift, MAI.id, viewer_of(OLGA))
        with at(130):
            close_shift(shift, viewer_of(OLGA))


def form(as_: As, person: Person = OTTO, line: int = 1) -> Page:
    return as_(person).open(f"/organize/hours/{line}/correct")


def lines(app: Flask) -> list[tuple[str, int]]:
    with app.app_context():
        return [(row.kind, row.minutes) for row in db.session.query(HourEntry).order_by("id")]


def test_the_form_shows_the_line_as_it_stands(as_: As) -> None:
    with at(LATER):
        page = form(as_)
    assert page.text("h1") == "更正麦*芳的时长"
    assert page.soup.select_one("#came")["value"] == "12:00"  # type: ignore[index]
    assert page.soup.select_one("#left")["value"] == "13:05"  # type: ignore[index]
    assert "1 小时 5 分" in page.text(".facts")


def test_less_is_corrected_by_anybody_and_the_old_line_stays(app: Flask, as_: As) -> None:
    with at(LATER):
        done = form(as_, OLGA).press("更正", left="12:50", reason="提前走了")
    assert done.url == gate(1)
    assert done.text(".gate-row .seal") == "已更正 49 分"
    assert lines(app) == [("credit", 65), ("reversal", -65), ("correction", 49)]
    with app.app_context():
        assert total_minutes(MAI.id) == 49


def test_more_needs_another_organizer(app: Flask, as_: As) -> None:
    with at(LATER):
        page = form(as_, OLGA)
        assert "要加请另一位组织者" in page.text(".notice[data-kind=info]")
        answer = page.press("更正", left="13:30", reason="看错了")
        assert answer.status == 422
        assert "必须由另一位组织者更正" in answer.text(".summary")
        assert answer.text("#reason") == "看错了"
        assert lines(app) == [("credit", 65)]
        form(as_, OTTO).press("更正", left="13:30", reason="看错了")
    assert lines(app)[-1] == ("correction", 89)


def test_who_did_not_come_at_all_is_taken_back_wholly(app: Flask, as_: As) -> None:
    with at(LATER):
        done = form(as_).press("更正", nothing="y", reason="是别人")
    assert done.text(".gate-row .seal") == "已冲正"
    assert lines(app) == [("credit", 65), ("reversal", -65)]


def test_a_form_sent_as_it_was_shown_changes_nothing(app: Flask, as_: As) -> None:
    with at(LATER):
        answer = form(as_).press("更正", reason="没什么")
    assert (answer.status, "时间和原来一样" in answer.text(".summary")) == (422, True)
    assert lines(app) == [("credit", 65)]


def test_a_line_is_corrected_once_then_the_new_one(app: Flask, as_: As) -> None:
    with at(LATER):
        stale = form(as_)
        stale.press("更正", left="12:50", reason="一")
        answer = stale.press("更正", left="12:40", reason="二")
        assert (answer.status, "已经更正过了" in answer.whole_text) == (409, True)
        assert form(as_).status == 409
        assert form(as_, line=2).status == 404
        form(as_, line=3).press("更正", left="12:40", reason="二")
    assert sum(minutes for _kind, minutes in lines(app)) == 39


def test_nobody_corrects_their_own(app: Flask, as_: As) -> None:
    with app.app_context(), at(LATER - 24 * 60 + 200):
        shift = a_shift(starts_at=NOON + timedelta(hours=4))
        sign_up(OTTO.id, shift, OTTO.id)
    with app.app_context():
        with at(240):
            check_in(shift, OTTO.id, viewer_of(OLGA), "gate", "test")
        with at(400):
            close_shift(shift, viewer_of(OLGA))
    with at(LATER):
        page = form(as_, OTTO, line=2)
        assert "自己或家人" in page.text(".notice[data-kind=warn]")
        assert not page.soup.select('main form[method="post"]')
        token = page.soup.select_one("[name=csrf_token]")["value"]  # type: ignore[index]
        data: dict[str, object] = {"csrf_token": token, "came": "16:00", "left": "16:30",
                                   "reason": "少记点"}  # fmt: skip
        assert page.visitor.post("/organize/hours/2/correct", data).status == 409
    assert lines(app) == [("credit", 65), ("credit", 120)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"left": "14:01", "reason": "x"}, "要在这个时段里"),
        ({"came": "11:59", "reason": "x"}, "要在这个时段里"),
        ({"came": "13:30", "left": "13:00", "reason": "x"}, "签退要晚于签到"),
        ({"came": "", "reason": "x"}, "请写几点几分"),
        ({"came": "25:00", "reason": "x"}, ""),
        ({"came": "13:00\x00", "reason": "x"}, ""),
        ({"left": "九点", "reason": "x"}, ""),
        ({"left": "12:50", "reason": ""}, "请写明为什么更正"),
        ({"left": "12:50", "reason": " \u200b "}, "请写明为什么更正"),
        ({"left": "12:50", "reason": "a\x00b"}, "看不见的符号"),
        ({"left": "12:50", "reason": "字" * 201}, "太长了"),
        ({"left": "12:50" * 5000, "reason": "x"}, ""),
    ],
)
def test_a_wrong_form_comes_back_with_a_sentence(
    app: Flask, as_: As, values: dict[str, Any], sentence: str
) -> None:
    with at(LATER):
        page = form(as_).press("更正", **values)
    assert page.status == 422
    assert sentence in page.text(".summary")
    assert len(page.text(".summary")) > 8
    assert lines(app) == [("credit", 65)]


@pytest.mark.parametrize(
    ("came", "left", "minutes"),
    [
        ("22:30", "23:30", 60),
        ("23:00", "00:30", 90),
        ("00:00", "01:30", 90),
        ("22:30", "01:30", 180),
    ],
)  # fmt: skip
def test_a_shift_over_midnight_is_corrected_by_clock_times(
    app: Flask, as_: As, came: str, left: str, minutes: int
) -> None:
    start = datetime.fromisoformat("2027-06-20T22:30:00+08:00")
    with app.app_context():
        with clock.standing_at(start - timedelta(hours=5)):
            shift = a_shift(starts_at=start, minutes=180)
            sign_up(BAO.id, shift, BAO.id)
        with clock.standing_at(start + timedelta(minutes=10)):
            check_in(shift, BAO.id, viewer_of(OLGA), "gate", "test")
        with clock.standing_at(start + timedelta(minutes=200)):
            close_shift(shift, viewer_of(OLGA))
    with clock.standing_at(start + timedelta(hours=12)):
        page = form(as_, line=2)
        assert "写第二天的钟点" in page.text("main form")
        page.press("更正", came=came, left=left, reason="记错了")
    with app.app_context():
        assert total_minutes(BAO.id) == minutes
