"""A neighbour joins and belongs to a community from then on."""

import pytest
from flask import Flask

from tests.accounts.facts import SignIn, everything, rows
from tests.accounts.hostile import attacked
from tests.conftest import both_engines
from tests.support.browser import Page, Visitor
from tests.support.cast import MAI, RAIL, RIVER
from volboard.accounts.errors import PhoneTaken
from volboard.communities import commands
from volboard.communities.queries import is_resident
from volboard.core.errors import NotFound

GOOD = {"name": "王小芳", "phone": "13911112222", "password": "two words and 7", "community": "2"}


def join(visitor: Visitor, url: str = "/join", **changed: str) -> Page:
    return visitor.open(url).press("注册", "main", False, **(GOOD | changed))


def test_whoever_joins_is_signed_in_where_they_were_going(app: Flask, visitor: Visitor) -> None:
    page = join(visitor, "/join?next=/me/account")
    assert page.text("h1") == "我的账号"
    assert "王小芳" in page.text(".facts")
    (row,) = rows(
        app,
        "SELECT a.phone, a.is_admin, a.verified_at, r.community_id FROM accounts a"
        " JOIN residencies r ON r.account_id = a.id WHERE a.id > 6",
    )
    assert (row[0], bool(row[1]), row[2], row[3]) == ("+8613911112222", False, None, RAIL)


def test_from_the_sign_in_page_the_way_leads_on(visitor: Visitor) -> None:
    page = visitor.open("/sign-in?next=/me/family").follow("注册一个")
    assert page.press("注册", "main", False, **GOOD).url == "/me/family"


def test_a_known_number_is_sent_to_sign_in(app: Flask, visitor: Visitor) -> None:
    before = everything(app)
    page = join(visitor, phone=MAI.phone)
    assert page.status == 422
    assert "请登录，或到服务台请工作人员帮忙" in page.text(".field__error")
    assert everything(app) == before
    assert visitor.open("/me/account").text("h1") == "登录"


@both_engines
def test_a_number_that_is_taken_leaves_nothing_behind(inside: Flask, engine: str) -> None:
    with pytest.raises(PhoneTaken):
        commands.join("别人", MAI.phone, "two words and 7", RAIL)
    assert not is_resident(MAI.id, RAIL)


def test_nobody_joins_a_community_that_does_not_exist(inside: Flask) -> None:
    with pytest.raises(NotFound):
        commands.join("王小芳", "13911112222", "two words and 7", 99)
    assert rows(inside, "SELECT count(*) FROM accounts") == [(6,)]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", " ", "请写姓名"),
        ("phone", "", "请写手机号"),
        ("phone", "0453-3120001", "11 位手机号"),
        ("password", "short", "至少写 8 位"),
        ("password", "12345678", "容易被猜到"),
        ("password", "x13911112222", "自己的手机号"),
        ("community", "99", ""),
        ("community", "", ""),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    app: Flask, visitor: Visitor, field: str, value: str, words: str
) -> None:
    page = join(visitor, **{field: value})
    assert page.status == 422
    assert words in page.text(".field__error")
    assert page.soup.select_one("#name")["value"] == ("" if field == "name" else "王小芳")  # type: ignore[index]
    assert rows(app, "SELECT count(*) FROM accounts") == [(6,)]


def test_fields_that_the_form_lacks_are_ignored(app: Flask, visitor: Visitor) -> None:
    token = str(visitor.open("/join").form("注册", "main").select("input")[0]["value"])
    extra = {"is_admin": "1", "role": "admin", "verified_at": "2026-01-01", "id": "1",
             "community_id": "1", "session_version": "9", "csrf_token": token}  # fmt: skip
    visitor.post("/join", {**GOOD, **extra})
    columns = "is_admin, verified_at, session_version"
    (row,) = rows(app, f"SELECT {columns} FROM accounts WHERE phone = '+8613911112222'")
    assert (bool(row[0]), row[1], row[2]) == (False, None, 1)
    assert rows(app, "SELECT count(*) FROM memberships") == [(3,)]


def test_hostile_texts_make_no_account_of_anybody_else(app: Flask, visitor: Visitor) -> None:
    before = everything(app)
    good = GOOD | {"phone": MAI.phone, "next": "/"}
    for attack in attacked(visitor, "/join", "注册", good, leave="phone"):
        assert attack.answer.status == 422, attack
    assert everything(app) == before


def test_without_a_token_nobody_joins(app: Flask, visitor: Visitor) -> None:
    assert visitor.client.post("/join", data=GOOD).status_code == 400
    token = str(visitor.open("/join").form("注册", "main").select("input")[0]["value"])
    foreign = {"Origin": "https://evil.example"}
    answer = visitor.client.post("/join", data=GOOD | {"csrf_token": token}, headers=foreign)
    assert answer.status_code == 403
    assert rows(app, "SELECT count(*) FROM accounts") == [(6,)]


def test_who_is_signed_in_need_not_join(as_: SignIn) -> None:
    assert as_(MAI).open("/join?next=/me/account").text("h1") == "我的账号"


@both_engines
def test_belonging_twice_is_belonging_once(inside: Flask, engine: str) -> None:
    for _time in range(2):
        commands.settle(MAI.id, RAIL)
    assert is_resident(MAI.id, RAIL)
    assert is_resident(MAI.id, RIVER)
    assert not is_resident(999, RIVER)
