"""Somebody looks at the year's festivals."""

from datetime import timedelta

from flask import Flask

from tests.conftest import both_engines
from tests.home.planting import MORNING, planting
from tests.support.browser import Page, Visitor
from tests.support.town import NOON, an_event
from volboard.core import clock


def look(visitor: Visitor, query: str = "") -> Page:
    with clock.standing_at(MORNING):
        return visitor.open(f"/festivals{query}")


def card(page: Page, name: str) -> str:
    """The words of a festival's card."""
    return next(words for words in page.texts(".card") if name in words)


def test_each_festival_has_its_days_custom_and_mark(visitor: Visitor) -> None:
    page = look(visitor)
    words = card(page, "端午节")
    assert "6 月 9 日 星期三 · 五月初五" in words
    assert "包粽子" in words
    assert len(page.soup.select(".card .mark")) == len(page.soup.select(".card"))
    assert page.text(".page-head__over") == "2027 年 · 丁未羊年"
    assert page.text(".strong-line") == "离端午节还有 3 天"


@both_engines
def test_a_festival_lists_its_events_of_this_year_only(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        event = an_event(title="今年的")
        an_event(title="草稿", state="draft")
        for days, title in ((-356, "去年的"), (100, "离得远的")):
            then = NOON + timedelta(days=days)
            an_event(title=title, starts_at=then, ends_at=then + timedelta(hours=1))
    words = card(look(visitor), "端午节")
    assert "今年的" in words
    assert "去年的" not in words
    assert "草稿" not in words
    assert "离得远的" not in words
    assert "去年的" in card(look(visitor, "?year=2026"), "端午节")
    with clock.standing_at(MORNING):
        assert look(visitor).follow("今年的").url == f"/events/{event}"


def test_what_is_past_is_folded_away(visitor: Visitor) -> None:
    page = look(visitor)
    folded = page.text("details.more")
    assert "春节" in folded
    assert "端午节" not in folded


def test_late_in_the_year_the_next_year_s_first_are_listed(visitor: Visitor) -> None:
    with clock.standing_at(NOON.replace(month=12, day=20)):
        page = visitor.open("/festivals")
    assert "2028 年 1 月 4 日" in page.text("main > div > .cards")


def test_the_years_before_and_after_are_one_press_away(visitor: Visitor) -> None:
    with clock.standing_at(MORNING):
        assert look(visitor).follow("2028 年").text(".year-wheel__year") == "2028"
    first, last = look(visitor, "?year=1990"), look(visitor, "?year=2100")
    assert first.status == last.status == 200
    assert "1989" not in first.text("nav.row")
    assert "2101" not in last.text("nav.row")


def test_a_year_outside_the_calendar_is_told_in_words(visitor: Visitor) -> None:
    for year in ("1989", "2101", "0", "abc", "99999999"):
        page = look(visitor, f"?year={year}")
        assert page.status == 404
        assert "历书从 1990 年到 2100 年" in page.whole_text
