"""A long day becomes shifts of equal length: seen first, then made with one press."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.events.hostile import DAYS, NUMBERS, TIMES, WORDS
from tests.support.browser import Page, Visitor
from tests.support.cast import OLGA, TIAN, Person
from tests.support.town import NOON, an_event, viewer_of
from volboard.core import clock
from volboard.events.commands import ShiftDraft, add_shifts
from volboard.events.errors import AlreadyOver, BadShift
from volboard.events.facts import EventFact
from volboard.events.queries import get_managed_event
from volboard.events.rules import MOST_PIECES, pieces

As = Callable[[Person], Visitor]
Stored = Callable[[int], EventFact]
Done = Callable[..., Any]
EIGHT = datetime.fromisoformat("2026-12-05T08:00:00+08:00")
ASKED: dict[str, Any] = {
    "title": "门口引导", "day": "2026-12-05", "start": "08:00", "end": "12:00", "length": "60",
    "pause": "15", "capacity": "2",
}  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "length", "pause", "starts"),
    [(240, 60, 0, [0, 60, 120, 180]), (240, 60, 15, [0, 75, 150]), (239, 120, 0, [0]),
     (59, 60, 0, []), (60, 60, 30, [0]), (0, 30, 0, []), (-60, 30, 0, []),
     (150, 30, 30, [0, 60, 120])],
)  # fmt: skip
def test_as_many_pieces_as_fit_come_one_after_the_other(
    minutes: int, length: int, pause: int, starts: list[int]
) -> None:
    found = pieces(EIGHT, EIGHT + timedelta(minutes=minutes), length, pause)
    assert [(start - EIGHT).seconds // 60 for start, _end in found] == starts
    assert all(end - start == timedelta(minutes=length) for start, end in found)


def test_a_whole_day_cut_by_the_minute_ends_somewhere() -> None:
    assert len(pieces(EIGHT, EIGHT + timedelta(days=1), 1, 0)) == MOST_PIECES
    assert len(pieces(EIGHT, EIGHT + timedelta(days=10**5), 30, 0)) == MOST_PIECES


def asked(as_: As, event: int, **changed: str) -> Page:
    page = as_(OLGA).open(f"/organize/events/{event}").follow("把一天切成几段")
    return page.press("先看看切成几段", **(ASKED | changed))


def test_the_pieces_are_seen_before_they_are_made(as_: As, done: Done, stored: Stored) -> None:
    event = done(an_event, state="draft")
    page = asked(as_, event)
    assert page.texts("main ol li") == ["08:00–09:00", "09:15–10:15", "10:30–11:30"]
    assert stored(event).shifts == ()
    page = page.press("做这 3 段")
    assert "3 段加上了" in page.whole_text
    made = stored(event).shifts
    assert [clock.local(shift.starts_at).strftime("%H:%M") for shift in made] == [
        "08:00", "09:15", "10:30",
    ]  # fmt: skip
    assert {(s.title, s.kind, s.capacity) for s in made} == {("门口引导", "service", 2)}
    assert stored(event).ends_at == EIGHT + timedelta(minutes=210)


def test_the_same_form_twice_adds_nothing(as_: As, done: Done, stored: Stored) -> None:
    event = done(an_event, state="draft")
    page = asked(as_, event)
    page.press("做这 3 段")
    assert "已经在了" in page.press("做这 3 段").whole_text
    assert len(stored(event).shifts) == 3
    longer = asked(as_, event, end="13:00")
    assert longer.texts("main ol li .chip") == ["已经有了"] * 3
    longer.press("做这 1 段")
    assert len(stored(event).shifts) == 4


def test_a_day_that_ends_after_midnight(as_: As, done: Done, stored: Stored) -> None:
    page = asked(as_, done(an_event, state="draft"), start="22:00", end="01:00", pause="0")
    assert page.texts("main ol li") == ["22:00–23:00", "23:00–次日 00:00", "00:00–01:00"]
    page.press("做这 3 段")
    assert stored(1).ends_at == datetime.fromisoformat("2026-12-06T01:00:00+08:00")


WRONG = (
    *(("capacity", typed) for typed in (*NUMBERS[:7], "", "1000000")),
    *(("day", typed) for typed in (*DAYS, "")),
    *(("start", typed) for typed in (*TIMES, "")),
    *(("end", typed) for typed in ("08:00", "08:59", "24:01", "")),
    *(("length", typed) for typed in ("1", "0", "-30", "", "1000000", "abc")),
    *(("pause", typed) for typed in ("7", "-1", "", "1000000")),
    *(("title", WORDS[name]) for name in ("empty", "blank", "endless", "NUL", "escape")),
    ("kind", "organizer"), ("kind", ""),
)  # fmt: skip


def test_nonsense_is_explained_at_its_field_and_makes_nothing(
    as_: As, done: Done, stored: Stored
) -> None:
    event = done(an_event, state="draft")
    start = asked(as_, event)
    token = start.soup.select_one("[name=csrf_token]")
    assert token is not None
    address = f"/organize/events/{event}/cut"
    for field, typed in WRONG:
        sent = ASKED | {"kind": "service"} | {field: typed}
        page = start.visitor.open(address, query=sent)
        assert page.status == 422, (field, typed)
        assert page.text(f"#cut-{field}-error"), (field, typed)
        page = start.visitor.post(address, sent | {"csrf_token": token["value"]})
        assert page.status == 422, (field, typed)
    assert stored(event).shifts == ()


def test_looking_writes_nothing_and_strangers_see_nothing(as_: As, done: Done) -> None:
    event = done(an_event, state="draft")
    assert as_(TIAN).open(f"/organize/events/{event}/cut").status == 404
    cancelled = done(an_event, state="cancelled", cancel_reason="大雨")
    assert as_(OLGA).open(f"/organize/events/{cancelled}/cut").status == 409


def test_the_past_of_an_announced_event_is_refused_at_its_day(as_: As, done: Done) -> None:
    page = asked(as_, done(an_event), day="2026-11-22").press("做这 3 段")
    assert page.status == 422
    assert "已经过去了" in page.text("#cut-day-error")


@both_engines
def test_all_of_them_or_none(inside: Flask) -> None:
    event, by = an_event(state="draft"), viewer_of(OLGA)
    good = ShiftDraft("引导", "service", NOON, NOON + timedelta(hours=1), 2)
    bad = ShiftDraft("引导", "service", NOON, NOON, 2)
    with pytest.raises(BadShift):
        add_shifts(event, [good, bad], by)
    assert get_managed_event(event, by).shifts == ()
    assert (add_shifts(event, [good], by), add_shifts(event, [good], by)) == (1, 0)
    late = ShiftDraft(
        "引导", "service", NOON - timedelta(days=400), NOON - timedelta(days=399.9), 2
    )
    with pytest.raises(AlreadyOver):
        add_shifts(an_event(), [good, late], by)
