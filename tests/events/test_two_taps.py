"""An organizer gets the next Dragon Boat's event, with posts and times, from two taps."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.events.conftest import TODAY
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, OLGA, RAIL, RIVER, Person
from tests.support.town import viewer_of
from volboard.core import clock
from volboard.core.errors import NotFound
from volboard.events.commands import create_from_template
from volboard.events.errors import BadDay
from volboard.events.facts import EventFact
from volboard.events.queries import event_for
from volboard.festivals.templates import all_templates

As = Callable[[Person], Visitor]
Stored = Callable[[int], EventFact]


def tap(page: Page, template: str, **changed: str) -> Page:
    """Press the button of a ready-made event."""
    form = next(f for f in page.soup.select("form") if f.select_one(f'[value="{template}"]'))
    data: dict[str, object] = {str(i["name"]): str(i["value"]) for i in form.select("input")}
    return page.visitor.post(str(form["action"]), data | changed)


def id_of(page: Page) -> int:
    assert page.url.startswith("/organize/events/"), page.url
    return int(page.url.rsplit("/", 1)[1])


def test_dragon_boat_comes_with_posts_and_times_from_two_taps(as_: As, stored: Stored) -> None:
    page = tap(as_(OLGA).open("/organize/events/new"), "zongzi")
    assert page.status == 200
    assert page.text("h1") == "包粽子，送到家"
    assert "2027 年 6 月 8 日 星期二" in page.whole_text
    assert [t.removesuffix(" 服务岗") for t in page.texts(".shift__title")] == [
        "洗叶泡米", "包粽子", "送到家",
    ]  # fmt: skip
    event = stored(id_of(page))
    assert (event.state, event.community_id, event.festival) == ("draft", RIVER, "duanwu")
    assert (event.contact_name, event.contact_phone) == ("沿河社区", "0453-3120001")
    begins = [clock.local(shift.starts_at) for shift in event.shifts]
    assert begins[0] == datetime.fromisoformat("2027-06-08T07:30:00+08:00")


def test_every_festival_of_the_year_and_every_day_can_be_tapped(as_: As) -> None:
    page = as_(OLGA).open("/organize/events/new")
    offered = {str(field["value"]) for field in page.soup.select('[name="key"]')}
    assert offered == {template.key for template in all_templates()}
    assert page.texts(".card__title")[:2] == ["国际志愿者日", "腊八节"]
    assert "12 月 5 日 · 十月廿七" in page.whole_text


def test_preparing_that_should_have_begun_before_today_begins_today(as_: As) -> None:
    with clock.standing_at(datetime.fromisoformat("2027-02-01T09:00:00+08:00")):
        page = as_(OLGA).open("/organize/events/new")
        form = next(f for f in page.soup.select("form") if f.select_one('[value="couplets"]'))
        assert form.select_one('[name="day"]')["value"] == "2027-02-01"  # type: ignore[index]


def test_a_double_tap_makes_one_draft(as_: As) -> None:
    page = as_(OLGA).open("/organize/events/new")
    assert tap(page, "zongzi").url == tap(page, "zongzi").url


def test_a_minute_later_the_same_tap_makes_another(as_: As) -> None:
    page = as_(OLGA).open("/organize/events/new")
    first = tap(page, "zongzi")
    with clock.standing_at(datetime.fromisoformat("2026-11-23T09:02:00+08:00")):
        assert tap(page, "zongzi").url != first.url


def test_whoever_has_two_communities_says_for_which(as_: As, done: Callable[..., Any]) -> None:
    page = as_(ADA).open("/organize/events/new").follow("铁北社区")
    made = id_of(tap(page, "clean-day"))
    assert done(event_for, made, viewer_of(ADA)).community_id == RAIL


def test_a_day_that_cannot_be_makes_nothing(as_: As) -> None:
    start = as_(OLGA).open("/organize/events/new")
    for day in ("", "0000-00-00", "9999-12-31", "abc", "\x00", "2019-01-01"):
        page = tap(start, "zongzi", day=day)
        assert page.status == 422, day
        assert page.text(".notice")


def test_a_foreign_community_does_not_exist(as_: As) -> None:
    start = as_(OLGA).open("/organize/events/new")
    for community in ("2", "99", "999999999"):
        assert tap(start, "zongzi", community=community).status == 404, community


def test_a_community_that_is_no_number_is_ones_own(as_: As, stored: Stored) -> None:
    start = as_(OLGA).open("/organize/events/new")
    for community in ("abc", "-1", "9" * 10, "9" * 30, "²", "\x00"):
        assert stored(id_of(tap(start, "zongzi", community=community))).community_id == RIVER


def test_an_unknown_template_is_not_found(as_: As) -> None:
    assert tap(as_(OLGA).open("/organize/events/new"), "zongzi", key="../x").status == 404


@both_engines
def test_every_template_becomes_an_event_that_could_be_published(inside: Flask) -> None:
    day = datetime.fromisoformat("2027-06-08").date()
    for template in all_templates():
        made = create_from_template(template.key, day, RIVER, viewer_of(OLGA))
        event = event_for(made, viewer_of(OLGA))
        assert len(event.shifts) == len(template.shifts)
        assert event.starts_at == event.shifts[0].starts_at
        assert event.ends_at == max(shift.ends_at for shift in event.shifts)


def test_templates_keep_to_the_power_and_the_years_of_a_command(inside: Flask) -> None:
    day = datetime.fromisoformat("2027-06-08").date()
    with pytest.raises(NotFound):
        create_from_template("zongzi", day, RAIL, viewer_of(OLGA))
    with pytest.raises(BadDay):
        create_from_template("zongzi", day.replace(year=9999), RIVER, viewer_of(OLGA))


@both_engines
def test_of_two_taps_at_once_one_draft_comes(app: Flask) -> None:
    day = datetime.fromisoformat("2027-06-08").date()

    def press(_number: int) -> int:
        with app.app_context(), clock.standing_at(TODAY):
            return create_from_template("zongzi", day, RIVER, viewer_of(OLGA))

    with ThreadPoolExecutor(4) as thumbs:
        assert len(set(thumbs.map(press, range(8)))) == 1
