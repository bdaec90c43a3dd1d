"""A time is read as people say it; what may mean two hours is asked beside the field."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.events.test_cutting_a_day import asked
from tests.events.test_shifts import add
from tests.support.browser import Page, Visitor
from tests.support.cast import OLGA, Person
from tests.support.town import an_event
from volboard.core import clock
from volboard.events.clock_words import readings
from volboard.events.facts import EventFact

As = Callable[[Person], Visitor]
Stored = Callable[[int], EventFact]
Done = Callable[..., Any]
SURE = {
    "08:30": "8:30", "8:30": "8:30", "8：30": "8:30", "0830": "8:30", "830": "8:30",
    "01:30": "1:30",
    "08:30:00": "8:30", "13点": "13:00", "13点05": "13:05", "23点59分": "23:59", "0点": "0:00",
    "零点": "0:00", "上午 9 点 05 分": "9:05", "下午2点": "14:00", "晚上7点半": "19:30",
    "中午12点": "12:00", "中午1点": "13:00", "中午1点半": "13:30", "中午11点半": "11:30",
    "12点半中午": "12:30", "12:30（中午）": "12:30", "正午": "12:00", "上午12点": "12:00",
    "下午3点半": "15:30", "下午三点一刻": "15:15", "下午四点三刻": "16:45", "下午两点钟": "14:00",
    "下午15:00": "15:00", "早上8点": "8:00", "早上八点": "8:00", "清早六点整": "6:00",
    "凌晨1点": "1:00", "凌晨12点半": "0:30", "凌晨零点": "0:00", "傍晚6点": "18:00",
    "晚8点": "20:00", "今晚7点": "19:00", "晚上08:30": "20:30", "二十三点": "23:00",
    "下午十二点零五分": "12:05", "3pm": "15:00", "12 am": "0:00", "12:30 PM": "12:30",
    "3:15p.m.": "15:15", "晚上12点": "24:00", "半夜十二点半": "24:30", "晚上1点": "25:00",
    "24:00": "24:00", "24点": "24:00",
}  # fmt: skip
UNSURE = {
    "1点": "1:00 13:00", "１点": "1:00 13:00", "两点半": "2:30 14:30", "8点": "8:00 20:00",
    "8时15分": "8:15 20:15", "12点": "0:00 12:00", "十二点半": "0:30 12:30", "1:30": "1:30 13:30",
    "130": "1:30 13:30", "2.00": "2:00 14:00",
}  # fmt: skip
NONE = ("", "abc", "下午", "点", "8:60", "24:30", "25点", "99", "-1:00", "8:30\nx", "上午14点",
        "凌晨8点", "早上12点", "中午5点", "十十点", "二〇点", "٣点", "上午下午3点")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"), [*SURE.items(), *UNSURE.items(), *((t, "") for t in NONE)]
)
def test_what_a_time_may_mean(text: str, meant: str) -> None:
    assert " ".join(f"{one // 60}:{one % 60:02}" for one in readings(text)) == meant


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("minute", [0, 7, 30, 59])
def test_what_a_phones_own_picker_sends_is_sure(hour: int, minute: int) -> None:
    assert readings(f"{hour:02}:{minute:02}") == (hour * 60 + minute,)


@pytest.fixture
def draft(as_: As, done: Done) -> Page:
    """The editor of a draft without shifts."""
    return as_(OLGA).open(f"/organize/events/{done(an_event, state='draft')}")


def times(event: EventFact) -> list[str]:
    """From when to when its shifts go."""
    both = [(clock.local(one.starts_at), clock.local(one.ends_at)) for one in event.shifts]
    return [f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end in both]


@pytest.mark.parametrize(
    ("start", "end", "stored_as"),
    [
        ("中午1点", "下午3点半", "05 13:00-05 15:30"), ("早上8点", "中午12点", "05 08:00-05 12:00"),
        ("晚上9点", "晚上12点", "05 21:00-06 00:00"), ("晚上9点", "凌晨1点", "05 21:00-06 01:00"),
        ("凌晨四点", "早上六点", "05 04:00-05 06:00"), ("20:00", "24:00", "05 20:00-06 00:00"),
    ],
)  # fmt: skip
def test_the_hour_that_was_said_is_the_hour_that_is_stored(
    draft: Page, stored: Stored, start: str, end: str, stored_as: str
) -> None:
    assert add(draft, start=start, end=end).status == 200
    assert times(stored(1)) == [stored_as]


def choices(page: Page, name: str) -> list[str]:
    """What is offered beside a field."""
    offered = page.soup.select(f'label:has(> input[type=radio][name="{name}"])')
    return [one.get_text(strip=True) for one in offered]


@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_not_sure_is_asked_and_one_tap_answers(
    draft: Page, stored: Stored, htmx: bool
) -> None:
    page = add(draft, htmx=htmx, start="1点", end="3:30")
    assert page.status == 422
    assert stored(1).shifts == ()
    assert "“1点”说的是哪个？请点一个。" in page.whole_text
    assert choices(page, "start") == ["凌晨 01:00", "下午 13:00"]
    assert choices(page, "end") == ["凌晨 03:30", "下午 15:30"]
    typed = page.soup.select_one("#new-start")
    assert typed
    assert (typed["type"], typed["value"]) == ("text", "1点")
    form = page.form("加上这个岗位")
    order = [str(one.get("type")) for one in form.select('[name="start"]')]
    assert order == ["radio", "radio", "text"], "the choice must be sent before the words"
    chosen: Any = {"start": ["13:00", "1点"], "end": ["15:30", "3:30"]}
    assert page.press("加上这个岗位", htmx=htmx, **chosen).status in (200, 204)
    assert times(stored(1)) == ["05 13:00-05 15:30"]


def test_who_writes_it_again_instead_is_understood_as_well(draft: Page, stored: Stored) -> None:
    page = add(draft, start="8点", end="晚上9点")
    assert choices(page, "start") == ["早上 08:00", "晚上 20:00"]
    assert page.press("加上这个岗位", start="晚上8点").status == 200
    assert times(stored(1)) == ["05 20:00-05 21:00"]


@pytest.mark.parametrize("start", ["晚上12点", "24:00", "半夜1点"])
def test_a_start_after_midnight_is_another_day_which_must_be_said(
    draft: Page, stored: Stored, start: str
) -> None:
    page = add(draft, start=start, end="凌晨2点")
    assert page.status == 422
    assert "算第二天" in page.whole_text
    assert stored(1).shifts == ()


def test_times_to_open_and_to_cut_by_are_asked_the_same_way(
    as_: As, done: Done, draft: Page, stored: Stored
) -> None:
    page = add(draft, opens_day="2026-12-01", opens_time="8点")
    assert choices(page, "opens_time") == ["早上 08:00", "晚上 20:00"]
    add(draft, opens_day="2026-12-01", opens_time="晚上八点")
    opens = stored(1).shifts[0].opens_at
    assert opens == datetime.fromisoformat("2026-12-01T20:00:00+08:00")
    cut = asked(as_, done(an_event, state="draft"), start="1点", end="下午五点")
    assert choices(cut, "start") == ["凌晨 01:00", "下午 13:00"]
    sure = asked(as_, done(an_event, state="draft"), start="中午1点", end="下午四点")
    assert sure.texts("main ol li")[0] == "13:00–14:00"
