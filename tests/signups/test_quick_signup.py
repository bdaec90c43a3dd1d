"""A visitor signs up with a name and a phone number, on one page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import MAI
from tests.support.town import NOON, seats
from volboard.accounts.queries import account_by_phone
from volboard.core import clock

Shift = Callable[..., int]


def test_a_name_and_a_phone_are_enough(visitor: Visitor, shift_of: Shift) -> None:
    shift = shift_of()
    page = visitor.open("/events/1").follow("报名")
    assert page.text("h1") == "报名：包粽子"
    assert "6 月 9 日 星期三 12:00–14:00" in page.whole_text
    assert "社区活动室" in page.text("main")
    assert page.text(".seats__words") == "还有 2 个名额"
    page = page.press("报名", within="main", name="王桂芳", phone="13912345678")
    assert (page.status, page.url) == (200, "/events/1")
    assert page.text("#notices p") == "报上了：6 月 9 日 12:00，包粽子。"
    assert page.text(f"#shift-{shift} .person .seal") == "已报名"
    assert page.text(f"#shift-{shift} .person__name") == "王桂芳"


def test_the_phone_stays_signed_in_for_thirty_days(visitor: Visitor, shift_of: Shift) -> None:
    shift_of()
    page = visitor.open("/shifts/1/sign-up")
    page.press("报名", within="main", name="王桂芳", phone="13912345678")
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    assert cookie.max_age is None or cookie.max_age >= 29 * 86400
    assert cookie.expires is not None
    assert visitor.open("/shifts/1/sign-up").url == "/events/1"


def test_nothing_typed_is_said_beside_each_field(visitor: Visitor, shift_of: Shift) -> None:
    shift = shift_of()
    page = visitor.open(f"/shifts/{shift}/sign-up").press("报名", within="main")
    assert page.status == 422
    assert page.text("#name-error") == "请写姓名。"
    assert page.text("#phone-error") == "请写手机号。"
    name = page.soup.select_one("#name")
    assert name is not None
    assert "name-error" in str(name["aria-describedby"])
    assert name["aria-invalid"] == "true"


def test_what_was_typed_stays_beside_the_mistake(visitor: Visitor, shift_of: Shift) -> None:
    page = visitor.open(f"/shifts/{shift_of()}/sign-up")
    page = page.press("报名", within="main", name="王桂芳", phone="0453-3120001")
    assert page.status == 422
    assert page.text("#phone-error") == "请写 11 位手机号，比如 13812345678。"
    assert [field["value"] for field in page.soup.select("#name, #phone")] == [
        "王桂芳", "0453-3120001",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["+86 138 0000 0001", "１３８００００００01", "138-0000-0001"])
def test_a_number_with_an_account_signs_nobody_in(
    visitor: Visitor, shift_of: Shift, app: Flask, typed: str
) -> None:
    shift = shift_of()
    page = visitor.open(f"/shifts/{shift}/sign-up")
    page = page.press("报名", within="main", name=MAI.name, phone=typed)
    assert page.status == 422
    assert "这个手机号已经有账号了" in page.text("#phone-error")
    page = page.follow("登录，接着报名")
    assert page.url == f"/sign-in?next=/shifts/{shift}/sign-up"
    with app.app_context():
        assert seats(shift) == (0, 0)


def test_after_signing_in_the_event_waits_with_its_button(
    visitor: Visitor, shift_of: Shift
) -> None:
    page = visitor.open(f"/shifts/{shift_of()}/sign-up").follow("登录后一按就报上")
    page = page.press("登录", within="main", phone=MAI.phone, password="open-the-gate-7")
    assert page.url == "/events/1"
    assert page.press("报名", within="main").text(".seal") == "已报名"


def test_a_full_shift_says_so_and_offers_the_queue(visitor: Visitor, shift_of: Shift) -> None:
    shift = shift_of(capacity=1)
    page = visitor.open(f"/shifts/{shift}/sign-up")
    page.press("报名", within="main", name="王桂芳", phone="13912345678")
    late = Visitor(visitor.client.application).open("/events/1").follow("满了，排候补")
    page = late.press("满了，排候补", within="main", name="李秀英", phone="13912345679")
    assert page.text("#notices p") == "已满，先排候补第 1 位。有空位会自动轮到您。"
    assert page.text(".person .seal") == "候补 第 1 位"


def test_before_the_opening_time_the_page_says_when(visitor: Visitor, shift_of: Shift) -> None:
    shift = shift_of(opens_at=NOON - timedelta(days=1))
    assert "6 月 8 日 12:00 开始报名" in visitor.open("/events/1").text(f"#shift-{shift}")
    assert not visitor.open("/events/1").soup.select(f"#shift-{shift} .shift__actions a")
    page = visitor.open(f"/shifts/{shift}/sign-up")
    assert "6 月 8 日 12:00 开始报名" in page.text("main")
    assert not page.soup.select("main form")
    with clock.standing_at(NOON - timedelta(days=1)):
        assert visitor.open(f"/shifts/{shift}/sign-up").form("报名", "main")


def test_after_the_end_the_page_says_so(visitor: Visitor, shift_of: Shift) -> None:
    shift = shift_of()
    with clock.standing_at(NOON + timedelta(hours=2)):
        page = visitor.open(f"/shifts/{shift}/sign-up")
        assert "已经结束" in page.text("main")
        assert page.follow("回到活动").text(f"#shift-{shift} .shift__message") == "已经结束"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-24 * 60 - 1, "报名还没有开始"), (120, "已经结束"), (-24 * 60, ""), (119, "")],
)
def test_a_press_too_early_or_too_late_is_told_why_and_makes_no_account(
    app: Flask, visitor: Visitor, shift_of: Shift, minutes: int, words: str
) -> None:
    shift = shift_of(opens_at=NOON - timedelta(days=1))
    with clock.standing_at(NOON - timedelta(hours=1)):
        page = visitor.open(f"/shifts/{shift}/sign-up")
    with clock.standing_at(NOON + timedelta(minutes=minutes)):
        answer = page.press("报名", within="main", name="王桂芳", phone="13912345678")
    assert answer.status == (409 if words else 200)
    assert words in answer.text("main")
    with app.app_context():
        assert seats(shift) == (0 if words else 1, 0)
        assert (account_by_phone("13912345678") is None) is bool(words)


def test_the_page_of_an_event_stays_without_cookie_and_form(
    visitor: Visitor, shift_of: Shift
) -> None:
    shift = shift_of()
    page = visitor.open("/events/1")
    assert not page.soup.select(f"#shift-{shift} form")
    assert "Set-Cookie" not in page.response.headers
