"""An organizer helps a resident who forgot the password."""

import pytest
from flask import Flask

from tests.accounts.facts import SignIn, everything, rows
from tests.accounts.hostile import attacked
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from volboard.communities import commands
from volboard.communities.rules import may_help

REFUSED = "这个手机号在您的社区里没有可以帮的账号"


def test_the_code_of_the_desk_signs_the_resident_in(app: Flask, as_: SignIn) -> None:
    page = as_(OLGA).open("/organize/desk-help").press("给一个验证码", "main", phone=MAI.phone)
    assert "麦*芳" in page.whole_text
    assert "麦小芳" not in page.whole_text
    code = "".join(filter(str.isdecimal, page.text("#code")))
    mai = Visitor(app).open("/sign-in/code")
    page = mai.press("设新密码并登录", "main", phone=MAI.phone, code=code, password="a new word 77")
    assert "已经登录" in page.text("#notices")
    assert rows(app, "SELECT account_id, issued_by FROM desk_codes") == [(MAI.id, OLGA.id)]


@pytest.mark.parametrize("phone", ["13911112222", TIAN.phone, OTTO.phone, OLGA.phone, ADA.phone])
def test_unknown_foreign_and_powerful_numbers_look_alike(
    app: Flask, as_: SignIn, phone: str
) -> None:
    page = as_(OLGA).open("/organize/desk-help").press("给一个验证码", "main", phone=phone)
    assert page.status == 422
    assert REFUSED in page.text(".field__error")
    assert rows(app, "SELECT count(*) FROM desk_codes") == [(0,)]


def test_the_other_community_gets_no_code(app: Flask, as_: SignIn) -> None:
    page = as_(TIAN).open("/organize/desk-help").press("给一个验证码", "main", phone=MAI.phone)
    assert REFUSED in page.text(".field__error")
    with app.app_context():
        commands.settle(MAI.id, RAIL)
    page = as_(TIAN).open("/organize/desk-help").press("给一个验证码", "main", phone=MAI.phone)
    assert page.text("h1") == "验证码"


def test_an_organizer_of_anything_is_beyond_help(app: Flask, as_: SignIn) -> None:
    with app.app_context():
        commands.grant(BAO.id, RAIL, ADA.id)
    page = as_(OLGA).open("/organize/desk-help").press("给一个验证码", "main", phone=BAO.phone)
    assert REFUSED in page.text(".field__error")


@pytest.mark.parametrize("person", [MAI, OLGA, TIAN])
def test_the_admin_helps_everybody(as_: SignIn, person: Person) -> None:
    page = as_(ADA).open("/organize/desk-help").press("给一个验证码", "main", phone=person.phone)
    assert page.text("h1") == "验证码"


@pytest.mark.parametrize(
    ("homes", "offices", "is_admin", "may"),
    [
        ({RIVER}, set(), False, True),
        ({RIVER, RAIL}, set(), False, True),
        ({RAIL}, set(), False, False),
        (set(), set(), False, False),
        ({RIVER}, {RIVER}, False, False),
        ({RIVER}, {RAIL}, False, False),
        ({RIVER}, set(), True, False),
    ],
)
def test_help_reaches_plain_residents_of_the_own_community(
    homes: set[int], offices: set[int], is_admin: bool, may: bool
) -> None:
    found = may_help(frozenset({RIVER}), frozenset(homes), frozenset(offices), is_admin)
    assert found is may


def test_residents_find_no_such_page(as_: SignIn) -> None:
    assert as_(MAI).open("/organize/desk-help").status == 404
    assert as_(MAI).post("/organize/desk-help", {"phone": BAO.phone}).status in (400, 404)


def test_asking_is_slowed_down(as_: SignIn) -> None:
    page = as_(OLGA).open("/organize/desk-help")
    codes = [page.press("给一个验证码", "main", phone=f"139111122{n:02}").status for n in range(11)]
    assert codes == [422] * 10 + [429]


def test_hostile_numbers_get_no_code(app: Flask, as_: SignIn) -> None:
    before = everything(app)
    good = {"phone": "13911112222"}
    for attack in attacked(as_(OLGA), "/organize/desk-help", "给一个验证码", good):
        assert attack.answer.status == 422
    assert everything(app)[:-1] == before[:-1]


def test_without_a_token_no_code_is_given(app: Flask, as_: SignIn) -> None:
    olga = as_(OLGA)
    assert olga.client.post("/organize/desk-help", data={"phone": MAI.phone}).status_code == 400
    assert rows(app, "SELECT count(*) FROM desk_codes") == [(0,)]
