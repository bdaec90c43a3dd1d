"""Who signed up by name and number, and stands before the door with another phone."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from tests.support.browser import Page, Visitor
from tests.support.cast import MAI, PASSWORD, RIVER
from tests.support.town import NOON, a_shift
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db, transaction

NEW, NUMBER = "王桂芳", "13912345678"
BEFORE = NOON - timedelta(days=3)
CARD = "换了手机，怎么进来？"
SENTENCE = "没设过密码、忘了密码、换了手机，都能进来"


@pytest.fixture(autouse=True)
def days_before() -> Iterator[None]:
    with clock.standing_at(BEFORE):
        yield


@pytest.fixture
def shift(app: Flask) -> int:
    with app.app_context():
        return a_shift()


def sign_up(visitor: Visitor, shift: int, name: str = NEW, phone: str = NUMBER) -> Page:
    page = visitor.open(f"/shifts/{shift}/sign-up")
    return page.press("报名", within="main", name=name, phone=phone)


def typed(page: Page, *names: str) -> list[object]:
    return [field["value"] for name in names for field in page.soup.select(f"main #{name}")]


def test_the_first_signup_is_confirmed_with_one_card(visitor: Visitor, shift: int) -> None:
    page = sign_up(visitor, shift)
    assert page.url == "/events/1"
    assert page.texts(".panel__title").count(CARD) == 1
    assert CARD not in visitor.open("/events/1").whole_text, "it confirms, and does not nag"
    assert CARD in visitor.open("/me").whole_text
    assert CARD in visitor.open("/me").whole_text, "until it is dealt with"


def test_a_password_deals_with_it(visitor: Visitor, shift: int, app: Flask) -> None:
    sign_up(visitor, shift)
    page = visitor.open("/me").follow("设一个密码")
    page.press("存下新密码", password="four-lanterns-hang")
    assert CARD not in visitor.open("/me").whole_text
    elsewhere = Visitor(app).sign_in(NUMBER, "four-lanterns-hang")
    assert CARD not in elsewhere.open("/me").whole_text


def test_the_picture_is_one_s_own_code_and_deals_with_it(visitor: Visitor, shift: int) -> None:
    sign_up(visitor, shift)
    page = visitor.open("/me").follow("存下我的码")
    assert NEW in page.text(".code-sheet")
    image = page.soup.select_one(".code-sheet img")
    assert image is not None
    answer = visitor.client.get(str(image["src"]))
    assert answer.mimetype == "image/png"
    assert "no-store" in answer.headers["Cache-Control"]
    said = zxingcpp.read_barcode(Image.open(io.BytesIO(answer.data)))
    assert said is not None
    assert "/codes/" in said.text
    assert NUMBER not in said.text
    page = page.press("存好了")
    assert page.url == "/me"
    assert CARD not in page.whole_text


@pytest.mark.parametrize(("days", "asked"), [(0, False), (2.9, False), (3, True), (9, True)])
def test_later_means_in_three_days(visitor: Visitor, shift: int, days: float, asked: bool) -> None:
    page = sign_up(visitor, shift).press("以后再说")
    assert page.url == "/events/1", "back where one was"
    with clock.standing_at(BEFORE + timedelta(days=days)):
        assert (CARD in visitor.open("/me").whole_text) is asked


@pytest.mark.parametrize("answer", ["", "never", "KEPT", "kept later"])
def test_no_other_answer_is_known(visitor: Visitor, shift: int, answer: str) -> None:
    token = sign_up(visitor, shift).soup.select_one("[name=csrf_token]")
    assert token is not None
    data: dict[str, object] = {"csrf_token": token["value"], "answer": answer}
    assert visitor.post("/me/key", data).status == 422
    assert CARD in visitor.open("/me").whole_text


def test_who_has_a_password_is_asked_nothing(as_: Callable[..., Visitor]) -> None:
    assert CARD not in as_(MAI).open("/me").whole_text


def test_the_door_says_the_same_to_everybody(visitor: Visitor, shift: int, app: Flask) -> None:
    sign_up(Visitor(app), shift)
    door = visitor.open("/sign-in")
    assert SENTENCE in door.text("main")
    said = set()
    for number in (NUMBER, MAI.phone, "13999999999"):
        page = Visitor(app).open("/sign-in")
        page = page.press("登录", within="main", phone=number, password="not-the-one")
        assert page.status == 422
        assert SENTENCE in page.text("main")
        said.add(page.text("main"))
    assert len(said) == 1


def test_the_desk_is_a_press_away_where_it_has_a_number(visitor: Visitor, app: Flask) -> None:
    calls = [link["href"] for link in visitor.open("/sign-in").soup.select('main a[href^="tel:"]')]
    assert calls == ["tel:0453-3120001"] * 2
    with app.app_context(), transaction():
        db.session.get_one(Community, RIVER).phone = ""
    page = visitor.open("/sign-in")
    assert len(page.soup.select('main a[href^="tel:"]')) == 1
    assert "沿河社区服务台" not in page.text("main")


def test_the_number_goes_along_to_the_door_and_back(visitor: Visitor, shift: int) -> None:
    door = sign_up(visitor, shift, "麦小", MAI.phone).follow("登录，接着报名")
    assert typed(door, "phone") == [MAI.phone]
    assert MAI.phone not in door.url, "no number in an address"
    wrong = door.press("登录", within="main", phone="139 1234 5678", password="no")
    assert wrong.status == 422
    back = wrong.follow("回到报名")
    assert back.url == f"/shifts/{shift}/sign-up"
    assert typed(back, "name", "phone") == ["麦小", "139 1234 5678"]
    page = back.follow("登录后一按就报上")
    page = page.press("登录", within="main", phone=MAI.phone, password=PASSWORD)
    assert page.url == "/events/1"


def test_the_next_on_a_shared_phone_finds_nothing(visitor: Visitor, shift: int) -> None:
    sign_up(visitor, shift, "麦小", MAI.phone)
    with clock.standing_at(BEFORE + timedelta(minutes=10.1)):
        assert typed(visitor.open("/sign-in"), "phone") in ([], [""])
        assert typed(visitor.open(f"/shifts/{shift}/sign-up"), "name", "phone") in ([], ["", ""])
