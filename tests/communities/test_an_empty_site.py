"""A site that has just been set up: each page says what is missing and what to do next, to the
visitor in their words and to whoever keeps the site in theirs."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, MAI, Person
from volboard.communities import admin_views, join_views
from volboard.teams import public_views

As = Callable[[Person], Visitor]


@pytest.fixture
def no_communities(monkeypatch: pytest.MonkeyPatch) -> None:
    """As before the first community was made: everybody asks the same query."""
    for module in (admin_views, join_views, public_views):
        monkeypatch.setattr(module, "communities", lambda: ())


@pytest.mark.usefixtures("no_communities")
@pytest.mark.parametrize("path", ["/teams", "/join"])
def test_a_visitor_learns_that_it_is_early_and_what_to_do(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    assert page.status == 200
    assert page.text(".empty__title") == "网站刚装好，还没有社区"
    assert page.follow("看看节日").url == "/festivals"
    assert "volboard create-admin" in page.text("main")
    assert not page.soup.select("main form"), "no form that nobody could send"


@pytest.mark.usefixtures("no_communities")
@pytest.mark.parametrize("path", ["/teams", "/admin"])
def test_the_admin_is_led_to_the_first_community(as_: As, path: str) -> None:
    page = as_(ADA).open(path)
    assert page.text(".empty__title") == "还没有社区"
    assert page.follow("建一个社区").url == "/admin/communities/new"
    assert not page.soup.select('a[href="/organize/teams/new"]')


def test_where_there_is_a_community_nothing_of_it_is_said(as_: As, visitor: Visitor) -> None:
    for page in (visitor.open("/teams"), visitor.open("/join"), as_(ADA).open("/admin")):
        assert "还没有社区" not in page.whole_text
    assert visitor.open("/join").form("注册", "main")


def test_the_admin_is_told_of_an_address_that_is_not_set(app: Flask, as_: As) -> None:
    ada = as_(ADA)
    assert "VOLBOARD_BASE_URL" in ada.open("/admin").text("main .notice")
    object.__setattr__(app.extensions["settings"], "base_url", "http://localhost")
    assert "VOLBOARD_BASE_URL" not in ada.open("/admin").whole_text


def forgetful(app: Flask) -> Page:
    """The answer to somebody whose browser keeps no cookie."""
    visitor = Visitor(app)
    page = visitor.open("/sign-in")
    visitor.client.delete_cookie("session")
    return page.press("登录", within="main", phone=MAI.phone, password="anything")


@pytest.fixture
def checks_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.mark.usefixtures("checks_tokens")
def test_without_tls_a_lost_cookie_is_called_by_its_name(app: Flask) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    page = forgetful(app)
    assert page.status == 400
    assert page.text("h1") == "网站还没有装好"
    assert "请告诉社区的工作人员" in page.text("main")
    assert "VOLBOARD_HTTPS=0" in page.text(".hint")
    assert "回去再试一次" not in page.text("main"), "it would not help"


@pytest.mark.usefixtures("checks_tokens")
def test_an_old_page_is_still_just_an_old_page(app: Flask) -> None:
    app.config["SESSION_COOKIE_SECURE"] = False
    assert forgetful(app).text("h1") == "页面放久了"


@pytest.mark.usefixtures("checks_tokens")
def test_behind_a_proxy_with_tls_it_is_not_blamed_on_it(app: Flask) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    answer = app.test_client().post(
        "/sign-in", data={"phone": MAI.phone}, headers={"X-Forwarded-Proto": "https"}
    )
    assert answer.status_code == 400
    assert "页面放久了" in answer.get_data(as_text=True)
