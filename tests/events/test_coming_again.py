"""An event comes again each week, each month or each lunar year, made at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.conftest import both_engines
from tests.events.conftest import TODAY
from tests.events.hostile import DAYS, NUMBERS
from tests.support.browser import Page, Visitor
from tests.support.cast import OLGA, OTTO, TIAN, Person
from tests.support.town import a_shift, an_event, viewer_of
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.events.commands import discard_draft, move_draft
from volboard.events.errors import CannotPublish, EventCancelled, OtherDays, OtherRule
from volboard.events.facts import EventFact
from volboard.events.models import Event, Shift
from volboard.events.queries import get_managed_event
from volboard.events.series import repeat
from volboard.events.series_queries import plan, series_events
from volboard.events.series_rules import MOST_DAYS, Repeat, monthly, weekly

As = Callable[[Person], Visitor]
Stored = Callable[[int], EventFact]
Done = Callable[..., Any]
SATURDAY = datetime.fromisoformat("2026-12-12T09:00:00+08:00")
"""The second Saturday of December."""
WEEKS = [date(2026, 12, 19), date(2026, 12, 26), date(2027, 1, 2)]


def on_saturday(**columns: Any) -> int:
    """A cleaning with two posts; answers the event."""
    event = an_event(title="小区清洁", festival=None, starts_at=SATURDAY,
                     ends_at=SATURDAY + timedelta(hours=4), **columns)  # fmt: skip
    a_shift(event, starts_at=SATURDAY, title="扫院子", call_minutes=10, skill="会修剪树")
    a_shift(event, starts_at=SATURDAY + timedelta(hours=2), title="送水", ages="adults")
    return event


def made(event_id: int) -> list[Event]:
    """What the series of the event holds beside it, by day."""
    mine = select(Event.series_id).where(Event.id == event_id).scalar_subquery()
    found = select(Event).where(Event.series_id == mine, Event.id != event_id)
    return list(db.session.scalars(found.order_by(Event.series_day)))


@pytest.mark.parametrize(
    ("day", "then"),
    [
        (date(2026, 12, 12), [date(2027, 1, 9), date(2027, 2, 13), date(2027, 3, 13)]),
        (date(2026, 12, 1), [date(2027, 1, 5), date(2027, 2, 2), date(2027, 3, 2)]),
        (date(2026, 1, 31), [date(2026, 2, 28), date(2026, 3, 28), date(2026, 4, 25)]),
        (date(2027, 2, 28), [date(2027, 3, 28), date(2027, 4, 25), date(2027, 5, 23)]),
    ],
    ids=["second Saturday", "first Tuesday", "fifth is the last", "fourth Sunday stays the fourth"],
)
def test_a_month_later_is_the_same_weekday_of_the_month(day: date, then: list[date]) -> None:
    assert list(islice(monthly(day), 3)) == then


def test_days_end_with_the_years_that_people_plan_for() -> None:
    assert list(weekly(date(2099, 12, 20))) == [date(2099, 12, 27)]
    assert list(monthly(date(2099, 11, 30)))[-1] == date(2099, 12, 28)
    assert list(weekly(date(2099, 12, 31))) == list(monthly(date(2099, 12, 31))) == []


@both_engines
@pytest.mark.parametrize("publish", [False, True])
def test_each_day_gets_an_event_of_its_own_with_all_its_posts(inside: Flask, publish: bool) -> None:
    event = on_saturday()
    assert repeat(event, Repeat.WEEKLY, WEEKS, publish, viewer_of(OLGA)) == 3
    for day, found in zip(WEEKS, made(event), strict=True):
        fact = get_managed_event(found.id, viewer_of(OLGA))
        assert clock.local(fact.starts_at) == datetime.fromisoformat(f"{day}T09:00:00+08:00")
        assert [(s.title, s.call_minutes, s.skill, s.ages) for s in fact.shifts] == [
            ("扫院子", 10, "会修剪树", "any"), ("送水", 0, "", "adults"),
        ]  # fmt: skip
        assert fact.state == ("published" if publish else "draft")
        assert (fact.published_at is not None) == publish
        assert fact.series_day == day


@both_engines
def test_the_same_press_twice_makes_them_once(inside: Flask) -> None:
    event = on_saturday()
    assert repeat(event, Repeat.WEEKLY, WEEKS[:2], True, viewer_of(OLGA)) == 2
    assert repeat(event, Repeat.WEEKLY, WEEKS, True, viewer_of(OTTO)) == 1
    assert repeat(event, Repeat.WEEKLY, [*WEEKS, *WEEKS], False, viewer_of(OLGA)) == 0
    assert len(made(event)) == 3
    second = made(event)[0].id
    assert repeat(second, Repeat.WEEKLY, [WEEKS[2], date(2027, 1, 9)], True, viewer_of(OLGA)) == 1


@both_engines
def test_two_organizers_at_once_make_them_once(app: Flask) -> None:
    with app.app_context():
        event = on_saturday()

    def press(person: Person) -> int:
        with app.app_context(), clock.standing_at(TODAY):
            return repeat(event, Repeat.WEEKLY, WEEKS, True, viewer_of(person))

    with ThreadPoolExecutor(4) as thumbs:
        assert sum(thumbs.map(press, (OLGA, OTTO, OLGA, OTTO))) == 3
    with app.app_context():
        assert len(made(event)) == 3


@both_engines
def test_two_organizers_at_once_from_two_events_of_a_series_make_them_once(app: Flask) -> None:
    with app.app_context():
        event = on_saturday()
        repeat(event, Repeat.WEEKLY, WEEKS[:1], True, viewer_of(OLGA))
        pages = (event, made(event)[0].id)

    def press(number: int) -> int:
        with app.app_context(), clock.standing_at(TODAY):
            return repeat(pages[number % 2], Repeat.WEEKLY, WEEKS[1:], True, viewer_of(OTTO))

    with ThreadPoolExecutor(8) as thumbs:
        assert sum(thumbs.map(press, range(8))) == 2


@both_engines
def test_the_database_keeps_one_event_a_day_of_a_series(inside: Flask) -> None:
    event = on_saturday()
    repeat(event, Repeat.WEEKLY, WEEKS[:1], True, viewer_of(OLGA))
    series = made(event)[0].series_id
    with pytest.raises(IntegrityError), transaction():
        an_event(series_id=series, series_day=WEEKS[0])


def test_what_was_thrown_away_can_be_made_again_and_what_moved_counts_still(
    inside: Flask,
) -> None:
    event = on_saturday()
    repeat(event, Repeat.WEEKLY, WEEKS, False, viewer_of(OLGA))
    first, second, _third = made(event)
    discard_draft(first.id, viewer_of(OLGA))
    move_draft(second.id, date(2026, 12, 28), viewer_of(OLGA))
    assert repeat(event, Repeat.WEEKLY, WEEKS, False, viewer_of(OLGA)) == 1
    assert [one.series_day for one in made(event)] == WEEKS


def test_an_event_comes_again_by_one_rule(inside: Flask) -> None:
    event = on_saturday()
    repeat(event, Repeat.WEEKLY, WEEKS, False, viewer_of(OLGA))
    with pytest.raises(OtherRule):
        repeat(event, Repeat.MONTHLY, [date(2027, 1, 9)], False, viewer_of(OLGA))


def test_days_that_the_rule_does_not_give_make_nothing(inside: Flask) -> None:
    event, by = on_saturday(), viewer_of(OLGA)
    wrong = (date(2026, 12, 20), date(2026, 12, 5), date(2026, 12, 12), date(2099, 1, 3))
    for day in wrong:
        with pytest.raises(OtherDays):
            repeat(event, Repeat.WEEKLY, [WEEKS[0], day], True, by)
    assert get_managed_event(event, by).series_id is None
    assert len(db.session.scalars(select(Event)).all()) == 1


def test_what_cannot_come_again(inside: Flask) -> None:
    with pytest.raises(NotFound):
        repeat(on_saturday(), Repeat.WEEKLY, WEEKS, True, viewer_of(TIAN))
    with pytest.raises(EventCancelled):
        repeat(on_saturday(state="cancelled", cancel_reason="雨"), Repeat.WEEKLY, WEEKS, True,
               viewer_of(OLGA))  # fmt: skip
    empty = an_event(starts_at=SATURDAY, ends_at=SATURDAY + timedelta(hours=4), state="draft")
    with pytest.raises(CannotPublish):
        repeat(empty, Repeat.WEEKLY, WEEKS, True, viewer_of(OLGA))
    assert repeat(empty, Repeat.WEEKLY, WEEKS, False, viewer_of(OLGA)) == 3


@both_engines
def test_a_year_of_weeks_is_the_most(inside: Flask) -> None:
    event, by = on_saturday(), viewer_of(OLGA)
    days = [one.date for one in plan(get_managed_event(event, by), Repeat.WEEKLY)]
    assert len(days) == MOST_DAYS
    assert repeat(event, Repeat.WEEKLY, days, True, by) == MOST_DAYS
    assert len(series_events(get_managed_event(event, by))) == MOST_DAYS + 1
    assert len(db.session.scalars(select(Shift)).all()) == 2 * (MOST_DAYS + 1)


def looked_at(as_: As, event: int, **typed: Any) -> Page:
    page = as_(OLGA).open(f"/organize/events/{event}").follow("每周、每月、每年都办")
    return page.press("先看看是哪些日子", **typed)


def test_every_day_is_shown_with_weekday_lunar_day_and_festival(as_: As, done: Done) -> None:
    page = looked_at(as_, done(on_saturday), count="9")
    shown = page.texts("#make-days .choice__text")
    assert shown[0] == "12 月 19 日 星期六 · 冬月十一"
    assert shown[2] == "2027 年 1 月 2 日 星期六 · 冬月廿五"
    assert shown[8].startswith("2027 年 2 月 13 日")
    assert shown[7] == "2027 年 2 月 6 日 星期六 · 正月初一 · 春节"
    assert len(page.soup.select("#make-days input[checked]")) == 9


def test_the_rules_say_what_they_mean_for_this_day(as_: As, done: Done) -> None:
    page = as_(OLGA).open(f"/organize/events/{done(on_saturday)}/repeat")
    assert page.texts("#repeat-rule .choice__text") == [
        "每周星期六", "每月第二个星期六", "每年农历冬月初四",
    ]  # fmt: skip


def test_a_thirtieth_that_a_year_lacks_is_said(as_: As, done: Done) -> None:
    eve = datetime.fromisoformat("2030-02-02T18:00:00+08:00")
    event = done(an_event, starts_at=eve, ends_at=eve + timedelta(hours=3))
    done(a_shift, event, starts_at=eve)
    page = as_(OLGA).open(f"/organize/events/{event}/repeat?rule=lunar&count=4")
    shown = page.texts("#make-days .choice__text")
    assert len(shown) == 4
    for words in shown:
        assert ("这年没有腊月三十，放在这天" in words) == ("腊月廿九" in words)
        assert "除夕" in words


def test_a_day_without_its_tick_is_left_out(as_: As, done: Done, stored: Stored) -> None:
    page = looked_at(as_, done(on_saturday), count="3")
    form = page.form("做这些场")
    days = [str(box["value"]) for box in form.select("[name=days]")]
    token = form.select_one("[name=csrf_token]")
    assert token is not None
    sent: dict[str, object] = {"csrf_token": token["value"], "rule": "weekly", "count": "3",
            "until": "", "days": [days[0], days[2]], "publish": "yes"}  # fmt: skip
    page = page.visitor.post("/organize/events/1/repeat", sent)
    assert "做好了 2 场" in page.whole_text
    links = [a["href"] for a in page.soup.select("#series-title ~ details a")]
    assert links == ["/organize/events/2", "/organize/events/3"]
    assert stored(3).series_day == date(2027, 1, 2)
    assert stored(3).state == "published"
    again = page.visitor.open("/organize/events/1/repeat?rule=weekly&count=3")
    assert len(again.soup.select("#make-days input")) == 1
    assert "已经有了的" in again.whole_text


def test_until_a_day_or_a_number_whichever_comes_first(as_: As, done: Done) -> None:
    event = done(on_saturday)
    page = looked_at(as_, event, count="53", until="2027-01-01")
    assert len(page.soup.select("#make-days input")) == 2
    page = looked_at(as_, event, count="", until="")
    assert len(page.soup.select("#make-days input")) == 12
    nothing = looked_at(as_, event, until="2026-12-13")
    assert "排不出新的日子" in nothing.whole_text


def test_nonsense_makes_nothing_and_says_where_it_is(as_: As, done: Done) -> None:
    event = done(on_saturday)
    olga, address = as_(OLGA), f"/organize/events/{event}/repeat"
    wrong = [("count", n) for n in (*NUMBERS, "54", "1000000")]
    wrong += [("until", day) for day in DAYS] + [("rule", r) for r in ("daily", "", "\x00")]
    for field, typed in wrong:
        page = olga.open(address, query={"rule": "weekly", "count": "3", "until": "", field: typed})
        assert page.status == 422, (field, typed)
        assert page.text(f"#repeat-{field}-error"), (field, typed)
    page = looked_at(as_, event, count="3")
    token = page.form("做这些场").select_one("[name=csrf_token]")
    assert token is not None
    sent: dict[str, object] = {"csrf_token": token["value"], "rule": "weekly", "count": "3"}
    for days in ([], ["abc"], ["2026-12-20"], ["9999-12-31"], ["\x00"], ["2026-12-19"] * 9999):
        answer = page.visitor.post(address, sent | {"days": days, "publish": "perhaps"})
        assert answer.status in (413, 422), days[:1]
    assert done(made, event) == []
    assert as_(TIAN).open(address).status == 404
