"""An organizer adds posts and times, and takes one away."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.events.hostile import DAYS, NUMBERS, TIMES, WORDS
from tests.support.browser import Page, Visitor
from tests.support.cast import OLGA, Person
from tests.support.town import NOON, a_shift, an_event
from volboard.core import clock
from volboard.events.facts import EventFact

As = Callable[[Person], Visitor]
Stored = Callable[[int], EventFact]
Done = Callable[..., Any]
POST = {
    "title": "送到家", "day": "2026-12-05", "start": "14:30", "end": "16:30", "capacity": "10",
}  # fmt: skip


def add(page: Page, htmx: bool = False, **changed: str) -> Page:
    return page.press("加上这个岗位", htmx=htmx, **(POST | changed))


@pytest.fixture
def draft(as_: As, done: Done) -> Page:
    """The editor of a draft without shifts."""
    event = done(an_event, state="draft")
    return as_(OLGA).open(f"/organize/events/{event}")


def test_a_post_has_a_time_places_and_a_kind(draft: Page, stored: Stored) -> None:
    page = add(draft, minimum="4", opens_day="2026-12-01", opens_time="8:30",
               cancel_notice="1440", kind="participant",
               briefing="两人一组\n敲门先问好")  # fmt: skip
    assert page.status == 200
    assert page.text("#shift-1 .chip") == "参加"
    shift = stored(1).shifts[0]
    numbers = (shift.capacity, shift.minimum, shift.cancel_notice)
    assert (shift.title, *numbers) == ("送到家", 10, 4, 1440)
    assert shift.starts_at == datetime.fromisoformat("2026-12-05T14:30:00+08:00")
    assert shift.opens_at == datetime.fromisoformat("2026-12-01T08:30:00+08:00")
    assert (shift.planned_minutes, shift.is_service) == (120, False)
    assert shift.briefing == "两人一组\n敲门先问好"


def test_without_more_said_it_is_service_and_a_place_can_be_given_back_two_hours_before(
    draft: Page, stored: Stored
) -> None:
    add(draft)
    shift = stored(1).shifts[0]
    assert (shift.is_service, shift.cancel_notice, shift.minimum, shift.opens_at) == (
        True, 120, 0, None,
    )  # fmt: skip


def test_the_event_spans_its_posts(draft: Page, stored: Stored) -> None:
    add(draft)
    add(draft, day="2026-12-04", start="8:00", end="9:00")
    event = stored(1)
    assert event.starts_at == datetime.fromisoformat("2026-12-04T08:00:00+08:00")
    assert event.ends_at == datetime.fromisoformat("2026-12-05T16:30:00+08:00")


def test_an_end_before_the_start_is_the_next_day(draft: Page, stored: Stored) -> None:
    page = add(draft, day="2026-12-31", start="21:00", end="00:30")
    assert "12 月 31 日 星期四 21:00–次日 00:30" in page.whole_text
    shift = stored(1).shifts[0]
    assert shift.ends_at == datetime.fromisoformat("2027-01-01T00:30:00+08:00")


def test_times_may_be_typed_in_many_ways(draft: Page, stored: Stored) -> None:
    for start, end in (
        ("8：30", "上午11点"),
        ("0830", "1100"),
        ("早上8点半", "上午11时"),
        ("8.30", "11:00:00"),
    ):
        assert add(draft, start=start, end=end).status == 200, start
    assert {clock.local(shift.starts_at).strftime("%H:%M") for shift in stored(1).shifts} == {
        "08:30"
    }


WRONG = (
    *(("capacity", typed) for typed in (*NUMBERS[:7], "", "３０００００")),
    *(("minimum", typed) for typed in ("-1", "11", "abc", "1e9")),
    *(("day", typed) for typed in (*DAYS, "")),
    *(("start", typed) for typed in (*TIMES, "")),
    *(("end", typed) for typed in ("14:30", "09:00", "24:01", "")),
    *(("title", WORDS[name]) for name in ("empty", "blank", "endless", "NUL", "escape")),
    *(("briefing", WORDS[name]) for name in ("endless", "NUL")),
    *(("opens_day", typed) for typed in ("2026-12-06", "abc", "9999-12-31")),
    ("kind", "organizer"), ("kind", ""), ("cancel_notice", "-5"), ("cancel_notice", "abc"),
)  # fmt: skip


def test_a_wrong_field_is_explained_beside_it_and_everything_typed_stays(
    draft: Page, stored: Stored
) -> None:
    for htmx in (False, True):
        for field, typed in WRONG:
            page = add(draft, htmx=htmx, **{field: typed})
            assert page.status == 422, (field, typed)
            assert page.text(f"#new-{field}-error"), (field, typed)
            for name, value in (POST | {field: typed}).items():
                box = page.soup.select_one(f"#new-{name}")
                if box is not None and box.name == "input" and name != "title":
                    assert box["value"] == value, (field, typed, name)
    assert stored(1).shifts == ()


def test_one_sentence_says_what_to_do(draft: Page) -> None:
    page = add(draft, capacity="abc", day="", start="25:00", end="09:00")
    assert page.text("#new-capacity-error") == "请填 1 到 5000 之间的整数。"
    assert page.text("#new-day-error") == "请选日期。"
    assert page.text("#new-start-error") == "时间请写成 08:30 这样。"
    assert page.text(".summary__title") == "还有 3 处要改"


def test_the_folded_part_opens_where_the_error_is(draft: Page) -> None:
    assert not draft.soup.select_one("#new-shift details details[open]")
    assert add(draft, minimum="11").soup.select_one("#new-shift details details[open]")


def test_an_opening_time_needs_its_day(draft: Page) -> None:
    page = add(draft, opens_time="08:00")
    assert page.status == 422
    assert page.text("#new-opens_day-error")


def test_a_second_press_adds_no_second_post(as_: As, stored: Stored, done: Done) -> None:
    event = done(an_event, state="draft")
    done(a_shift, event)
    page = as_(OLGA).open(f"/organize/events/{event}")
    for htmx in (False, True, True):
        assert add(page, htmx=htmx).status == 200
    assert [shift.title for shift in stored(event).shifts] == ["送到家", "包粽子"]


def test_with_htmx_only_the_new_post_and_an_empty_form_come_back(as_: As, done: Done) -> None:
    event = done(an_event, state="draft")
    done(a_shift, event)
    page = add(as_(OLGA).open(f"/organize/events/{event}"), htmx=True)
    assert page.status == 200
    assert page.soup.select_one("html") is None
    assert page.text('[hx-swap-oob="beforeend:#shifts"] .shift__title') == "送到家 服务岗"
    assert page.soup.select_one("#new-title")["value"] == ""  # type: ignore[index]


def test_the_first_post_reloads_the_page_because_the_next_step_changes(draft: Page) -> None:
    answer = add(draft, htmx=True)
    assert answer.response.headers["HX-Redirect"] == "/organize/events/1"


def test_a_post_in_the_past_of_an_announced_event_is_refused_at_its_day(
    as_: As, done: Done
) -> None:
    event = done(an_event)
    done(a_shift, event)
    page = add(as_(OLGA).open(f"/organize/events/{event}"), day="2026-11-22")
    assert page.status == 422
    assert "已经过去了" in page.text("#new-day-error")


def test_a_post_that_nobody_signed_up_for_can_go(as_: As, stored: Stored, done: Done) -> None:
    event = done(an_event, state="draft")
    done(a_shift, event, title="洗叶")
    done(a_shift, event, title="送家", starts_at=NOON + timedelta(hours=3))
    page = as_(OLGA).open(f"/organize/events/{event}").press("确定删掉", within="#shift-1")
    assert page.status == 200
    assert [shift.title for shift in stored(event).shifts] == ["送家"]
    assert stored(event).starts_at == NOON + timedelta(hours=3)
