"""A person chooses the large view or the other language, on any page."""

import pytest
from flask import Flask

from tests.accounts.facts import SignIn, everything, rows
from tests.support.browser import Page, Visitor
from tests.support.cast import MAI, PASSWORD
from tests.support.statements import counted


def size(page: Page) -> str:
    return str(page.soup.html["data-size"]) if page.soup.html else ""


def language(page: Page) -> str:
    return str(page.soup.html["lang"]) if page.soup.html else ""


@pytest.mark.parametrize("path", ["/sign-in?next=/teams", "/join", "/teams", "/sign-in/code"])
def test_the_large_view_is_one_press_away_and_stays(visitor: Visitor, path: str) -> None:
    page = visitor.open(path).press("关怀版")
    assert page.url == path
    assert size(page) == "large"
    assert size(visitor.open("/teams")) == "large"
    assert size(page.press("标准版")) == "normal"


def test_english_is_one_press_away_and_stays(visitor: Visitor) -> None:
    page = visitor.open("/teams").press("English")
    assert language(page) == "en"
    assert language(visitor.open("/sign-in")) == "en"
    assert language(page.press("中文")) == "zh-CN"


def test_a_choice_follows_the_account_to_another_phone(app: Flask, as_: SignIn) -> None:
    as_(MAI).open("/teams").press("关怀版").press("English")
    other = Visitor(app)
    assert size(other.open("/teams")) == "normal"
    other.sign_in(MAI.phone, PASSWORD)
    page = other.open("/teams")
    assert (size(page), language(page)) == ("large", "en")


def test_a_visitors_choice_is_kept_on_the_phone_only(app: Flask, visitor: Visitor) -> None:
    before = everything(app)
    with counted(app) as statements:
        answer = visitor.client.post("/display", data={"size": "large", "language": "en"})
    assert statements == []
    cookies = answer.headers.getlist("Set-Cookie")
    assert [cookie.split(";")[0] for cookie in cookies] == ["language=en", "size=large"]
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Max-Age=31536000" in cookie
        assert "Path=/" in cookie
    assert everything(app) == before


def test_unknown_choices_are_left_alone(app: Flask, as_: SignIn) -> None:
    mai, before = as_(MAI), everything(app)
    for value in ("", "huge", "zh-CN", "<script>", "x" * 10_000, "\x00", "large\r\nX: y"):
        answer = mai.client.post("/display", data={"size": value, "language": value})
        assert answer.status_code == 303
        kept = {cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")}
        assert kept <= {"session"}
    assert everything(app) == before


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_site_cannot_choose(app: Flask, as_: SignIn, headers: dict[str, str]) -> None:
    mai = as_(MAI)
    answer = mai.client.post("/display", data={"size": "large"}, headers=headers)
    assert answer.status_code == 403
    assert rows(app, "SELECT large_text FROM accounts WHERE id = 1") == [(None,)]


def test_looking_at_it_changes_nothing(visitor: Visitor) -> None:
    assert visitor.client.get("/display?size=large").status_code == 405
