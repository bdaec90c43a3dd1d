"""Each outcome at the gate has a colour and a sentence of its own, and says what to do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.signups.changes import call_off_shift
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
HTMX = pytest.mark.parametrize("htmx", [False, True])


def press(page: Page, verb: str, person: Person = MAI, htmx: bool = True) -> Page:
    """Press for somebody, whatever the page offers by now."""
    token = page.soup.select_one("[name=csrf_token]")
    assert token is not None
    url = page.url.split("/gate")[0] + f"/people/{person.id}/{verb}"
    return page.visitor.post(url, {"csrf_token": token["value"]}, htmx=htmx)


def outcome(page: Page) -> tuple[str, str]:
    verdict = page.soup.select_one(".verdict")
    assert verdict is not None
    return str(verdict["data-level"]), page.text(".verdict__text")


def test_done_and_again_look_and_sound_different(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        page = as_(OLGA).open(gate(shift))
        presses = ("check-in", "check-in", "undo", "check-in", "check-out", "come-back")
        found = [outcome(press(page, verb, htmx=False)) for verb in presses]
    assert [level for level, _text in found] == ["ok", "warn", "info", "ok", "warn", "ok"]
    assert len({text for _level, text in found}) == 5


@pytest.mark.parametrize(
    ("minute", "words"),
    [
        (-121, "还没到签到的时候"), (121, "这个时段已经结束，不能再签到"),
        (-24 * 60, "在6 月 9 日 星期三，不是今天"), (24 * 60, "是6 月 9 日 星期三的，已经结束了"),
    ],
)  # fmt: skip
def test_too_early_and_over_say_whether_it_is_another_day(
    app: Flask, as_: As, minute: float, words: str
) -> None:
    shift = a_gate(app)
    with at(0):
        page = as_(OLGA).open(gate(shift))
    with at(minute):
        answer = press(page, "check-in")
    assert outcome(answer)[0] == "stop"
    assert words in answer.text(".verdict")


def test_closed_called_off_stranger_own_and_gone_each_say_so(app: Flask, as_: As) -> None:
    shift, off, closed = a_gate(app, MAI, OLGA), a_gate(app, BAO), a_gate(app, OTTO)
    said = set()
    with at(-30):
        pages = {number: as_(OLGA).open(gate(number)) for number in (shift, off, closed)}
        said.add(press(pages[shift], "check-in", BAO).text(".verdict"))
        said.add(press(pages[shift], "check-in", OLGA).text(".verdict"))
        with app.app_context():
            call_off_shift(off, "下雨", viewer_of(OLGA))
            check_in(shift, MAI.id, viewer_of(OTTO), "gate", "")
            check_out(shift, MAI.id, viewer_of(OTTO))
        said.add(press(pages[off], "check-in", BAO).text(".verdict"))
        said.add(press(pages[shift], "check-in", MAI).text(".verdict"))
    with at(5):
        with app.app_context():
            close_shift(closed, viewer_of(OLGA))
        said.add(press(pages[closed], "check-in", OTTO).text(".verdict"))
    assert len(said) == 5
    for words in ("没有名额", "自己或家人", "取消了", "请按“回来了”", "已经关门"):
        assert any(words in one for one in said), words


@HTMX
def test_the_last_one_who_leaves_is_told_that_the_post_stands_empty(
    app: Flask, as_: As, htmx: bool
) -> None:
    shift = a_gate(app)
    with at(1):
        for person in (MAI, BAO):
            page = as_(OLGA).open(gate(shift, f"?q={person.phone[-4:]}")).press("签到")
    with at(30):
        first = as_(OLGA).open(gate(shift, "?q=0001")).press("签退", htmx=htmx)
        assert "没有人了" not in first.text(".verdict")
        last = page.press("签退", htmx=htmx)
    assert outcome(last)[0] == "warn"
    assert "13:0" not in last.text(".verdict")
    assert "12:30 由欧*兰签退 · 岗位没有人了" in last.text(".verdict")


def test_after_the_end_and_with_the_next_at_the_post_nobody_is_warned(app: Flask, as_: As) -> None:
    with app.app_context(), at(-24 * 60):
        event = an_event()
        first = a_shift(event, minutes=60)
        second = a_shift(event, minutes=60, starts_at=NOON + timedelta(minutes=60))
        sign_up(MAI.id, first, MAI.id)
        sign_up(BAO.id, second, BAO.id)
    with app.app_context(), at(50):
        check_in(first, MAI.id, viewer_of(OLGA), "gate", "")
        check_in(second, BAO.id, viewer_of(OLGA), "gate", "")
    with at(55):
        page = as_(OLGA).open(gate(first, "?q=0001")).press("签退")
        assert outcome(page) == ("ok", "麦*芳 已签退")
        page.press("撤销签退")
    with at(61):
        assert outcome(as_(OLGA).open(gate(first, "?q=0001")).press("签退"))[0] == "ok"
