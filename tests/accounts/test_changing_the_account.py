"""A person changes the name or the password."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from tests.accounts.facts import SignIn, everything, rows
from tests.accounts.hostile import attacked
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, PASSWORD
from volboard.accounts import commands
from volboard.accounts.errors import WrongPassword
from volboard.accounts.queries import authenticate, household
from volboard.core.db import db, transaction

NEW = "a new word for the gate"


def change(visitor: Visitor, current: str, new: str) -> str:
    page = visitor.open("/me/account").press("存下新密码", "main", current=current, password=new)
    return page.whole_text


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(app: Flask, as_: SignIn) -> None:
    here, elsewhere, neighbour = as_(MAI), as_(MAI), as_(BAO)
    assert "密码改好了" in change(here, PASSWORD, NEW)
    assert here.open("/me/account").text("h1") == "我的账号"
    assert elsewhere.open("/me/account").text("h1") == "登录"
    assert neighbour.open("/me/account").text("h1") == "我的账号"
    Visitor(app).sign_in(MAI.phone, NEW)


def test_the_current_password_is_asked_for(app: Flask, as_: SignIn) -> None:
    mai, before = as_(MAI), everything(app)
    assert "请写密码" in change(mai, "", NEW)
    assert "现在的密码不对" in change(mai, "not the password", NEW)
    assert everything(app) == before


@pytest.mark.parametrize("weak", ["short", "12345678", MAI.phone, "x" * 129])
def test_a_weak_password_is_refused_with_a_reason(app: Flask, as_: SignIn, weak: str) -> None:
    mai, before = as_(MAI), everything(app)
    page = mai.open("/me/account").press("存下新密码", "main", current=PASSWORD, password=weak)
    assert page.status == 422
    assert "密码" in page.text(".field__error")
    assert everything(app) == before


def test_guessing_the_current_password_is_slowed_down(as_: SignIn) -> None:
    mai = as_(MAI)
    page = mai.open("/me/account")
    codes = [page.press("存下新密码", "main", current=f"guess{n}", password=NEW).status
             for n in range(6)]  # fmt: skip
    assert codes == [422] * 5 + [429]


def test_whoever_has_no_password_sets_one_without_being_asked(app: Flask, as_: SignIn) -> None:
    mai = as_(MAI)
    with app.app_context(), transaction():
        db.session.connection().exec_driver_sql(
            "UPDATE accounts SET password_hash = NULL, verified_at = NULL WHERE id = 1"
        )
    page = mai.open("/me/account")
    assert "还没有核实" in page.text(".facts")
    assert not page.soup.select("[name=current]")
    assert "密码改好了" in page.press("存下新密码", "main", password=NEW).whole_text
    Visitor(app).sign_in(MAI.phone, NEW)


@both_engines
def test_a_password_that_changed_meanwhile_is_not_overwritten(inside: Flask, engine: str) -> None:
    commands.change_password(MAI.id, PASSWORD, NEW)
    with pytest.raises(WrongPassword):
        commands.change_password(MAI.id, PASSWORD, "the other word, later")
    assert authenticate(MAI.phone, NEW) == MAI.id


@both_engines
def test_of_two_changes_at_once_one_is_told_to_look_again(app: Flask, engine: str) -> None:
    start = Barrier(2)

    def press(new: str) -> bool:
        with app.app_context():
            start.wait()
            try:
                commands.change_password(MAI.id, PASSWORD, new)
            except WrongPassword:
                return False
            return True

    with ThreadPoolExecutor(2) as phones:
        assert sorted(phones.map(press, ["the first new word", "the second new word"])) == [
            False,
            True,
        ]
    assert rows(app, "SELECT session_version FROM accounts WHERE id = 1") == [(2,)]


@both_engines
def test_a_new_name_brings_new_initials(inside: Flask, engine: str) -> None:
    me = commands.quick_account("王小芳", "13911112222")
    commands.change_own_name(me.account_id, "阿卜杜热合曼·买买提")
    assert household(me.account_id)[0].name == "阿卜杜热合曼·买买提"
    found = rows(inside, "SELECT initials FROM volunteers WHERE id = :id", id=me.volunteer_id)
    assert found[0][0].split()[0] == "abdrhmmmt"


def test_the_account_page_shows_the_new_name(as_: SignIn) -> None:
    page = as_(MAI).open("/me/account").press("存下名字", "main", name="  麦·小 芳 ")
    assert "名字改好了" in page.whole_text
    assert "麦·小芳" in page.text(".facts")


def test_hostile_names_change_nothing_else(app: Flask, as_: SignIn) -> None:
    mai, columns = (
        as_(MAI),
        "SELECT id, phone, password_hash, is_admin, session_version, verified_at FROM accounts",
    )
    before = rows(app, columns)
    for attack in attacked(mai, "/me/account", "存下名字", {"name": "麦小芳"}):
        assert "49" not in attack.answer.text(".facts")
    assert rows(app, columns) == before
    assert rows(app, "SELECT count(*) FROM volunteers") == [(6,)]


def test_hostile_passwords_are_answered_in_words(app: Flask, as_: SignIn) -> None:
    before = everything(app)
    for attack in attacked(
        as_(MAI), "/me/account", "存下新密码", {"current": "wrong one", "password": NEW}
    ):
        assert attack.answer.status == 422, attack
    assert everything(app) == before


@pytest.mark.parametrize("path", ["/me/account", "/me/account/password"])
def test_a_form_without_a_token_changes_nothing(app: Flask, as_: SignIn, path: str) -> None:
    mai, before = as_(MAI), everything(app)
    data = {"name": "别人", "current": PASSWORD, "password": NEW}
    assert mai.client.post(path, data=data).status_code == 400
    assert everything(app) == before


def test_the_account_page_is_kept_by_no_cache(as_: SignIn) -> None:
    headers = as_(MAI).client.get("/me/account").headers
    assert headers["Cache-Control"] == "no-store"
    assert "Cookie" in headers["Vary"]
