"""Nobody makes a twin unawares: what is published for a festival is shown, and asked about."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.events.test_two_taps import id_of, tap
from tests.support.browser import Page, Visitor
from tests.support.cast import OLGA, RAIL, RIVER, Person
from tests.support.town import a_shift, an_event, viewer_of
from volboard.core import clock
from volboard.events.commands import copy_event, create_from_template, publish
from volboard.events.errors import AlreadyPublished, CannotPublish
from volboard.events.queries import get_managed_event
from volboard.events.rules import Hindrance
from volboard.festivals.templates import all_templates

As = Callable[[Person], Visitor]
Done = Callable[..., Any]
DAY = date(2027, 6, 8)
PUBLISHED = datetime.fromisoformat("2027-06-08T09:00:00+08:00")


def standing(day: datetime = PUBLISHED, **columns: object) -> int:
    event = an_event(starts_at=day, ends_at=day + timedelta(hours=2), **columns)  # type: ignore[arg-type]
    a_shift(event, starts_at=day)
    return event


def test_a_festival_says_what_is_published_for_it(as_: As, done: Done) -> None:
    event = done(standing)
    page = as_(OLGA).open("/organize/events/new")
    (link,) = (one for one in page.soup.select("a") if "已经发布了" in one.text)
    assert link["href"] == f"/organize/events/{event}"
    assert "2027 年 6 月 8 日" in link.text.replace("\u00a0", " ")


def test_a_second_one_is_asked_about_and_made_by_a_second_press(as_: As, done: Done) -> None:
    event = done(standing)
    asked = tap(as_(OLGA).open("/organize/events/new"), "zongzi")
    assert asked.status == 409
    assert asked.text("h1") == "已经发布了"
    assert asked.soup.select_one(f'a[href="/organize/events/{event}"]')
    made = asked.press("我要再办一场")
    assert made.status == 200
    assert id_of(made) != event
    assert "端午包粽子" not in made.text("h1")


def test_holding_the_last_one_again_asks_too(as_: As, done: Done) -> None:
    done(standing)
    done(standing, PUBLISHED - timedelta(days=355), title="去年的粽子")
    page: Page = as_(OLGA).open("/organize/events/new").press("再办一次")
    assert page.text("h1") == "已经发布了"
    assert page.press("我要再办一场").text("h1") == "去年的粽子"


@both_engines
@pytest.mark.parametrize(("columns", "asks"), [
    ({}, True), ({"title": "别的名字"}, True), ({"festival": "father"}, False),
    ({"state": "draft"}, False), ({"community": RAIL}, False),
    ({"day": PUBLISHED + timedelta(days=370)}, False),
    ({"state": "cancelled", "cancel_reason": "下雨"}, False),
])  # fmt: skip
def test_a_twin_is_of_the_same_festival_year_and_community(
    inside: Flask, columns: dict[str, Any], asks: bool
) -> None:
    standing(**columns)
    if asks:
        with pytest.raises(AlreadyPublished):
            create_from_template("zongzi", DAY, RIVER, viewer_of(OLGA))
    assert create_from_template("zongzi", DAY, RIVER, viewer_of(OLGA), another=asks)


def test_without_a_festival_the_same_title_on_the_same_day_is_a_twin(inside: Flask) -> None:
    title = next(one.title for one in all_templates() if one.key == "clean-day")
    standing(title=title, festival=None)
    with pytest.raises(AlreadyPublished):
        create_from_template("clean-day", DAY, RIVER, viewer_of(OLGA))
    assert create_from_template("clean-day", DAY + timedelta(days=7), RIVER, viewer_of(OLGA))


def test_an_event_may_be_copied_beside_itself(inside: Flask) -> None:
    event = standing()
    assert copy_event(event, DAY + timedelta(days=3), viewer_of(OLGA)) != event


def test_what_has_not_been_held_is_no_last_time(as_: As, done: Done) -> None:
    now = clock.now()
    done(standing, now + timedelta(days=50), title="还没办的", festival=None)
    done(standing, now - timedelta(days=7), title="上周办的", festival=None)
    page = as_(OLGA).open("/organize/events/new")
    earlier = page.text('section[aria-labelledby="earlier"]')
    assert "上周办的" in earlier
    assert "还没办的" not in page.whole_text


def test_no_ready_made_event_carries_the_square_of_one_community() -> None:
    for template in all_templates():
        assert "铁北" not in template.place + template.title + template.story, template.key
        assert "沿河" not in template.place + template.title + template.story, template.key


@both_engines
def test_where_no_place_is_given_it_is_where_the_community_was_last(inside: Flask) -> None:
    key = next(one.key for one in all_templates() if not one.place)
    standing(clock.now() - timedelta(days=300), place="别处的广场", community=RAIL, festival=None)
    first = create_from_template(key, DAY, RIVER, viewer_of(OLGA))
    assert get_managed_event(first, viewer_of(OLGA)).place == ""
    with pytest.raises(CannotPublish) as refused:
        publish(first, viewer_of(OLGA))
    assert refused.value.because is Hindrance.NO_PLACE
    standing(clock.now() - timedelta(days=9), place="河边广场", festival=None)
    second = create_from_template(key, DAY + timedelta(days=400), RIVER, viewer_of(OLGA))
    assert get_managed_event(second, viewer_of(OLGA)).place == "河边广场"
