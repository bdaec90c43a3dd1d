"""An organizer publishes a draft; until then nobody else sees it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, MAI, OLGA, OTTO, TIAN, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.errors import NotFound
from volboard.events.commands import discard_draft, publish
from volboard.events.errors import CannotPublish, NotADraft
from volboard.events.facts import EventFact
from volboard.events.queries import event_for, get_shift
from volboard.events.rules import Hindrance

As = Callable[[Person], Visitor]
Stored = Callable[[int], EventFact]
Done = Callable[..., Any]


def test_a_draft_with_a_post_is_published_from_its_page(
    as_: As, stored: Stored, done: Done
) -> None:
    event = done(an_event, state="draft")
    done(a_shift, event)
    page = as_(OLGA).open(f"/organize/events/{event}").press("发布活动")
    assert page.status == 200
    assert "已发布" in page.whole_text
    for words in ("发到群里", "看活动页", "海报", "名单", "门口签到"):
        assert page.follow(words).status == 200, words
    assert (stored(event).state, stored(event).published_at) == ("published", clock.now())


def test_words_typed_before_publishing_are_published(as_: As, stored: Stored, done: Done) -> None:
    event = done(an_event, state="draft")
    done(a_shift, event)
    as_(OLGA).open(f"/organize/events/{event}").press("发布活动", place="河边广场")
    assert (stored(event).state, stored(event).place) == ("published", "河边广场")


def test_wrong_words_hold_publishing_back_and_stay_as_typed(
    as_: As, stored: Stored, done: Done
) -> None:
    event = done(an_event, state="draft")
    done(a_shift, event)
    page = as_(OLGA).open(f"/organize/events/{event}").press("发布活动", title="", story="半句")
    assert page.status == 422
    assert (page.text("#event-title-error"), page.text("#event-story")) == (
        "请写活动名称。", "半句",
    )  # fmt: skip
    assert stored(event).state == "draft"


def test_without_a_post_there_is_no_publish_button_and_a_press_explains(
    as_: As, stored: Stored, done: Done
) -> None:
    event = done(an_event, state="draft")
    page = as_(OLGA).open(f"/organize/events/{event}")
    assert "发布活动" not in page.texts("button")
    token = page.soup.select_one('[name="csrf_token"]')["value"]  # type: ignore[index]
    answer = page.visitor.post(f"/organize/events/{event}/publish", {"csrf_token": token})
    assert answer.status == 409
    assert "还没有岗位" in answer.text("main .notice")
    assert stored(event).state == "draft"


@both_engines
def test_only_what_lies_ahead_can_be_published(inside: Flask) -> None:
    event = an_event(state="draft")
    a_shift(event)
    a_shift(event, starts_at=NOON + timedelta(days=1), called_off_at=NOON)
    with clock.standing_at(NOON + timedelta(hours=2)), pytest.raises(CannotPublish) as over:
        publish(event, viewer_of(OLGA))
    assert over.value.because is Hindrance.OVER
    with clock.standing_at(NOON + timedelta(minutes=15)):
        publish(event, viewer_of(OLGA))


@both_engines
def test_publishing_twice_keeps_the_first_moment_and_cancelled_is_for_good(inside: Flask) -> None:
    event = an_event(state="draft")
    a_shift(event)
    publish(event, viewer_of(OLGA))
    first = event_for(event, Viewer()).published_at
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        publish(event, viewer_of(OLGA))
    assert event_for(event, Viewer()).published_at == first
    off = an_event(state="cancelled", cancel_reason="大雨")
    a_shift(off)
    with pytest.raises(CannotPublish):
        publish(off, viewer_of(OLGA))


@both_engines
def test_a_draft_exists_for_its_own_organizers_only(inside: Flask) -> None:
    event = an_event(state="draft")
    shift = a_shift(event)
    for stranger in (viewer_of(MAI), viewer_of(TIAN), Viewer()):
        with pytest.raises(NotFound):
            event_for(event, stranger)
    with pytest.raises(NotFound):
        get_shift(shift)
    for person in (OLGA, OTTO, ADA):
        assert event_for(event, viewer_of(person)).shifts[0].id == shift


@both_engines
def test_a_cancelled_event_stays_visible_with_its_reason(inside: Flask) -> None:
    event = an_event(state="cancelled", cancel_reason="大雨")
    assert event_for(event, Viewer()).cancel_reason == "大雨"


def test_a_draft_can_be_thrown_away_from_its_page(as_: As, done: Done) -> None:
    event = done(an_event, state="draft")
    done(a_shift, event)
    olga = as_(OLGA)
    olga.open(f"/organize/events/{event}").press("确定丢掉")
    assert olga.open(f"/organize/events/{event}").status == 404


@both_engines
def test_what_was_announced_cannot_be_thrown_away(inside: Flask) -> None:
    with pytest.raises(NotADraft):
        discard_draft(an_event(), viewer_of(OLGA))
