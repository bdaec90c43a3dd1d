"""A community says it in its own words: gaps, no code, no addresses, and back again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import both_engines
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, MAI, OLGA, RAIL, RIVER, TIAN, Person
from tests.support.town import viewer_of
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.messages.errors import HoldsAddress, StrangeGap
from volboard.messages.models import MessageText
from volboard.messages.rules import Kind
from volboard.messages.text_commands import change_text, reset_text
from volboard.messages.text_queries import CHANGEABLE, Text, gaps_for
from volboard.messages.text_rules import gaps_of
from volboard.messages.wording import default_words, preview

As = Callable[[Person], Visitor]
LIST, ONE = "/organize/messages/texts", "/organize/communities/1/texts/cancelled"
OWN = "{活动}不办啦：{原因}，改天再来。"


def stored(app: Flask) -> list[tuple[int, str, str]]:
    with app.app_context():
        t = MessageText
        rows = db.session.execute(select(t.community_id, t.kind, t.words).order_by(t.kind))
        return [(row.community_id, row.kind, row.words) for row in rows]


def row_of(page: Page, title: str) -> str:
    return next(row.text for row in page.soup.select("li.person") if title in row.text)


def test_an_organizer_changes_the_words_looks_at_them_and_takes_them_back(
    app: Flask, as_: As
) -> None:
    page = as_(OLGA).open("/organize/messages").follow("改消息里的话")
    assert page.url == LIST
    assert "取消了：端午包粽子·洗粽叶" in row_of(page, "取消了")
    page = as_(OLGA).open(ONE)
    assert page.soup.select_one("textarea").text.strip() == default_words(Kind.CANCELLED)  # type: ignore[union-attr]
    page = page.press("先看看", "main", words=OWN)
    assert "端午包粽子不办啦：下大雨，改天再来。" in page.text(".notice")
    assert "还没有存" in page.text(".notice")
    assert stored(app) == []
    page = page.press("存下", "main")
    assert page.url == f"{LIST}?community=1"
    assert "端午包粽子不办啦：下大雨，改天再来。" in row_of(page, "自己的话")
    assert stored(app) == [(RIVER, "cancelled", OWN)]
    page = as_(OLGA).open(ONE).press("用回大家的话")
    assert stored(app) == []
    assert "自己的话" not in page.text("main")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "请写一句话"), ("   ", "请写一句话"), ("长" * 201, "最多 200 个字"),
        ("来{活动.__class__}", "“{活动.__class__}”这里填不了"),
        ("{{7*7}}", "“{{7*7}}”这里填不了"), ("{内容}", "“{内容}”这里填不了"), ("{", "这里填不了"),
        ("{{活动}}", "“{{活动}}”这里填不了"), ("{% raw %}", "这里填不了"), ("{0}", "这里填不了"),
        ("看 https://example.org", "不放网址"), ("JavaScript:alert(1)", "不放网址"),
        ("看不见\x07的", "看不见的符号"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("button", ["存下", "先看看"])
def test_what_nobody_should_be_told_comes_back_with_a_sentence(
    app: Flask, as_: As, words: str, sentence: str, button: str
) -> None:
    page = as_(OLGA).open(ONE).press(button, "main", False, words=words)
    assert page.status == 422
    assert sentence in page.text(".field__error")
    assert page.soup.select_one("textarea").text.strip() == words.strip()  # type: ignore[union-attr]
    assert stored(app) == []


@pytest.mark.parametrize("words", ["%(x)s 100% %s", "<script>alert(1)</script>", "\\1 $活动 `ls`"])
def test_what_looks_like_code_but_has_no_braces_is_a_text(app: Flask, as_: As, words: str) -> None:
    page = as_(OLGA).open(ONE).press("先看看", "main", words=words)
    assert words in page.text(".notice")
    assert page.soup.select(".notice script, textarea script") == []
    as_(OLGA).open(ONE).press("存下", "main", words=words)
    assert stored(app) == [(RIVER, "cancelled", words)]


@pytest.mark.parametrize(("person", "status"), [(OLGA, 200), (ADA, 200), (TIAN, 404), (MAI, 404)])
def test_only_its_own_organizers_and_the_admin(as_: As, person: Person, status: int) -> None:
    visitor = as_(person)
    assert visitor.open(ONE).status == status
    assert visitor.open(f"{LIST}?community=1").status == status
    for nothing in ("/organize/communities/1/texts/jail",
                    "/organize/communities/1/texts/address",
                    "/organize/communities/99/texts/changed", f"{LIST}?community=99"):  # fmt: skip
        assert visitor.open(nothing).status == 404


def test_commands_refuse_what_pages_do(inside: Flask) -> None:
    for stranger in (TIAN, MAI):
        with pytest.raises(NotFound):
            change_text(RIVER, Kind.CHANGED, "好", viewer_of(stranger))
        with pytest.raises(NotFound):
            reset_text(RIVER, Kind.CHANGED, viewer_of(stranger))
    with pytest.raises(StrangeGap):
        change_text(RIVER, Kind.CHANGED, "{岗 位}", viewer_of(OLGA))
    with pytest.raises(HoldsAddress):
        change_text(RIVER, Kind.CHANGED, "www.example.org", viewer_of(OLGA))
    assert stored(inside) == []


def test_the_words_of_everybody_are_no_own_words(inside: Flask) -> None:
    change_text(RIVER, Kind.CHANGED, "{活动}变了", viewer_of(OLGA))
    change_text(RAIL, Kind.CHANGED, "{活动}变了", viewer_of(TIAN))
    change_text(RIVER, Kind.CHANGED, default_words(Kind.CHANGED), viewer_of(OLGA))
    assert stored(inside) == [(RAIL, "changed", "{活动}变了")]


def test_an_example_speaks_of_what_its_kind_tells(inside: Flask) -> None:
    assert "批准了" in preview(Kind.APPROVAL_DECIDED, None)
    assert "地点改到食堂" in preview(Kind.CHANGED, None)
    assert ":" not in preview(Kind.LEAVING, "{时间}")


@pytest.mark.parametrize("kind", CHANGEABLE)
def test_every_kind_can_be_changed_and_previewed(inside: Flask, kind: Kind) -> None:
    words = default_words(kind)
    assert set(gaps_of(words)) <= set(gaps_for(kind))
    assert "{" not in preview(kind, None)
    assert "{" not in Text(kind, words).preview("".join(f"{{{gap}}}" for gap in gaps_for(kind)))


@both_engines
def test_whoever_presses_at_once_leaves_one_text(app: Flask, engine: str) -> None:
    together = Barrier(6)

    def say(number: int) -> None:
        with app.app_context():
            db.session.execute(select(MessageText)).all()
            together.wait()
            change_text(RIVER, Kind.CHANGED, f"{number} 说", viewer_of(OLGA))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(say, range(6)))
    assert len(stored(app)) == 1
