"""What a message says: gaps filled, missing ones left out, and nothing ever evaluated."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tests.support.town import NOON
from volboard.core import clock
from volboard.messages.rules import Kind
from volboard.messages.text_rules import GAPS, gaps_of, holds_address, strange_braces
from volboard.messages.wording import TITLES, WORDS, in_language, sentence, when

FACTS = {
    "活动": "端午包粽子", "岗位": "洗粽叶", "地点": "活动室", "原因": "下雨", "内容": "改在河边",
    "时间": when(NOON, NOON + timedelta(hours=2)), "电话": "0453-3120001",
}  # fmt: skip


@pytest.fixture(autouse=True)
def this_year() -> Iterator[None]:
    """It is the year of the event, whose days need not name it."""
    with clock.standing_at(NOON):
        yield


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_words_a_title_and_known_gaps(inside: Flask, kind: Kind) -> None:
    said = sentence(kind, FACTS)
    assert said.endswith("。")
    assert not strange_braces(said, ())
    assert str(TITLES[kind])
    assert set(gaps_of(str(WORDS[kind]))) <= set(GAPS)


def test_the_words_of_a_reminder(inside: Flask) -> None:
    assert sentence(Kind.REMINDER_SOON, FACTS) == (
        "快开始了：端午包粽子·洗粽叶，6 月 9 日 星期三 12:00–14:00，在活动室。路上慢点。"
    )


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (("岗位",), "取消了：端午包粽子，6 月 9 日 星期三 12:00–14:00。原因：下雨。"
         "有事请打0453-3120001。"),
        (("岗位", "时间", "电话"), "取消了：端午包粽子。原因：下雨。"),
        (("活动", "岗位", "原因"), "6 月 9 日 星期三 12:00–14:00。有事请打0453-3120001。"),
    ],
)  # fmt: skip
def test_what_cannot_be_filled_is_left_out(
    inside: Flask, missing: tuple[str, ...], said: str
) -> None:
    facts = {gap: fact for gap, fact in FACTS.items() if gap not in missing}
    assert sentence(Kind.CANCELLED, facts) == said


def test_one_of_the_family_is_named_first_or_where_the_community_says(inside: Flask) -> None:
    facts = FACTS | {"姓名": "陈桂香"}
    assert sentence(Kind.PROMOTED, facts).startswith("陈桂香：有位置了")
    assert sentence(Kind.PROMOTED, facts, "请{姓名}来{活动}。") == "请陈桂香来端午包粽子。"


@pytest.mark.parametrize(
    "template",
    [
        "{{7*7}}",
        "{活动.__class__}",
        "%(x)s %s %d",
        "{0} {}",
        "${7*7}",
        "<b>{% raw %}",
        "\\1 \\g<0>",
    ],
)
def test_what_looks_like_code_is_shown_as_it_stands(inside: Flask, template: str) -> None:
    assert sentence(Kind.PROMOTED, FACTS, template) == template
    assert sentence(Kind.PROMOTED, FACTS | {"活动": template}, "来{活动}") == f"来{template}"


def test_a_gap_inside_a_fact_is_not_filled(inside: Flask) -> None:
    facts = FACTS | {"活动": "{电话}{岗位}"}
    assert sentence(Kind.PROMOTED, facts, "来{活动}") == "来{电话}{岗位}"


def test_whoever_reads_english_gets_our_words_and_english_days(inside: Flask) -> None:
    with in_language("en"):
        said = sentence(Kind.REMINDER_SOON, FACTS, "端午来啊")
    assert "端午来啊" not in said
    assert "Wednesday 9 June 12:00–14:00" in said
    assert "星期三" in sentence(Kind.REMINDER_SOON, FACTS)


@pytest.mark.parametrize("language", ["zh", None, "tlh"])
def test_an_unknown_language_is_chinese(inside: Flask, language: str | None) -> None:
    with in_language("en"), in_language(language):
        assert "星期三" in sentence(Kind.REMINDER_SOON, FACTS)


@pytest.mark.parametrize("fact", ["明天上午", "2027", "a/b", "2027-06-09T12:00"])
def test_a_time_that_is_no_instant_is_shown_as_it_stands(inside: Flask, fact: str) -> None:
    assert sentence(Kind.PROMOTED, {"时间": fact}, "{时间}") == fact


def test_a_date_alone_is_a_day(inside: Flask) -> None:
    assert sentence(Kind.LEAVING, {"时间": "2027-06-09"}, "{时间}") == "6 月 9 日 星期三"


@pytest.mark.parametrize(
    ("words", "strange"),
    [
        ("{活动}和{岗位}", ()), ("{活 动}", ("{活 动}",)), ("{{活动}}", ("{{活动}}",)),
        ("{原因}", ("{原因}",)), ("{活动", ("{活动",)), ("{{7*7}} }", ("{{7*7}}", "}")),
    ],
)  # fmt: skip
def test_only_the_gaps_of_the_kind_may_stand_in_braces(
    words: str, strange: tuple[str, ...]
) -> None:
    assert set(strange_braces(words, ("活动", "岗位"))) == set(strange)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("请看 https://example.org", True), ("HTTP://x", True), ("javascript:alert(1)", True),
        ("www.example.org", True), ("tel:110", True), ("weixin://dl", True), ("：//x", True),
        ("上午 8:30 在 1/2 号楼", False), ("电话：0453-3120001", False),
    ],
)  # fmt: skip
def test_addresses_to_tap_are_found(words: str, found: bool) -> None:
    assert holds_address(words) is found
