"""Whatever is typed or sent: a page with a sentence, never a 500, and nothing of it runs."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.accounts.hostile import TEXTS, attacked
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.town import a_shift, an_event, seats
from volboard.accounts.commands import join
from volboard.accounts.queries import account_by_phone
from volboard.signups.commands import sign_up

OnPhone = Callable[[Person], Visitor]
GOOD = {"name": "王桂芳", "phone": "13912345678"}


@pytest.fixture
def shift(app: Flask) -> int:
    with app.app_context():
        shift = a_shift(capacity=1)
        for person in (MAI, BAO):
            sign_up(person.id, shift, person.id)
    return shift


def test_a_visitor_may_type_anything(app: Flask, shift: int) -> None:
    with app.app_context():
        join("梁上君", TEXTS["full width"], None)
    known = {"name": "王桂芳", "phone": MAI.phone}
    wrong = {"name": 0, "phone": 0}
    for attack in attacked(Visitor(app), f"/shifts/{shift}/sign-up", "排候补", known):
        assert attack.answer.status == 422, "nobody is signed in by a known number"
        wrong[attack.field] += bool(attack.answer.soup.select(f"#{attack.field}-error"))
    assert wrong["name"] >= 5
    assert wrong["phone"] == len(TEXTS)


def test_an_organizer_may_type_anything_at_the_desk(
    app: Flask, on_phone: OnPhone, shift: int
) -> None:
    url = f"/organize/shifts/{shift}/roster"
    answers = [
        attack.answer for attack in attacked(on_phone(OLGA), url, "报名", GOOD) if attack.answer
    ]
    assert {answer.status for answer in answers} <= {200, 409, 422}


def test_a_reason_may_be_anything(on_phone: OnPhone, shift: int) -> None:
    url = f"/organize/shifts/{shift}/roster"
    for attack in attacked(on_phone(OLGA), url, "确定取消", {"reason": "带队"}):
        if attack.kind in ("empty", "blank", "endless", "NUL", "line break", "zero width"):
            assert attack.answer.status == 422, attack.kind


@pytest.mark.parametrize(
    "typed", ["１３９１２３４５６７８", "+86 139-1234-5678", "0086 13912345678", "(139) 1234 5678"]
)
def test_a_number_is_the_same_however_it_is_typed(app: Flask, shift: int, typed: str) -> None:
    visitor = Visitor(app)
    page = visitor.open(f"/shifts/{shift}/sign-up")
    assert page.press("排候补", within="main", name="王桂芳", phone=typed).url == "/events/1"
    with app.app_context():
        assert account_by_phone("13912345678") is not None


def test_a_name_is_shown_as_it_was_typed_and_does_not_run(app: Flask, shift: int) -> None:
    page = Visitor(app).open(f"/shifts/{shift}/sign-up")
    page = page.press("排候补", "main", name="<b onclick=1>{{7*7}}%s</b>", phone="13912345678")
    assert page.text(".person__name") == "<b onclick=1>{{7*7}}%s</b>"


def test_without_its_token_no_form_writes(app: Flask, on_phone: OnPhone, shift: int) -> None:
    otto, visitor = on_phone(OTTO), Visitor(app)
    url = f"/shifts/{shift}/sign-up"
    assert otto.post(url, {}).status == 400
    assert otto.post(url, {"volunteer": "4", "csrf_token": "x"}).status == 400
    assert visitor.post(url, dict(GOOD)).status == 400
    assert on_phone(BAO).post("/signups/2/cancel", {}).status == 400
    with app.app_context():
        assert seats(shift) == (1, 1)


@pytest.mark.parametrize("number", ["0", "-1", "abc", "9" * 20, str(2**31), "1.5", "%00"])
def test_what_no_row_can_be_is_not_found(app: Flask, on_phone: OnPhone, number: str) -> None:
    otto = on_phone(OLGA)
    for url in ("/shifts/{}/sign-up", "/organize/shifts/{}/roster", "/organize/shifts/{}/sheet"):
        assert otto.open(url.format(number)).status == 404


def test_a_shift_of_a_draft_does_not_exist(app: Flask, on_phone: OnPhone) -> None:
    with app.app_context():
        hidden = a_shift(an_event(state="draft"))
    visitor, mai = Visitor(app), on_phone(MAI)
    token = visitor.open("/sign-in").soup.select_one("[name=csrf_token]")
    assert token is not None
    data: dict[str, object] = {"csrf_token": token["value"], **GOOD}
    assert visitor.open(f"/shifts/{hidden}/sign-up").status == 404
    assert visitor.post(f"/shifts/{hidden}/sign-up", data).status == 404
    assert mai.open(f"/shifts/{hidden}/sign-up").status == 404
    with app.app_context():
        assert account_by_phone("13912345678") is None
