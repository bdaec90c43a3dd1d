"""Somebody reads what they were told: unread first on their own page, and a list of all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, RIVER, Person
from tests.support.town import NOON
from volboard.accounts.models import Account
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.messages.commands import Notice, drop, tell
from volboard.messages.models import Message, MessageText
from volboard.messages.rules import Kind

As = Callable[[Person], Visitor]
LIST = "/me/messages"


def told(app: Flask, *titles: str, person: Person = MAI, kind: Kind = Kind.CHANGED,
         after: timedelta = timedelta(), expires: timedelta | None = None) -> None:  # fmt: skip
    """Tell somebody of these events, a minute apart."""
    for number, title in enumerate(titles):
        moment = NOON - timedelta(days=1) + after + timedelta(minutes=number)
        with app.app_context(), clock.standing_at(moment):
            tell([Notice(f"{kind}:{title}", kind, "event:1", person.id, RIVER,
                         {"活动": title, "内容": "改在河边"}, "/events/1",
                         expires_at=moment + expires if expires else None)])  # fmt: skip


def unread(app: Flask, person: Person = MAI) -> int:
    with app.app_context():
        rows = db.session.scalars(
            select(Message).where(Message.account_id == person.id, Message.read_at.is_(None))
        )
        return len(rows.all())


@pytest.fixture(autouse=True)
def noon() -> object:
    with clock.standing_at(NOON):
        yield


def test_ones_own_page_begins_with_what_was_not_looked_at(app: Flask, as_: As) -> None:
    mai = as_(MAI)
    assert "没看过" not in mai.open("/me").whole_text
    told(app, "一", "二", "三", "四")
    page = mai.open("/me")
    assert page.text("#unread-title") == "4 条消息没看过"
    section = page.soup.select_one("section.section")
    assert section is not None
    assert [row.text for row in section.select(".person__note:not(.num)")] == [
        f"{title}有改动：改在河边。" for title in ("四", "三")
    ]
    assert {link["href"] for link in section.select(".person a")} == {"/events/1"}
    assert page.follow("看全部消息").url == LIST


def test_the_button_marks_what_was_on_the_list_and_looking_marks_nothing(
    app: Flask, as_: As
) -> None:
    mai = as_(MAI)
    told(app, "一", "二")
    told(app, "别人的", person=BAO)
    page = mai.open(LIST)
    mai.open(LIST)
    assert unread(app) == 2
    assert [chip.text.strip() for chip in page.soup.select(".chip")] == ["没看过", "没看过"]
    told(app, "刚来的", after=timedelta(days=1, minutes=1))
    with clock.standing_at(NOON + timedelta(minutes=5)):
        page = page.press("都看过了")
        assert page.url == LIST
        assert [chip.text.strip() for chip in page.soup.select(".chip")] == ["没看过"]
    assert (unread(app), unread(app, BAO)) == (1, 1)


@pytest.mark.parametrize("until", ["", "gestern", "2027-06-09", "2027-06-09T12:00:00", "\x00"])
def test_a_button_without_its_moment_marks_nothing(app: Flask, as_: As, until: str) -> None:
    mai = as_(MAI)
    told(app, "一")
    page = mai.open(LIST)
    form = {"until": until, "csrf_token": page.soup.select_one("[name=csrf_token]")["value"]}  # type: ignore[index]
    assert mai.client.post(f"{LIST}/read", data=form).status_code == 303
    assert unread(app) == 1


def test_a_button_cannot_reach_into_the_future(app: Flask, as_: As) -> None:
    mai = as_(MAI)
    told(app, "一")
    told(app, "明早的", after=timedelta(days=1, hours=10))
    page = mai.open(LIST)
    assert "明早的" not in page.whole_text
    form = {"until": "2999-01-01T00:00:00+00:00",
            "csrf_token": page.soup.select_one("[name=csrf_token]")["value"]}  # type: ignore[index]  # fmt: skip
    mai.client.post(f"{LIST}/read", data=form)
    assert unread(app) == 1


def test_what_expired_is_no_news_and_what_was_dropped_is_gone(app: Flask, as_: As) -> None:
    told(app, "过去了", expires=timedelta(hours=1))
    mai = as_(MAI)
    assert "没看过" not in mai.open("/me").whole_text
    assert "过去了有改动" in mai.open(LIST).whole_text
    told(app, "不对了", kind=Kind.PROMOTED)
    with app.app_context():
        drop("event:1", {Kind.PROMOTED})
    assert "不对了" not in mai.open(LIST).whole_text


def test_pages_of_twenty(app: Flask, as_: As) -> None:
    told(app, *(f"活动{number:02}" for number in range(45)))
    page, seen = as_(MAI).open(LIST), []
    for _page in range(3):
        seen += [row.text for row in page.soup.select(".person__note:not(.num)")]
        page = page.follow("下一页") if page.soup.select_one("a[rel=next]") else page
    assert len(seen) == len(set(seen)) == 45
    assert seen[0].startswith("活动44")
    for odd in ("0", "-1", "x", "９", "1e9", "99999999999999"):
        assert as_(MAI).open(f"{LIST}?page={odd}").status == 200


def test_nothing_yet_invites(as_: As) -> None:
    assert "还没有消息" in as_(BAO).open(LIST).whole_text


def test_the_page_speaks_the_language_of_the_person_with_the_words_of_the_community(
    app: Flask, as_: As
) -> None:
    told(app, "端午")
    own = "{活动}：{内容}，看仔细<b>。{{7*7}}"
    with app.app_context(), transaction():
        db.session.add(MessageText(community_id=RIVER, kind="changed", words=own, changed_by=3,
                                   changed_at=NOON))  # fmt: skip
    mai = as_(MAI)
    assert "端午：改在河边，看仔细<b>。{{7*7}}" in mai.open(LIST).whole_text
    with app.app_context(), transaction():
        db.session.get_one(Account, MAI.id).language = "en"
    assert "看仔细" not in as_(MAI).open(LIST).whole_text
