"""An organizer holds an event again, or moves a draft to another day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import OLGA, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.core import clock
from volboard.events.commands import copy_event, move_draft
from volboard.events.errors import BadDay, NotADraft
from volboard.events.facts import EventFact
from volboard.events.offers import next_day_of
from volboard.events.queries import get_managed_event

As = Callable[[Person], Visitor]
Stored = Callable[[int], EventFact]
Done = Callable[..., Any]
TODAY = date(2026, 11, 23)


def test_last_years_event_is_two_taps_away_on_its_day_of_next_year(
    as_: As, stored: Stored, done: Done
) -> None:
    held = datetime.fromisoformat("2026-06-18T09:00:00+08:00")
    event = done(an_event, starts_at=held, ends_at=held + timedelta(hours=2), title="去年的粽子")
    done(a_shift, event, starts_at=held)
    page = as_(OLGA).open("/organize/events/new").press("再办一次")
    assert page.text("h1") == "去年的粽子"
    copy = stored(event + 1)
    assert (copy.state, copy.published_at) == ("draft", None)
    assert copy.starts_at == datetime.fromisoformat("2027-06-08T09:00:00+08:00")


def test_it_is_held_again_on_the_day_that_was_typed(as_: As, stored: Stored, done: Done) -> None:
    event = done(an_event)
    done(a_shift, event)
    page = as_(OLGA).open(f"/organize/events/{event}").press("照着做一份草稿", day="2027-07-01")
    assert page.status == 200
    assert clock.local(stored(event + 1).starts_at) == datetime.fromisoformat(
        "2027-07-01T12:00:00+08:00"
    )
    assert stored(event).state == "published"


def test_a_day_that_cannot_be_is_explained_and_kept(as_: As, done: Done) -> None:
    event = done(an_event, state="draft")
    done(a_shift, event)
    page = as_(OLGA).open(f"/organize/events/{event}")
    for button, field in (("照着做一份草稿", "copy-day"), ("换到这天", "move-day")):
        for typed in ("", "9999-12-31", "0000-01-01", "后天", "\x00"):
            answer = page.press(button, day=typed)
            assert answer.status == 422, typed
            assert answer.text(f"#{field}-error")
            assert answer.soup.select_one(f"#{field}")["value"] == typed  # type: ignore[index]


@both_engines
def test_a_cancelled_event_is_held_again_with_all_its_posts(inside: Flask) -> None:
    event = an_event(team_id=None, state="cancelled", cancel_reason="下雨")
    for hours in (0, 3):
        a_shift(event, starts_at=NOON + timedelta(hours=hours), called_off_at=NOON)
    copy = get_managed_event(copy_event(event, date(2027, 6, 12), viewer_of(OLGA)),
                             viewer_of(OLGA))  # fmt: skip
    assert [shift.starts_at - NOON for shift in copy.shifts] == [
        timedelta(days=3), timedelta(days=3, hours=3)
    ]  # fmt: skip


@both_engines
def test_copying_over_new_year_keeps_distances_times_and_midnight(inside: Flask) -> None:
    event = an_event(team_id=None, safety="烫")
    eve = datetime.fromisoformat("2026-12-30T21:00:00+08:00")
    a_shift(event, starts_at=eve, minutes=210, opens_at=eve - timedelta(days=40), minimum=1)
    a_shift(event, starts_at=eve + timedelta(days=2), minutes=60, kind="participant")
    a_shift(event, starts_at=eve - timedelta(days=3), called_off_at=eve)
    copy = get_managed_event(copy_event(event, date(2027, 12, 31), viewer_of(OLGA)),
                             viewer_of(OLGA))  # fmt: skip
    first, second = copy.shifts
    assert first.starts_at == datetime.fromisoformat("2027-12-31T21:00:00+08:00")
    assert first.ends_at == datetime.fromisoformat("2028-01-01T00:30:00+08:00")
    assert first.opens_at == datetime.fromisoformat("2027-11-21T21:00:00+08:00")
    assert second.starts_at == datetime.fromisoformat("2028-01-02T21:00:00+08:00")
    assert (first.minimum, second.kind, copy.safety) == (1, "participant", "烫")
    assert (first.seated, first.waiting, first.closed_at) == (0, 0, None)


@both_engines
def test_a_draft_moves_as_a_whole_and_an_announced_event_does_not(inside: Flask) -> None:
    event = an_event(state="draft")
    a_shift(event)
    a_shift(event, starts_at=NOON + timedelta(days=1, hours=2))
    move_draft(event, date(2028, 2, 29), viewer_of(OLGA))
    moved = get_managed_event(event, viewer_of(OLGA))
    assert [clock.local(shift.starts_at).isoformat() for shift in moved.shifts] == [
        "2028-02-29T12:00:00+08:00", "2028-03-01T14:00:00+08:00",
    ]  # fmt: skip
    assert moved.starts_at == moved.shifts[0].starts_at
    with pytest.raises(NotADraft):
        move_draft(an_event(), date(2028, 2, 29), viewer_of(OLGA))


@both_engines
def test_a_draft_without_posts_moves_its_whole_day(inside: Flask) -> None:
    event = an_event(state="draft")
    move_draft(event, date(2027, 1, 1), viewer_of(OLGA))
    assert clock.local(get_managed_event(event, viewer_of(OLGA)).starts_at) == (
        datetime.fromisoformat("2027-01-01T00:00:00+08:00")
    )


def test_years_that_nobody_plans_for_are_refused(inside: Flask) -> None:
    event = an_event()
    a_shift(event)
    for day in (date(1, 1, 1), date(9999, 12, 31)):
        with pytest.raises(BadDay):
            copy_event(event, day, viewer_of(OLGA))


@pytest.mark.parametrize(
    ("festival", "held_on", "again"),
    [("duanwu", date(2026, 6, 18), date(2027, 6, 8)),
     ("duanwu", date(2027, 6, 8), date(2028, 5, 27)),
     ("chunjie", date(2026, 2, 17), date(2027, 2, 6)),
     ("volunteers", date(2025, 12, 5), date(2026, 12, 5)),
     (None, date(2026, 11, 21), date(2026, 11, 28)),
     (None, date(2026, 11, 23), date(2026, 11, 30)),
     (None, date(2026, 12, 5), date(2026, 12, 12)),
     ("unknown", date(2020, 1, 1), date(2026, 11, 25))],
)  # fmt: skip
def test_an_event_comes_round_with_its_festival_or_on_its_weekday(
    festival: str | None, held_on: date, again: date
) -> None:
    assert next_day_of(festival, held_on, TODAY) == again
