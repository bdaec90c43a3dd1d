"""Somebody looks at the board for something to do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.home.planting import MORNING, many_events, planting
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, RAIL, RIVER
from tests.support.town import NOON, a_shift, an_event
from volboard.core import clock
from volboard.signups.commands import sign_up

TITLES = "main .slip__title"


def look(visitor: Visitor, url: str = "/") -> Page:
    with clock.standing_at(MORNING):
        return visitor.open(url)


def titles(page: Page) -> list[str]:
    assert page.status == 200
    return page.texts(TITLES)


@both_engines
def test_the_board_shows_what_is_coming_by_time_under_its_month(
    app: Flask, visitor: Visitor
) -> None:
    with planting(app):
        an_event(
            title="第二天", starts_at=NOON + timedelta(days=1), ends_at=NOON + timedelta(days=2)
        )
        an_event(title="第一天")
        an_event(
            title="下个月", starts_at=NOON + timedelta(days=30), ends_at=NOON + timedelta(days=31)
        )
    page = look(visitor)
    assert titles(page) == ["第一天", "第二天", "下个月"]
    assert page.texts(".board__month") == ["2027 年 6 月", "2027 年 7 月"]
    assert page.text(".leaf") == "6月 9 星期三 五月初五"


def test_the_places_left_are_added_up_over_the_shifts(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        event = an_event()
        a_shift(event, capacity=4)
        a_shift(event, capacity=3, title="送粽子")
        a_shift(event, capacity=9, title="取消的", called_off_at=MORNING)
    assert look(visitor).text(".seats__words") == "还有 7 个名额"


def test_a_draft_is_on_nobody_s_board(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        an_event(title="草稿", state="draft")
    assert titles(look(visitor)) == []
    assert titles(look(visitor, "/?q=草稿")) == []


def test_a_cancelled_event_stays_and_says_so_without_seats(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        a_shift(an_event(state="cancelled", cancel_reason="下雨"))
    page = look(visitor)
    assert "活动取消了" in page.text(".slip")
    assert not page.soup.select(".seats")
    assert titles(look(visitor, "/?free=1")) == []


def test_past_events_can_be_read_newest_first(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        for days, title in ((30, "上个月"), (2, "前天")):
            then = MORNING - timedelta(days=days)
            an_event(title=title, starts_at=then, ends_at=then + timedelta(hours=2))
        an_event(title="将来")
    assert titles(look(visitor)) == ["将来"]
    page = look(visitor).follow("看以往的活动")
    assert page.url == "/?past=1"
    assert titles(look(visitor, "/?past=1")) == ["前天", "上个月"]


QUESTIONS = {
    f"community={RAIL}": ["桥下"],
    f"community={RIVER}": ["河边"],
    "festival=duanwu": ["河边"],
    "date=2027-06-09": ["河边"],
    "date=2027-06-10": ["桥下"],
    "date=2027-06-11": [],
    "free=1": ["河边"],
    "q=河": ["河边"],
    "q=大门": ["桥下"],
    "q=龙舟": ["河边"],
    "q=河&community=2": [],
    "": ["河边", "桥下"],
}


def test_a_question_narrows_the_board(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        a_shift(an_event(title="河边", story="看龙舟"), capacity=2)
        later = NOON + timedelta(days=1)
        full = an_event(RAIL, "桥下", festival=None, place="大门口", starts_at=later,
                        ends_at=later + timedelta(hours=2))  # fmt: skip
        with clock.standing_at(MORNING):
            sign_up(MAI.id, a_shift(full, capacity=1, starts_at=later), MAI.id)
    for question, found in QUESTIONS.items():
        assert titles(look(visitor, "/?" + question)) == found, question


SEARCHES = {
    "100%": ["打折 100% 好"],
    "%": ["打折 100% 好"],
    "_": ["下划_线"],
    "'": ["it's"],
    '"': ['说"好"'],
    "\\": ["反\\斜"],
    "/": ["斜/线"],
    "IT'S": ["it's"],
}


@both_engines
def test_a_search_takes_every_sign_as_it_is(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        for title in {*(found[0] for found in SEARCHES.values()), "普通"}:
            an_event(title=title)
    with clock.standing_at(MORNING):
        for typed, found in SEARCHES.items():
            page = visitor.open("/").press("看看有哪些", q=typed)
            assert titles(page) == found, typed
            assert page.soup.select_one("#filter-q")["value"] == typed  # type: ignore[index]


def test_the_question_stays_in_the_form_and_can_be_dropped(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        an_event()
    page = look(visitor, "/?festival=duanwu&date=2027-06-09&free=1&community=2")
    form = page.form("看看有哪些")
    assert [option["value"] for option in form.select("option[selected]")] == ["duanwu", "2"]
    assert page.text(".filters__count") == "4 个条件"
    with clock.standing_at(MORNING):
        assert len(titles(page.follow("全部显示"))) == 1


def test_a_dozen_events_stand_on_a_page_and_the_rest_behind_it(
    app: Flask, visitor: Visitor
) -> None:
    many_events(app, 15)
    first = look(visitor)
    assert len(titles(first)) == 12
    with clock.standing_at(MORNING):
        second = first.follow("下一页")
        assert titles(second) == ["活动 12", "活动 13", "活动 14"]
        assert titles(second.follow("上一页")) == titles(first)


def test_an_event_over_weeks_stands_at_its_next_shift(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        start = MORNING - timedelta(days=20)
        event = an_event(title="巡逻", starts_at=start, ends_at=NOON + timedelta(days=20))
        a_shift(event, starts_at=start)
        a_shift(event, starts_at=NOON + timedelta(days=1))
        an_event(title="明天之前", starts_at=NOON, ends_at=NOON + timedelta(hours=1))
    page = look(visitor)
    assert titles(page) == ["明天之前", "巡逻"]
    assert [leaf["datetime"] for leaf in page.soup.select("main .leaf")] == [
        "2027-06-09",
        "2027-06-10",
    ]
    assert "到 6 月 29 日" in page.texts(".slip__when")[1]


def test_an_empty_board_invites_to_the_festivals(visitor: Visitor) -> None:
    page = look(visitor)
    assert page.follow("看看节日").text("h1") == "我们的节日"


def test_an_own_seal_lies_on_the_slip(app: Flask, as_: Callable[..., Visitor]) -> None:
    with planting(app), clock.standing_at(MORNING):
        shift = a_shift(capacity=1)
        sign_up(MAI.id, shift, MAI.id)
        sign_up(BAO.id, shift, BAO.id)
    assert look(as_(MAI)).text(".slip .seal") == "已报名"
    assert look(as_(BAO)).text(".slip .seal") == "候补 第 1 位"
    assert not look(Visitor(app)).soup.select(".seal")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("粽子 广场", ["广场包粽子", "包粽子"]), ("广场 粽子", ["广场包粽子", "包粽子"]),
        ("粽子　铁北", ["包粽子"]), ("粽子，穆棱", []), ("包粽子、南瓜", []),
        ("糯米 社区", ["广场包粽子"]),
        ("粽子 粽子", ["广场包粽子", "包粽子"]), (" 粽子  ", ["广场包粽子", "包粽子"]),
        ("100% 广场", []), ("，", ["广场包粽子", "包粽子", "南瓜灯"]), ("PARTY 灯", ["南瓜灯"]),
    ],
)  # fmt: skip
def test_every_word_must_be_there_in_any_field_and_any_order(
    app: Flask, visitor: Visitor, asked: str, found: list[str]
) -> None:
    with planting(app):
        an_event(title="广场包粽子", place="社区活动室", story="带糯米来。")
        an_event(RAIL, title="包粽子", place="文化广场", story="")
        an_event(title="南瓜灯", place="幼儿园", story="Pumpkin party")
    with clock.standing_at(MORNING):
        page = visitor.open("/", query={"q": asked})
    assert titles(page) == found
    field = page.soup.select_one('input[name="q"]')
    assert field
    assert field["value"] == asked.replace("　", " ").strip().replace("  ", " ")
