"""Somebody asks for another name, and an organizer who knows them agrees."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.known import see
from volboard.accounts.commands import add_family
from volboard.accounts.queries import household
from volboard.communities.commands import revoke
from volboard.core.db import db
from volboard.messages.models import Message

As = Callable[[Person], Visitor]
WISH: dict[str, Any] = {"new_name": "麦晓芳", "reason": "登记时写错了"}


@pytest.fixture(autouse=True)
def seen(app: Flask) -> None:
    """Olga has checked Mai in."""
    with app.app_context():
        see(MAI.id)


def name_of(app: Flask, person: Person = MAI) -> str:
    with app.app_context():
        return household(person.id)[0].name


def sent(visitor: Visitor, url: str, **values: str) -> Page:
    """What is answered to somebody who sends a form that their page does not show."""
    token = visitor.open("/me/account").soup.select_one("[name=csrf_token]")
    assert token is not None
    return visitor.post(url, {"csrf_token": str(token["value"]), **values})


def told(app: Flask, kind: str) -> list[int]:
    with app.app_context():
        rows = db.select(Message.account_id).where(Message.kind == kind)
        live = rows.where(Message.dropped_at.is_(None)).order_by(Message.account_id)
        return [one for one in db.session.scalars(live) if one]


def test_from_the_wish_to_the_yes(app: Flask, as_: As) -> None:
    page = as_(MAI).open("/me/account").follow("改名字").press("请组织者同意", "main", **WISH)
    assert "还是现在的名字" in page.text("#notices")
    assert "想改成 麦晓芳" in page.whole_text
    assert name_of(app) == "麦小芳"
    assert told(app, "name_waits") == [OLGA.id, OTTO.id]
    desk = as_(OTTO).open("/organize")
    assert "1 个人要改名字" in desk.whole_text
    page = as_(OTTO).open("/organize/names")
    assert "麦小芳 → 麦晓芳" in page.whole_text
    assert "登记时写错了" in page.whole_text
    page = page.press("同意麦小芳", "main")
    assert "最近改过的" in page.whole_text
    assert name_of(app) == "麦晓芳"
    assert (told(app, "name_waits"), told(app, "name_decided")) == ([], [MAI.id])
    assert "麦小芳 → 麦晓芳" in as_(MAI).open("/me/names/1").whole_text


def test_the_account_page_does_not_change_the_name_of_somebody_seen(app: Flask, as_: As) -> None:
    page = as_(MAI).open("/me/account").press("存下名字和本领", "main", name="买家", skills="急救")
    assert page.status == 422
    assert "不能一个人改" in page.text(".field__error")
    assert page.soup.select_one("[name=skills]")["value"] == "急救"  # type: ignore[index]
    assert name_of(app) == "麦小芳"


def test_the_family_page_does_not_either(app: Flask, as_: As) -> None:
    with app.app_context():
        mother = add_family(MAI.id, "麦奶奶", "妈妈")
        see(mother)
    page = as_(MAI).open(f"/me/family/{mother}").press("存下", "main", name="买家")
    assert page.status == 422
    assert "不能一个人改" in page.whole_text
    page = as_(MAI).open(f"/me/family/{mother}").follow("改名字")
    page = page.press("请组织者同意", "main", new_name="麦桂兰", reason="写错了")
    assert "想改成 麦桂兰" in page.whole_text


def test_at_the_desk_one_organizer_asks_and_another_agrees(app: Flask, as_: As) -> None:
    page = as_(OLGA).open("/organize/names").follow("本人来改名字")
    page = page.press("请另一位组织者同意", "main", name=MAI.name, phone=MAI.phone, **WISH)
    assert "另一位组织者同意以后" in page.text("#notices")
    assert "同意麦小芳" not in [button.get_text() for button in page.soup.select("button")]
    refused = sent(as_(OLGA), "/organize/names/1/agree")
    assert refused.status == 409
    assert "另一位组织者" in refused.whole_text
    assert name_of(app) == "麦小芳"
    as_(OTTO).open("/organize/names").press("同意麦小芳", "main")
    assert name_of(app) == "麦晓芳"


def test_where_there_is_one_organizer_the_admin_is_the_second(app: Flask, as_: As) -> None:
    with app.app_context():
        revoke(OTTO.id, 1, ADA.id)
    page = as_(OLGA).open("/organize/names/new")
    page.press("请另一位组织者同意", "main", name=MAI.name, phone=MAI.phone, **WISH)
    as_(ADA).open("/organize/names").press("同意麦小芳", "main")
    assert name_of(app) == "麦晓芳"


def test_no_means_the_old_name(app: Flask, as_: As) -> None:
    as_(MAI).open("/me/names/1").press("请组织者同意", "main", **WISH)
    as_(OLGA).open("/organize/names").press("不同意麦小芳", "main")
    assert name_of(app) == "麦小芳"
    assert told(app, "name_decided") == [MAI.id]


def test_a_wish_can_be_taken_back(app: Flask, as_: As) -> None:
    page = as_(MAI).open("/me/names/1").press("请组织者同意", "main", **WISH)
    page = page.press("不改了", "main")
    assert "想改成" not in page.whole_text
    assert told(app, "name_waits") == []
    page = as_(OLGA).open("/organize/names/new")
    page = page.press("请另一位组织者同意", "main", name=MAI.name, phone=MAI.phone, **WISH)
    page.press("不改了麦小芳", "main")
    assert "没有人要改名字" in as_(OTTO).open("/organize/names").whole_text


@pytest.mark.parametrize(
    ("field", "wish"),
    [("new_name", WISH | {"new_name": ""}), ("reason", WISH | {"reason": " "}),
     ("new_name", WISH | {"new_name": "麦小芳"}), ("new_name", WISH | {"new_name": "已注销"})],
)  # fmt: skip
def test_a_wish_without_a_name_or_a_reason_comes_back(
    app: Flask, as_: As, field: str, wish: dict[str, Any]
) -> None:
    page = as_(MAI).open("/me/names/1").press("请组织者同意", "main", **wish)
    assert page.status == 422
    assert page.soup.select_one(f"#{field}-error")
    assert told(app, "name_waits") == []


def test_at_the_desk_a_number_of_elsewhere_is_nobody(app: Flask, as_: As) -> None:
    page = as_(TIAN).open("/organize/names/new")
    page = page.press("请另一位组织者同意", "main", name=MAI.name, phone=MAI.phone, **WISH)
    assert page.status == 422
    assert "没有用这个手机号" in page.text("#name-error")


def test_other_communities_see_and_decide_nothing(app: Flask, as_: As) -> None:
    as_(MAI).open("/me/names/1").press("请组织者同意", "main", **WISH)
    assert "麦小芳" not in as_(TIAN).open("/organize/names").whole_text
    assert sent(as_(TIAN), "/organize/names/1/agree").status == 404
    assert sent(as_(BAO), "/me/names/1", **WISH).status == 404
    assert name_of(app) == "麦小芳"


def test_who_was_never_seen_is_sent_to_the_plain_form(as_: As) -> None:
    page = as_(BAO).open("/me/names/2")
    assert "名字可以直接改" in page.whole_text
    page = page.follow("直接改").press("存下名字和本领", "main", name="鲍国祥")
    assert "改好了" in page.text("#notices")
