"""An organizer writes an event of their own, and changes its words."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.events.hostile import DAYS, WORDS
from tests.support.browser import Page, Visitor
from tests.support.cast import OLGA, RAIL, RIVER, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.events.commands import EventDraft, change_event
from volboard.events.errors import EventCancelled
from volboard.events.facts import EventFact
from volboard.events.queries import changes, get_managed_event
from volboard.teams.models import Team

As = Callable[[Person], Visitor]
Stored = Callable[[int], EventFact]
Done = Callable[..., Any]
BLANK = {"title": "小区清洁日", "place": "东门", "day": "2026-12-05"}


def write(visitor: Visitor, **changed: str) -> Page:
    page = visitor.open("/organize/events/new")
    values: dict[str, Any] = BLANK | changed
    return page.press("下一步", **values)


def test_three_lines_make_a_draft_and_the_next_step_is_a_shift(as_: As, stored: Stored) -> None:
    page = write(as_(OLGA))
    assert page.text("h1") == "小区清洁日"
    assert "还差一步" in page.whole_text
    assert page.soup.select_one("#new-shift details[open]")
    event = stored(int(page.url.rsplit("/", 1)[1]))
    assert (event.state, event.shifts, event.mark) == ("draft", (), "volunteers")


def test_words_are_kept_and_shown_as_words(as_: As) -> None:
    olga = as_(OLGA)
    for field, other in (("title", "place"), ("place", "title")):
        for name, words in WORDS.items():
            page = write(olga, **{field: words})
            assert page.status in (200, 422), name
            assert not page.soup.select("[onfocus]"), name
            if page.status == 422:
                assert page.text(f"#blank-{field}-error"), name
                assert page.soup.select_one(f"#blank-{other}")["value"] == BLANK[other]  # type: ignore[index]


def test_what_cannot_be_stored_is_refused_and_the_rest_is_shown_letter_by_letter(as_: As) -> None:
    olga = as_(OLGA)
    for name in ("empty", "blank", "endless", "NUL", "escape"):
        assert write(olga, title=WORDS[name]).status == 422, name
    for name in ("script", "template", "format"):
        assert write(olga, title=WORDS[name]).text("h1") == " ".join(WORDS[name].split()), name


def test_a_day_that_cannot_be_is_kept_and_explained(as_: As) -> None:
    olga = as_(OLGA)
    for day in (*DAYS, ""):
        page = write(olga, day=day)
        assert page.status == 422, day
        assert page.text("#blank-day-error")
        assert page.soup.select_one("#blank-day")["value"] == day  # type: ignore[index]


def test_a_day_may_be_typed_in_many_ways(as_: As) -> None:
    olga = as_(OLGA)
    for typed in ("2026/12/5", "2026年12月5日", "20261205", "12月5日", "２０２６－１２－０５"):
        page = write(olga, day=typed)
        assert page.status == 200, typed
        assert "12 月 5 日 星期六" in page.whole_text


def test_fields_that_the_form_does_not_have_change_nothing(as_: As, stored: Stored) -> None:
    page = as_(OLGA).open("/organize/events/new")
    token = page.soup.select_one('[name="csrf_token"]')["value"]  # type: ignore[index]
    extra = {"state": "published", "community_id": "2", "created_by": "1", "id": "77",
             "published_at": "2026-01-01", "csrf_token": token}  # fmt: skip
    made = page.visitor.post("/organize/events/new", BLANK | extra)
    event = stored(int(made.url.rsplit("/", 1)[1]))
    assert (event.state, event.community_id, event.published_at) == ("draft", RIVER, None)
    made.visitor.post(made.url, BLANK | extra | {"story": "新"})
    assert stored(event.id).state == "draft"


def test_words_of_a_published_event_change_and_people_are_told(
    as_: As, stored: Stored, done: Done
) -> None:
    event = done(an_event)
    page = as_(OLGA).open(f"/organize/events/{event}")
    page = page.press("保存文字", title="端午一起包", place="河边广场", story="新的故事")
    assert page.status == 200
    after = stored(event)
    assert (after.title, after.place, after.story) == ("端午一起包", "河边广场", "新的故事")
    assert [change.sentence for change in done(changes, event)] == [
        "地点由“社区活动室”改为“河边广场”",
        "名称由“端午包粽子”改为“端午一起包”",
    ]


def test_nobody_is_told_of_a_draft(as_: As, done: Done) -> None:
    event = done(an_event, state="draft")
    as_(OLGA).open(f"/organize/events/{event}").press("保存文字", place="河边广场")
    assert done(changes, event) == ()


WRONG = (
    ("title", ""), ("title", "长" * 61), ("place", "\x00"), ("story", "长" * 2001),
    ("safety", "长" * 501), ("contact_phone", "abc"), ("contact_name", "a\nb"),
    ("festival", "x"), ("team", "1"), ("team", "abc"),
)  # fmt: skip


def test_a_wrong_field_is_explained_and_the_others_stay_as_typed(
    as_: As, stored: Stored, done: Done
) -> None:
    event = done(an_event)
    page = as_(OLGA).open(f"/organize/events/{event}")
    for field, typed in WRONG:
        values: dict[str, Any] = {"story": "写了一半的故事"} | {field: typed}
        answer = page.press("保存文字", **values)
        assert answer.status == 422, field
        assert answer.text(f"#event-{field}-error")
        if field != "story":
            assert answer.text("#event-story") == "写了一半的故事"
    assert stored(event).story == "一起包粽子。"


def test_an_empty_contact_becomes_the_communitys_desk(as_: As, stored: Stored, done: Done) -> None:
    event = done(an_event)
    as_(OLGA).open(f"/organize/events/{event}").press(
        "保存文字", contact_name=" ", contact_phone=""
    )
    assert (stored(event).contact_name, stored(event).contact_phone) == (
        "沿河社区", "0453-3120001",
    )  # fmt: skip


def test_another_festival_brings_its_mark(as_: As, stored: Stored, done: Done) -> None:
    event = done(an_event, mark="duanwu")
    as_(OLGA).open(f"/organize/events/{event}").press("保存文字", festival="zhongqiu")
    assert (stored(event).festival, stored(event).mark) == ("zhongqiu", "zhongqiu")


def test_a_team_of_the_community_can_hold_it_and_no_other(inside: Flask) -> None:
    with transaction():
        for community, name in ((RIVER, "河边队"), (RAIL, "铁路队")):
            db.session.add(Team(community_id=community, name=name, kind="residents",
                                purpose="帮忙", created_at=NOON))  # fmt: skip
        db.session.flush()
    event = an_event()
    ours = EventDraft(RIVER, "端午", "东门", NOON.date(), team_id=1)
    change_event(event, ours, viewer_of(OLGA))
    assert get_managed_event(event, viewer_of(OLGA)).team_name == "河边队"
    with pytest.raises(NotFound):
        change_event(event, EventDraft(RIVER, "端午", "东门", NOON.date(), team_id=2),
                     viewer_of(OLGA))  # fmt: skip


@both_engines
def test_a_cancelled_event_changes_no_more(inside: Flask) -> None:
    event = an_event(state="cancelled", cancel_reason="大雨")
    a_shift(event)
    with pytest.raises(EventCancelled):
        change_event(event, EventDraft(RIVER, "又办", "东门", NOON.date()), viewer_of(OLGA))
