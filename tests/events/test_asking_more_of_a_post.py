"""An organizer says when people gather, what they have to be able to do, and how old to be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.events.hostile import WORDS
from tests.support.browser import Visitor
from tests.support.cast import OLGA, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.events import drafts, rules, wording
from volboard.events.commands import copy_event
from volboard.events.facts import EventFact
from volboard.events.queries import get_managed_event
from volboard.festivals.templates import find_template

As = Callable[[Person], Visitor]
Stored = Callable[[int], EventFact]
Done = Callable[..., Any]
POST: dict[str, Any] = {
    "title": "书写", "day": "2026-12-05", "start": "14:30", "end": "16:30", "capacity": "10",
}  # fmt: skip
ASKED = (10, "会写毛笔字", "with_adult")


def asked(event: EventFact) -> tuple[int, str, str]:
    shift = event.shifts[0]
    return shift.call_minutes, shift.skill, shift.ages


def test_what_is_asked_is_stored_and_shown_and_can_be_taken_back(
    as_: As, done: Done, stored: Stored
) -> None:
    page = as_(OLGA).open(f"/organize/events/{done(an_event, state='draft')}")
    page = page.press(
        "加上这个岗位", call_minutes="10", skill="会写毛笔字", ages="with_adult", **POST
    )
    assert "14:20 集合 · 会写毛笔字 · 未满 14 岁要有家里大人一起" in page.text("#shift-1")
    assert asked(stored(1)) == ASKED
    page.press("保存岗位", call_minutes="0", skill="", ages="any")
    assert asked(stored(1)) == (0, "", "any")


def test_it_is_folded_away_until_something_in_it_is_wrong(as_: As, done: Done) -> None:
    page = as_(OLGA).open(f"/organize/events/{done(an_event, state='draft')}")
    assert not page.soup.select_one("#new-shift details details[open]")
    page = page.press("加上这个岗位", skill="会" * 31, **POST)
    assert page.status == 422
    assert page.text("#new-skill-error") == "最多 30 个字，现在有 31 个，请删短一些。"
    assert page.soup.select_one("#new-shift details details[open] #new-skill")


def test_nonsense_is_refused_at_its_field(as_: As, done: Done, stored: Stored) -> None:
    page = as_(OLGA).open(f"/organize/events/{done(an_event, state='draft')}")
    wrong = [("call_minutes", n) for n in ("-5", "241", "abc", "９", "1000000", "")]
    wrong += [
        ("ages", "babies"),
        ("ages", ""),
        ("skill", WORDS["NUL"]),
        ("skill", WORDS["endless"]),
    ]
    for field, typed in wrong:
        answer = page.press("加上这个岗位", **(POST | {field: typed}))
        assert answer.status == 422, (field, typed)
        assert answer.text(f"#new-{field}-error"), (field, typed)
    assert stored(1).shifts == ()


def test_a_copy_and_a_template_ask_the_same(done: Done, stored: Stored) -> None:
    event = done(an_event)
    done(a_shift, event, call_minutes=10, skill="会写毛笔字", ages="with_adult")
    assert asked(stored(done(copy_event, event, date(2028, 5, 28), viewer_of(OLGA)))) == ASKED
    _draft, posts = drafts.from_template(find_template("couplets"), date(2027, 1, 25), 1)
    assert {post.title: (post.skill, post.call_minutes) for post in posts}["书写"][
        0
    ] == "会写毛笔字"


def test_the_night_takes_adults_only() -> None:
    for key, post in (("chuxi-watch", "守岁值班"), ("zhongyuan-patrol", "跨夜巡查")):
        assert {s.title: s.ages for s in find_template(key).shifts}[post] == "adults"


@pytest.mark.parametrize(
    ("call", "ages", "mistake"),
    [(0, "any", None), (240, "adults", None), (241, "any", rules.Mistake.CALL),
     (-1, "any", rules.Mistake.CALL), (10**6, "any", rules.Mistake.CALL),
     (0, "", rules.Mistake.AGES), (0, "elders", rules.Mistake.AGES)],
)  # fmt: skip
def test_people_gather_at_most_four_hours_before(call: int, ages: str, mistake: object) -> None:
    assert rules.ask_mistake(call, ages) == mistake


def test_people_are_told_what_is_asked_now(done: Done) -> None:
    done(a_shift, call_minutes=10)
    shift = done(get_managed_event, 1, viewer_of(OLGA)).shifts[0]
    same = drafts.moved(shift, timedelta())
    assert wording.of_shift(shift, same) == ()
    asks = replace(same, call_minutes=0, skill="会骑三轮车", ages="adults")
    assert wording.of_shift(shift, asks) == (
        "“包粽子”不用提前集合", "“包粽子”要：会骑三轮车", "“包粽子”改为满 18 岁才能来",
    )  # fmt: skip
    later = replace(same, starts_at=NOON + timedelta(minutes=30))
    told = wording.of_shift(shift, later)
    assert told[1:] == ("“包粽子”12:20 集合",)
    assert datetime.fromisoformat("2027-06-09T12:30:00+08:00") == later.starts_at
