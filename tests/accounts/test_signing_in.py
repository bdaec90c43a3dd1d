"""A person signs in."""

from urllib.parse import quote, urlsplit

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters
from flask import Flask

from tests.accounts.hostile import REDIRECTS, attacked
from tests.conftest import both_engines
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, PASSWORD
from tests.support.statements import counted
from volboard.accounts.queries import authenticate
from volboard.core.db import db, transaction

WRONG = "手机号和密码对不上"
STRANGER = "13911112222"


def try_in(visitor: Visitor, phone: str, password: str, next: str = "") -> Page:
    page = visitor.open("/sign-in")
    return page.press("登录", "main", phone=phone, password=password, next=next)


@pytest.mark.parametrize(
    "typed", ["13800000001", "138 0000 0001", "+86 138-0000-0001", "１３８０００００００１"]
)
def test_a_person_signs_in_with_the_number_however_it_is_typed(
    visitor: Visitor, typed: str
) -> None:
    page = try_in(visitor, typed, PASSWORD, next="/me/account")
    assert page.text("h1") == "我的账号"
    assert "麦小芳" in page.text(".facts")


@pytest.mark.parametrize("phone", [MAI.phone, STRANGER])
def test_known_and_unknown_numbers_read_the_same_sentence(visitor: Visitor, phone: str) -> None:
    page = try_in(visitor, phone, "not the password")
    assert page.status == 422
    assert WRONG in page.text(".summary")
    assert page.soup.select_one("[name=phone]")["value"] == phone  # type: ignore[index]
    assert not page.soup.select_one("[name=password]").get("value")  # type: ignore[union-attr]


def test_known_and_unknown_numbers_cost_the_same_work(
    inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash takes nearly all of the time: one is checked for either, of the same cost."""
    checked: list[Parameters] = []
    verify = PasswordHasher.verify

    def noted(hasher: PasswordHasher, known: str, typed: str) -> bool:
        checked.append(extract_parameters(known))
        return verify(hasher, known, typed)

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    statements = []
    for phone in (MAI.phone, STRANGER):
        with counted(inside) as sent:
            assert authenticate(phone, "not the password") is None
        statements.append(sent)
    known, unknown = checked
    assert known == unknown
    assert statements[0] == statements[1]


def test_an_account_without_a_password_lets_nobody_in(inside: Flask) -> None:
    with transaction():
        db.session.connection().exec_driver_sql(
            "UPDATE accounts SET password_hash = NULL WHERE id = 1"
        )
    assert authenticate(MAI.phone, "") is None
    assert authenticate(MAI.phone, "nobody has this password") is None


def test_the_sixth_try_in_a_minute_waits_and_others_do_not(visitor: Visitor, app: Flask) -> None:
    for _try in range(5):
        assert try_in(visitor, MAI.phone, "not the password").status == 422
    page = try_in(Visitor(app), "+86" + MAI.phone, PASSWORD)
    assert page.status == 429
    assert "请等 1 分钟" in page.whole_text
    Visitor(app).sign_in(BAO.phone, PASSWORD)


def test_signing_in_starts_a_new_session_and_keeps_the_device(visitor: Visitor) -> None:
    with visitor.client.session_transaction() as session:
        session["planted"], session["device"] = "by somebody else", "abc123"
    before = visitor.client.get_cookie("session")
    visitor.sign_in(MAI.phone, PASSWORD)
    after = visitor.client.get_cookie("session")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        assert session["device"].startswith("abc123")
        assert session.permanent


def test_a_new_phone_gets_a_name_that_outlives_signing_out(visitor: Visitor) -> None:
    visitor.sign_in(MAI.phone, PASSWORD)
    with visitor.client.session_transaction() as session:
        name = session["device"]
    assert len(bytes.fromhex(name)) == 16
    visitor.open("/me").press("退出登录")
    with visitor.client.session_transaction() as session:
        assert "_user_id" not in session
        assert session.permanent
    visitor.sign_in(BAO.phone, PASSWORD)
    with visitor.client.session_transaction() as session:
        assert session["device"] == name


def test_a_session_cookie_is_closed_to_scripts_and_other_sites(visitor: Visitor) -> None:
    page = visitor.open("/sign-in")
    token = page.soup.select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    answer = visitor.client.post(
        "/sign-in", data={"phone": MAI.phone, "password": PASSWORD, "csrf_token": token}
    )
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert answer.headers["Cache-Control"] == "no-store"


def stays_here(place: str) -> bool:
    """Whether a browser that follows this stays on the site."""
    return urlsplit(place).netloc == "" and place.startswith("/") and place[1:2] not in ("/", "\\")


@pytest.mark.parametrize("target", REDIRECTS[::8])
def test_signing_in_sends_nobody_to_another_site(visitor: Visitor, target: str) -> None:
    page = visitor.open("/sign-in?next=" + quote(target, safe=""))
    token = page.soup.select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    data = {"phone": MAI.phone, "password": PASSWORD, "next": target, "csrf_token": token}
    answer = visitor.client.post("/sign-in", data=data)
    assert answer.status_code == 303
    assert stays_here(answer.headers["Location"])


def test_no_next_sends_anybody_to_another_site(visitor: Visitor) -> None:
    visitor.sign_in(MAI.phone, PASSWORD)
    for target in REDIRECTS:
        for path in ("/sign-in", "/join"):
            answer = visitor.client.get(f"{path}?next={quote(target, safe='')}")
            assert stays_here(answer.headers["Location"]), target
        answer = visitor.client.post("/display", data={"size": "large", "next": target})
        assert stays_here(answer.headers["Location"]), target


def test_a_path_of_this_site_is_where_one_arrives(visitor: Visitor) -> None:
    page = try_in(visitor, MAI.phone, PASSWORD, next="/me/family?from=board")
    assert page.url == "/me/family?from=board"


def test_hostile_texts_are_answered_in_words(visitor: Visitor) -> None:
    good = {"phone": STRANGER, "password": "some-password", "next": "/"}
    for attack in attacked(visitor, "/sign-in", "登录", good):
        assert attack.answer.status == 422, attack
        assert attack.answer.text(".summary")


def test_a_form_without_a_token_is_refused(visitor: Visitor) -> None:
    answer = visitor.client.post("/sign-in", data={"phone": MAI.phone, "password": PASSWORD})
    assert answer.status_code == 400
    assert visitor.open("/me/account").text("h1") == "登录"


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_form_from_another_site_is_refused(visitor: Visitor, headers: dict[str, str]) -> None:
    page = visitor.open("/sign-in")
    token = page.soup.select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    data = {"phone": MAI.phone, "password": PASSWORD, "csrf_token": token}
    assert visitor.client.post("/sign-in", data=data, headers=headers).status_code == 403
    assert visitor.open("/me/account").text("h1") == "登录"


def test_signing_out_ends_it(visitor: Visitor) -> None:
    visitor.sign_in(MAI.phone, PASSWORD)
    visitor.open("/me/account").press("退出登录")
    assert visitor.open("/me/account").text("h1") == "登录"


@both_engines
def test_a_session_of_a_made_up_account_is_nobody(visitor: Visitor, engine: str) -> None:
    for made_up in ("1.99", "99.1", "1", "1.1.1", "x.y", "１.１", "9" * 30 + ".1", "-1.1", ""):
        with visitor.client.session_transaction() as session:
            session["_user_id"] = made_up
        assert visitor.open("/me/account").text("h1") == "登录", made_up
