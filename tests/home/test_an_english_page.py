"""A neighbour who reads English: what an event is, and in which language each part is spoken."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.home.planting import MORNING, planting
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.core import clock
from volboard.core.tongues import parts_told
from volboard.events.commands import copy_event
from volboard.events.queries import get_managed_event
from volboard.signups.commands import sign_up

SignedIn = Callable[..., Visitor]
TITLE, STORY = "Zongzi together", "Leaves, rice and string.\n\nCome as you are."
SHOWN = '<span lang="zh-CN">{}</span>'.format


@pytest.fixture
def told(app: Flask) -> int:
    """An event that carries its words in English, too; its first shift has the same id."""
    with planting(app):
        event = an_event(title_en=TITLE, story_en=STORY)
        a_shift(event, capacity=5)
    return event


def english(visitor: Visitor) -> Visitor:
    visitor.client.set_cookie("language", "en")
    return visitor


@both_engines
def test_an_english_page_shows_the_english_words_and_a_chinese_one_the_chinese(
    visitor: Visitor, told: int
) -> None:
    with clock.standing_at(MORNING):
        assert visitor.open(f"/events/{told}").text("h1") == "端午包粽子"
        page = english(visitor).open(f"/events/{told}")
        assert page.text("h1") == TITLE
        assert page.texts(".prose p")[:2] == ["Leaves, rice and string.", "Come as you are."]
        assert page.soup.select_one("h1 [lang]") is None
        assert TITLE in visitor.open("/").text(".slip__title")
        for path in ("/share", "/poster"):
            assert TITLE in visitor.open(f"/events/{told}{path}").whole_text
        assert TITLE in visitor.client.get(f"/events/{told}.ics").text


def test_where_no_english_words_were_written_the_chinese_ones_say_that_they_are(
    app: Flask, visitor: Visitor
) -> None:
    with planting(app):
        event = an_event()
        a_shift(event)
    with clock.standing_at(MORNING):
        page = english(visitor).open(f"/events/{event}")
    assert page.text('h1 [lang="zh-CN"]') == "端午包粽子"
    assert page.text('.prose [lang="zh-CN"]') == "一起包粽子。"


def test_ones_own_page_and_the_search_know_the_english_words(
    app: Flask, as_: SignedIn, told: int
) -> None:
    with planting(app), clock.standing_at(MORNING):
        event = get_managed_event(told, viewer_of(OLGA))
        sign_up(MAI.id, event.shifts[0].id, by=MAI.id)
    with clock.standing_at(MORNING):
        mai = english(as_(MAI))
        assert TITLE in mai.open("/me").text("main")
        assert TITLE in mai.open("/?q=string+zongzi").text(".slip__title")


def test_an_organizer_writes_the_english_words_and_the_next_years_event_keeps_them(
    app: Flask, as_: SignedIn
) -> None:
    with planting(app):
        event = an_event()
        a_shift(event)
    with clock.standing_at(MORNING):
        olga = as_(OLGA)
        sheet = olga.open(f"/organize/events/{event}")
        words: Any = {"title_en": TITLE, "story_en": STORY}
        sheet.press("保存文字", **words)
        assert olga.open(f"/organize/events/{event}").soup.select_one(
            f'[name="title_en"][value="{TITLE}"]'
        )
        endless: Any = {"title_en": "z" * 81}
        too_long = olga.open(f"/organize/events/{event}").press("保存文字", **endless)
        assert too_long.status == 422
        assert too_long.text("#event-title_en-error")
    with app.app_context(), clock.standing_at(MORNING):
        again = copy_event(event, NOON.date().replace(year=2028), viewer_of(OLGA))
        kept = get_managed_event(again, viewer_of(OLGA))
        assert (kept.title_en, kept.story_en) == (TITLE, STORY)


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>一起包粽子。</p>", f"<p>{SHOWN('一起包粽子。')}</p>"),
        ("<p>\n 王芳 \n</p>", f"<p>\n {SHOWN('王芳')} \n</p>"),
        ("<b>9 June 端午, 3 places</b>",
         f"<b><span>9 June {SHOWN('端午')}, 3 places</span></b>"),
        ("<b>3 楼 301 室</b>", f"<b><span>3 {SHOWN('楼 301 室')}</span></b>"),
        ('<a title="去 > 看">to 看</a>',
         f'<a title="去 > 看"><span>to {SHOWN("看")}</span></a>'),
        ("<title>写春联</title>", "<title>写春联</title>"),
        ("<textarea>写\n<b>春联</textarea>", "<textarea>写\n<b>春联</textarea>"),
        ("<option value=1>端午</option>", "<option value=1>端午</option>"),
        ("<svg><text>端</text></svg>端", f"<svg><text>端</text></svg>{SHOWN('端')}"),
        ("<!-- 端 -->", "<!-- 端 -->"),
        ("王&#39;s &amp; 芳", f"<span>{SHOWN('王')}&#39;s &amp; {SHOWN('芳')}</span>"),
        ("&lt;script&gt;端&lt;/script&gt;",
         f"<span>&lt;script&gt;{SHOWN('端')}&lt;/script&gt;</span>"),
        ("Nothing Chinese, 12:00–14:00", "Nothing Chinese, 12:00–14:00"),
        ("麦*芳 13", f"<span>{SHOWN('麦*芳')} 13</span>"),
        ("“情暖夕阳”象棋（二）", SHOWN("“情暖夕阳”象棋（二）")),
        ("𠮷野家", SHOWN("𠮷野家")),
    ],
)  # fmt: skip
def test_each_run_of_chinese_says_that_it_is_and_nothing_else_changes(html: str, told: str) -> None:
    assert parts_told(html) == told
