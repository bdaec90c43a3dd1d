"""Somebody puts an event, or all of them, into the calendar of their phone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.home.planting import MORNING, planting
from tests.support.browser import Visitor
from tests.support.cast import OLGA, RAIL
from tests.support.town import NOON, a_shift, an_event
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.events.models import Event, EventChange

LONG = "端午节包粽子送到老兵家，" * 12


def fetch(visitor: Visitor, url: str) -> Any:
    with clock.standing_at(MORNING):
        response = visitor.client.get(url)
    assert response.status_code == 200
    assert response.content_type == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.data.split(b"\r\n"))
    return icalendar.Calendar.from_ical(response.data)


@both_engines
def test_a_calendar_reads_the_event_as_we_wrote_it(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        event = an_event(title="包粽子；送粽子, 一起", story=LONG, safety="粽叶划手")
        a_shift(event, title="包粽子")
    sheet = fetch(visitor, f"/events/{event}.ics")
    assert len(sheet.walk("VTIMEZONE")) == 1
    (found,) = sheet.walk("VEVENT")
    assert found["SUMMARY"] == "包粽子；送粽子, 一起"
    assert found.decoded("DTSTART") == NOON
    assert found.decoded("DTEND") == NOON + timedelta(hours=2)
    assert found["LOCATION"] == "沿河社区 社区活动室"
    assert LONG in found["DESCRIPTION"]
    assert "12:00–14:00 包粽子" in found["DESCRIPTION"]
    assert found["URL"] == f"http://localhost/events/{event}"
    assert (found["STATUS"], found["SEQUENCE"]) == ("CONFIRMED", 0)


def test_a_cancelled_event_is_cancelled_in_the_calendar_too(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        event = an_event()
        a_shift(event)
        before = fetch(visitor, f"/events/{event}.ics").walk("VEVENT")[0]
        with transaction():
            db.session.add(EventChange(event_id=event, changed_by=OLGA.id, changed_at=MORNING,
                                       sentence="取消了"))  # fmt: skip
            found = db.session.get_one(Event, event)
            found.state, found.cancel_reason = "cancelled", "下雨"
    after = fetch(visitor, f"/events/{event}.ics").walk("VEVENT")[0]
    assert after["UID"] == before["UID"]
    assert after["STATUS"] == "CANCELLED"
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert "下雨" in after["DESCRIPTION"]


def test_an_event_over_weeks_paints_only_the_days_that_have_shifts(
    app: Flask, visitor: Visitor
) -> None:
    with planting(app):
        event = an_event(ends_at=NOON + timedelta(days=21))
        for days in (0, 7, 14):
            a_shift(event, starts_at=NOON + timedelta(days=days))
            a_shift(event, starts_at=NOON + timedelta(days=days, hours=3), title="后半场")
        a_shift(event, starts_at=NOON + timedelta(days=20), called_off_at=NOON)
    *found, off = fetch(visitor, f"/events/{event}.ics").walk("VEVENT")
    starts = [part.decoded("DTSTART") for part in found]
    assert starts == [NOON + timedelta(days=days) for days in (0, 7, 14)]
    assert {part.decoded("DTEND") - part.decoded("DTSTART") for part in found} == {
        timedelta(hours=5)
    }
    assert len({part["UID"] for part in (*found, off)}) == 4
    assert [part["STATUS"] for part in (*found, off)] == [*["CONFIRMED"] * 3, "CANCELLED"]
    assert off["SUMMARY"].startswith("（已取消）")


def test_the_subscription_has_all_that_is_announced(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        an_event(title="来的")
        an_event(RAIL, title="桥下的")
        an_event(title="草稿", state="draft")
        an_event(title="取消的", state="cancelled", cancel_reason="下雨")
        for days, title in ((10, "刚过的"), (60, "早过的")):
            then = MORNING - timedelta(days=days)
            an_event(title=title, starts_at=then, ends_at=then + timedelta(hours=1))
    titles = [part["SUMMARY"] for part in fetch(visitor, "/calendar.ics").walk("VEVENT")]
    assert titles == ["刚过的", "来的", "桥下的", "（已取消）取消的"]
    (only,) = fetch(visitor, f"/calendar.ics?community={RAIL}").walk("VEVENT")
    assert only["SUMMARY"] == "桥下的"


def test_an_empty_calendar_is_still_one(visitor: Visitor) -> None:
    assert not fetch(visitor, "/calendar.ics").walk("VEVENT")


@pytest.mark.parametrize("year", range(1985, 1993))
@pytest.mark.parametrize("month", [1, 7])
def test_the_summers_in_which_clocks_were_put_forward_are_right_in_the_file(
    app: Flask, visitor: Visitor, year: int, month: int
) -> None:
    """China had a summer time from 1986 to 1991; a telephone reads the file by its own zone."""
    start = datetime(year, month, 15, 4, tzinfo=UTC)
    with planting(app):
        event = an_event(starts_at=start, ends_at=start + timedelta(hours=2))
        a_shift(event, starts_at=start)
    sheet = fetch(visitor, f"/events/{event}.ics")
    (found,) = sheet.walk("VEVENT")
    assert found.decoded("DTSTART") == start
    (zone,) = sheet.walk("VTIMEZONE")
    local = found.decoded("DTSTART").replace(tzinfo=None)
    assert local.replace(tzinfo=zone.to_tz(lookup_tzid=False)) == start
