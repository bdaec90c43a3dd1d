"""A second tap, a reload, a retry after a lost answer: one signup, the same answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import both_engines
from tests.signups.conftest import DAYS_BEFORE
from tests.support.browser import Page, Visitor, fields
from tests.support.cast import MAI, Person
from tests.support.crowd import phone_of
from tests.support.town import a_shift
from volboard.accounts.models import Account
from volboard.core import clock
from volboard.core.db import db
from volboard.signups.models import Signup

TYPED = {"name": "王桂芳", "phone": "１39 1234 5678"}
Shift = Callable[..., int]


def signups(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Signup)) or 0


def as_typed(page: Page) -> dict[str, object]:
    form = page.form("报名", "main")
    return fields(form, form.select("button")[-1]) | TYPED


def test_the_same_form_after_a_lost_answer_finds_the_first_signup(
    app: Flask, visitor: Visitor, shift_of: Shift
) -> None:
    url = f"/shifts/{shift_of(capacity=1)}/sign-up"
    data = as_typed(visitor.open(url))
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    first = visitor.post(url, data)
    visitor.client.set_cookie("session", cookie.value)
    again = visitor.post(url, data)
    assert first.url == again.url == "/events/1"
    assert first.text("#notices") == again.text("#notices")
    assert again.text(".person .seal") == "已报名"
    assert signups(app) == 1


def test_a_second_tap_after_the_phone_was_signed_in_lands_on_the_same_page(
    app: Flask, visitor: Visitor, shift_of: Shift
) -> None:
    url = f"/shifts/{shift_of()}/sign-up"
    data = as_typed(visitor.open(url))
    visitor.post(url, data)
    again = visitor.post(url, data)
    assert (again.status, again.url) == (200, "/events/1")
    assert again.text(".person .seal") == "已报名"
    assert signups(app) == 1


def test_another_phone_with_the_same_words_is_not_signed_in(
    app: Flask, visitor: Visitor, shift_of: Shift
) -> None:
    url = f"/shifts/{shift_of()}/sign-up"
    visitor.post(url, as_typed(visitor.open(url)))
    stranger = Visitor(app)
    answer = stranger.post(url, as_typed(stranger.open(url)))
    assert answer.status == 422
    assert "已经有账号" in answer.text("#phone-error")
    assert stranger.open("/me").url.startswith("/sign-in")


def test_a_back_step_and_a_second_press_do_not_sign_up_twice(
    app: Flask, on_phone: Callable[[Person], Visitor], shift_of: Shift
) -> None:
    shift_of()
    mai = on_phone(MAI)
    page = mai.open("/events/1")
    for htmx in (False, True, False):
        assert page.press("报名", within="main", htmx=htmx).text(".seal") == "已报名"
    assert signups(app) == 1


@both_engines
@pytest.mark.usefixtures("days_before")
def test_two_taps_at_the_same_moment_make_one_account_and_one_signup(app: Flask) -> None:
    with app.app_context():
        shift = a_shift(capacity=1)
    url = f"/shifts/{shift}/sign-up"
    with clock.standing_at(DAYS_BEFORE):
        visitor = Visitor(app)
        data, cookie = as_typed(visitor.open(url)), visitor.client.get_cookie("session")
    assert cookie is not None

    def tap(_number: int) -> tuple[int, str]:
        with clock.standing_at(DAYS_BEFORE):
            client = app.test_client()
            client.set_cookie("session", cookie.value)
            answer = client.post(url, data=data)
            return answer.status_code, answer.location

    def press(_number: int) -> int:
        with clock.standing_at(DAYS_BEFORE):
            phone, client = phone_of(app, MAI.id), app.test_client()
            client.set_cookie(*phone.cookie.split("=", 1))
            return client.post(url, data={"csrf_token": phone.token}).status_code

    with ThreadPoolExecutor(8) as crowd:
        taps, presses = crowd.map(tap, range(6)), crowd.map(press, range(6))
        assert set(taps) == {(303, "/events/1")}
        assert set(presses) == {303}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Account)) == 7
    assert signups(app) == 2
