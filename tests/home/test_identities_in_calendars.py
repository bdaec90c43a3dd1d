"""A calendar knows each day of an event again, whatever becomes of the other days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.home.planting import MORNING, planting
from tests.home.test_calendar_files import fetch
from tests.signups.test_changing_a_shift import draft
from tests.support.browser import Visitor
from tests.support.cast import OLGA
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.core import clock
from volboard.core.db import transaction
from volboard.events.commands import add_shift, drop_draft_shift, publish
from volboard.events.records import mark_first_shift
from volboard.signups.changes import call_off_shift, change_shift

DAY = timedelta(days=1)
Act = Callable[[], object]


@pytest.fixture
def event(app: Flask) -> int:
    """Three days with a post each; the second has two. Their ids are 1, 2 and 3, 4."""
    with planting(app):
        made = an_event(ends_at=NOON + 3 * DAY)
        for days, title in ((0, "包粽子"), (1, "包粽子"), (1, "送粽子"), (2, "包粽子")):
            a_shift(made, starts_at=NOON + days * DAY, title=title)
        announce(made)
    return made


def announce(event: int) -> None:
    """As publishing does."""
    with transaction():
        mark_first_shift(event)


def boxes(visitor: Visitor, event: int, path: str = "") -> dict[datetime, Any]:
    """The entries of the file, by their start."""
    found = fetch(visitor, path or f"/events/{event}.ics").walk("VEVENT")
    return {part.decoded("DTSTART").astimezone(NOON.tzinfo): part for part in found}


def then(app: Flask, act: Act) -> None:
    """Do it a while later, as an organizer."""
    with planting(app), clock.standing_at(MORNING + timedelta(minutes=5)):
        act()


@both_engines
@pytest.mark.parametrize("day", [0, 2])
@pytest.mark.parametrize("path", ["", "/calendar.ics"])
def test_a_day_that_is_called_off_stays_as_cancelled_and_the_others_stay_as_they_are(
    app: Flask, visitor: Visitor, event: int, day: int, path: str
) -> None:
    before = boxes(visitor, event, path)
    then(app, lambda: call_off_shift(1 if day == 0 else 4, "下大雨", viewer_of(OLGA)))
    after = boxes(visitor, event, path)
    assert [one["UID"] for one in after.values()] == [one["UID"] for one in before.values()]
    off = NOON + day * DAY
    assert [start for start, one in after.items() if one["STATUS"] == "CANCELLED"] == [off]
    assert after[off]["SEQUENCE"] > before[off]["SEQUENCE"]
    assert after[off]["SUMMARY"] == "（已取消）端午包粽子"


def test_a_day_with_another_post_goes_on_without_the_one_called_off(
    app: Flask, visitor: Visitor, event: int
) -> None:
    before = boxes(visitor, event)[NOON + DAY]
    then(app, lambda: call_off_shift(2, "下大雨", viewer_of(OLGA)))
    after = boxes(visitor, event)[NOON + DAY]
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CONFIRMED")
    assert "送粽子" in after["DESCRIPTION"]
    assert "包粽子\n" not in after["DESCRIPTION"].partition("http")[0]


def test_a_day_that_is_added_before_the_others_renames_none(
    app: Flask, visitor: Visitor, event: int
) -> None:
    before = boxes(visitor, event)
    then(app, lambda: add_shift(event, draft(-DAY), viewer_of(OLGA)))
    after = boxes(visitor, event)
    assert {start: after[start]["UID"] for start in before} == {
        start: one["UID"] for start, one in before.items()
    }
    assert len({one["UID"] for one in after.values()}) == 4


def test_an_event_of_one_day_keeps_what_telephones_know_it_by_also_when_it_moves(
    app: Flask, visitor: Visitor
) -> None:
    with planting(app):
        event = an_event()
        shift = a_shift(event)
        announce(event)
    (before,) = boxes(visitor, event).values()
    assert before["UID"] == f"event-{event}-0@localhost", "as it was before days had identities"
    then(app, lambda: change_shift(shift, draft(7 * DAY), viewer_of(OLGA)))
    ((start, after),) = boxes(visitor, event).items()
    assert (start, after["UID"]) == (NOON + 7 * DAY, before["UID"])
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_day_whose_posts_are_taken_out_leaves_the_others_their_names(
    app: Flask, visitor: Visitor, event: int
) -> None:
    before = boxes(visitor, event)
    then(app, lambda: drop_draft_shift(1, viewer_of(OLGA)))
    after = boxes(visitor, event)
    assert list(after) == list(before)[1:]
    assert [one["UID"] for one in after.values()] == [one["UID"] for one in before.values()][1:]


def test_publishing_says_which_day_comes_first(app: Flask, visitor: Visitor) -> None:
    with planting(app), clock.standing_at(MORNING):
        event = an_event(state="draft")
        for days in (3, 1):
            a_shift(event, starts_at=NOON + days * DAY)
        publish(event, viewer_of(OLGA))
    uids = [one["UID"] for one in boxes(visitor, event).values()]
    assert uids == [f"event-{event}-0@localhost", f"event-{event}-20270612@localhost"]


def test_a_post_over_midnight_belongs_to_the_day_on_which_it_begins(
    app: Flask, visitor: Visitor, event: int
) -> None:
    before = {one["UID"] for one in boxes(visitor, event).values()}
    late = draft(timedelta(hours=11))
    then(app, lambda: add_shift(event, late, viewer_of(OLGA)))
    assert {one["UID"] for one in boxes(visitor, event).values()} == before
