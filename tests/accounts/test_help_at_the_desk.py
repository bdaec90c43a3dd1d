"""A one-time code of the desk replaces a forgotten password."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.facts import SignIn, everything, rows
from tests.accounts.hostile import attacked
from tests.conftest import both_engines
from tests.support.browser import Page, Visitor
from tests.support.cast import MAI, OLGA, PASSWORD
from tests.support.postgres import wait_until_somebody_waits
from volboard.accounts import commands
from volboard.accounts.errors import WrongCode
from volboard.accounts.models import Account
from volboard.accounts.queries import account, authenticate
from volboard.core import clock
from volboard.core.db import db, locked, transaction

NEW = "a new word for the gate"
NOON = datetime(2026, 6, 19, 4, tzinfo=UTC)


def trade(visitor: Visitor, phone: str, code: str, password: str = NEW) -> Page:
    page = visitor.open("/sign-in").follow("用服务台给的验证码登录")
    return page.press("设新密码并登录", "main", phone=phone, code=code, password=password)


def fresh_code(app: Flask) -> str:
    with app.app_context():
        return commands.issue_desk_code(MAI.id, OLGA.id)


def test_a_code_signs_in_and_ends_the_older_sessions(app: Flask, as_: SignIn) -> None:
    lost = as_(MAI)
    code = fresh_code(app)
    found = Visitor(app)
    page = trade(found, MAI.phone, f" {code[:4]} {code[4:]} ")
    assert "新密码设好了" in page.text("#notices")
    assert found.open("/me/account").text("h1") == "我的账号"
    assert lost.open("/me/account").text("h1") == "登录"
    Visitor(app).sign_in(MAI.phone, NEW)
    with app.app_context():
        assert authenticate(MAI.phone, PASSWORD) is None


def test_a_code_in_full_width_digits_is_the_same_code(inside: Flask) -> None:
    code = commands.issue_desk_code(MAI.id, OLGA.id)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert commands.use_desk_code(MAI.phone, wide, NEW).account_id == MAI.id


@both_engines
def test_a_code_works_once(inside: Flask, engine: str) -> None:
    code = commands.issue_desk_code(MAI.id, OLGA.id)
    commands.use_desk_code(MAI.phone, code, NEW)
    with pytest.raises(WrongCode):
        commands.use_desk_code(MAI.phone, code, "a third word, much later")
    assert authenticate(MAI.phone, NEW) == MAI.id


@both_engines
def test_four_who_use_a_code_at_once_are_one(app: Flask, engine: str) -> None:
    code, start = fresh_code(app), Barrier(4)

    def press(number: int) -> bool:
        with app.app_context():
            start.wait()
            try:
                return bool(commands.use_desk_code(MAI.phone, code, f"password of {number}"))
            except WrongCode:
                return False

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(press, range(4))) == [False, False, False, True]
    assert rows(app, "SELECT session_version FROM accounts WHERE id = 1") == [(2,)]


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
def test_a_code_that_is_used_while_a_newer_one_is_made_is_only_old(app: Flask) -> None:
    code = fresh_code(app)

    def use() -> int:
        with app.app_context():
            return commands.use_desk_code(MAI.phone, code, NEW).account_id

    with app.app_context(), ThreadPoolExecutor(1) as phone, transaction():
        db.session.execute(locked(select(Account).where(Account.id == MAI.id), of=Account))
        used = phone.submit(use)
        wait_until_somebody_waits(app)
        commands.issue_desk_code(MAI.id, OLGA.id)
    assert isinstance(used.exception(), WrongCode)


@pytest.mark.parametrize(("minutes", "works"), [(9, True), (10, False), (11, False)])
def test_a_code_lasts_ten_minutes(inside: Flask, minutes: int, works: bool) -> None:
    with clock.standing_at(NOON):
        code = commands.issue_desk_code(MAI.id, OLGA.id)
    with clock.standing_at(NOON + timedelta(minutes=minutes)):
        if works:
            assert commands.use_desk_code(MAI.phone, code, NEW).account_id == MAI.id
        else:
            with pytest.raises(WrongCode):
                commands.use_desk_code(MAI.phone, code, NEW)


@both_engines
def test_a_code_dies_after_five_wrong_tries(inside: Flask, engine: str) -> None:
    code = commands.issue_desk_code(MAI.id, OLGA.id)
    for _try in range(5):
        with pytest.raises(WrongCode):
            commands.use_desk_code(MAI.phone, "00000000" if code != "00000000" else "1", NEW)
    with pytest.raises(WrongCode):
        commands.use_desk_code(MAI.phone, code, NEW)


def test_a_newer_code_ends_the_older_one(inside: Flask) -> None:
    older, newer = (commands.issue_desk_code(MAI.id, OLGA.id) for _time in range(2))
    with pytest.raises(WrongCode):
        commands.use_desk_code(MAI.phone, older, NEW)
    assert commands.use_desk_code(MAI.phone, newer, NEW).account_id == MAI.id
    with pytest.raises(WrongCode):
        commands.use_desk_code(MAI.phone, older, "a third word, much later")


def test_a_changed_password_ends_the_code(inside: Flask) -> None:
    code = commands.issue_desk_code(MAI.id, OLGA.id)
    commands.change_password(MAI.id, PASSWORD, NEW)
    with pytest.raises(WrongCode):
        commands.use_desk_code(MAI.phone, code, "a third word, much later")


def test_the_code_of_one_is_no_code_of_another(inside: Flask) -> None:
    code = commands.issue_desk_code(MAI.id, OLGA.id)
    with pytest.raises(WrongCode):
        commands.use_desk_code(OLGA.phone, code, NEW)


def test_a_code_makes_nobody_seen_and_keeps_who_gave_it(inside: Flask) -> None:
    me = commands.quick_account("王小芳", "13911112222")
    code = commands.issue_desk_code(me.account_id, OLGA.id)
    [(digest,)] = rows(inside, "SELECT code_hash FROM desk_codes")
    assert code not in digest
    commands.use_desk_code("13911112222", code, NEW)
    fact = account(me.account_id)
    assert fact is not None
    assert fact.verified_at is None
    assert rows(inside, "SELECT issued_by, code_hash FROM desk_codes") == [(OLGA.id, "")]


@pytest.mark.parametrize("phone", [MAI.phone, "13911112222"])
def test_wrong_codes_read_the_same_for_known_and_unknown_numbers(
    app: Flask, visitor: Visitor, phone: str
) -> None:
    fresh_code(app)
    page = trade(visitor, phone, "1")
    assert page.status == 422
    assert "对不上" in page.text(".field__error")


def test_who_may_try_no_more_passwords_may_still_use_a_code(app: Flask, visitor: Visitor) -> None:
    sign_in = visitor.open("/sign-in")
    for _try in range(6):
        page = sign_in.press("登录", "main", phone=MAI.phone, password="a wrong one")
    assert page.status == 429
    assert "新密码设好了" in trade(visitor, MAI.phone, fresh_code(app)).whole_text


def test_the_sixth_code_in_a_minute_waits(visitor: Visitor) -> None:
    codes = [trade(visitor, MAI.phone, "12345678").status for _try in range(6)]
    assert codes == [422] * 5 + [429]


def test_hostile_codes_change_nothing(app: Flask, visitor: Visitor) -> None:
    fresh_code(app)
    before = everything(app)[:-1]
    good = {"phone": MAI.phone, "code": "x", "password": NEW}
    for attack in attacked(visitor, "/sign-in/code", "设新密码并登录", good):
        assert attack.answer.status == 422, attack
    assert everything(app)[:-1] == before


def test_without_a_token_no_code_is_tried(app: Flask, visitor: Visitor) -> None:
    code = fresh_code(app)
    data = {"phone": MAI.phone, "code": code, "password": NEW}
    assert visitor.client.post("/sign-in/code", data=data).status_code == 400
    assert rows(app, "SELECT attempts, used_at FROM desk_codes") == [(0, None)]
