"""What must never be false of events and shifts, whoever writes; and what reading costs."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.conftest import both_engines
from tests.support.cast import ADA, MAI, OLGA, RAIL, TIAN
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.core import clock
from volboard.core.errors import NotFound
from volboard.events.commands import (
    ShiftDraft,
    add_shift,
    drop_draft_shift,
    publish,
    tell_of_change,
)
from volboard.events.errors import (
    AlreadyOver,
    BadShift,
    CannotPublish,
    EventCancelled,
    LastShift,
    ShiftHasSignups,
)
from volboard.events.queries import (
    begun_events,
    changes,
    event_for,
    events_to_begin,
    get_managed_event,
    get_managed_shift,
    managed_events,
)
from volboard.signups.changes import call_off_shift
from volboard.signups.commands import cancel, sign_up


@both_engines
@pytest.mark.parametrize(
    ("columns", "constraint"),
    [({"capacity": 0}, "shift_capacity_in_range"), ({"capacity": 5001}, "shift_capacity_in_range"),
     ({"minimum": 3}, "shift_minimum_within_capacity"), ({"kind": "x"}, "shift_kind_known"),
     ({"minutes": 0}, "shift_ends_after_it_starts"), ({"seated": 3}, "seated_within_capacity"),
     ({"waiting": -1}, "waiting_not_negative")],
)  # fmt: skip
def test_the_database_refuses_a_shift_that_cannot_be(
    inside: Flask, columns: dict[str, object], constraint: str
) -> None:
    event = an_event()
    with pytest.raises(IntegrityError, match=constraint):
        a_shift(event, **columns)  # type: ignore[arg-type]


@both_engines
@pytest.mark.parametrize(
    ("columns", "constraint"),
    [({"state": "secret"}, "event_state_known"), ({"ends_at": NOON}, "event_ends_after_it_starts"),
     ({"state": "cancelled"}, "cancelled_event_has_a_reason"),
     ({"community": 99}, "(?i)foreign key")],
)  # fmt: skip
def test_the_database_refuses_an_event_that_cannot_be(
    inside: Flask, columns: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        an_event(**columns)  # type: ignore[arg-type]


@both_engines
def test_an_event_is_read_in_two_statements_and_a_list_in_one(inside: Flask) -> None:
    event = an_event()
    for hour in range(5):
        a_shift(event, starts_at=NOON + timedelta(hours=3 * hour))
    with counted(inside) as sent:
        assert len(event_for(event, viewer_of(OLGA)).shifts) == 5
        assert len(sent) == 2
        managed_events(viewer_of(OLGA), NOON)
        begun_events(viewer_of(OLGA), 1, NOON)
        events_to_begin(viewer_of(OLGA), 1, NOON)
        get_managed_shift(1, viewer_of(OLGA))
        assert len(sent) == 6


@both_engines
def test_the_desk_lists_ones_own_events_by_their_start_with_their_seats(inside: Flask) -> None:
    late = an_event(starts_at=NOON + timedelta(days=1), ends_at=NOON + timedelta(days=2))
    early = an_event(state="draft")
    an_event(community=RAIL)
    a_shift(early, capacity=4)
    a_shift(early, capacity=3)
    a_shift(early, capacity=9, called_off_at=NOON)
    page = managed_events(viewer_of(OLGA), NOON)
    assert [event.id for event in page.events] == [early, late]
    assert (page.events[0].shifts, page.events[0].capacity, page.events[0].seated) == (2, 7, 0)
    assert (page.events[1].shifts, page.events[1].capacity, page.more) == (0, 0, False)
    assert len(managed_events(viewer_of(ADA), NOON).events) == 3
    assert len(managed_events(viewer_of(TIAN), NOON).events) == 1
    assert managed_events(viewer_of(OLGA), NOON + timedelta(days=3)).events == ()


def test_the_desk_turns_its_pages(inside: Flask) -> None:
    for _number in range(21):
        an_event()
    first, second = (managed_events(viewer_of(OLGA), NOON, page) for page in (1, 2))
    assert (len(first.events), first.more, len(second.events), second.more) == (20, True, 1, False)
    assert not {event.id for event in first.events} & {event.id for event in second.events}


@both_engines
def test_changes_are_kept_in_order_and_for_what_was_announced(inside: Flask) -> None:
    event, draft = an_event(), an_event(state="draft")
    for sentence in ("地点变了", "时间变了"):
        tell_of_change(event, sentence, viewer_of(OLGA))
    tell_of_change(draft, "谁也不知道", viewer_of(OLGA))
    assert [change.sentence for change in changes(event)] == ["时间变了", "地点变了"]
    assert changes(event)[0].at == clock.now()
    assert changes(draft) == ()
    with pytest.raises(NotFound):
        tell_of_change(event, "别人说的", viewer_of(TIAN))


def test_an_event_ends_with_the_last_shift_that_will_happen(inside: Flask) -> None:
    event = an_event(starts_at=NOON, ends_at=NOON + timedelta(days=10))
    early, late = a_shift(event), a_shift(event, starts_at=NOON + timedelta(days=9))
    call_off_shift(late, "场地没有了", viewer_of(OLGA))
    found = event_for(event, viewer_of(OLGA))
    assert (found.starts_at, found.ends_at) == (NOON, NOON + timedelta(hours=2))
    call_off_shift(early, "也没有了", viewer_of(OLGA))
    assert event_for(event, viewer_of(OLGA)).ends_at == found.ends_at


@both_engines
def test_a_post_that_somebody_ever_signed_up_for_stays_on_record(inside: Flask) -> None:
    event = an_event()
    shift = a_shift(event)
    a_shift(event)
    place = sign_up(MAI.id, shift, MAI.id)
    cancel(place.signup_id, viewer_of(MAI))
    with pytest.raises(ShiftHasSignups):
        drop_draft_shift(shift, viewer_of(OLGA))
    assert len(get_managed_event(event, viewer_of(OLGA)).shifts) == 2


@both_engines
def test_an_announced_event_keeps_its_last_post(inside: Flask) -> None:
    with pytest.raises(LastShift):
        drop_draft_shift(a_shift(), viewer_of(OLGA))


@both_engines
@pytest.mark.parametrize(
    "changed",
    [{"capacity": 0}, {"capacity": 5001}, {"minimum": 3}, {"minimum": -1}, {"cancel_notice": -1},
     {"ends_at": NOON}, {"ends_at": NOON + timedelta(hours=17)}, {"opens_at": NOON}],
)  # fmt: skip
def test_a_command_refuses_what_the_form_would(inside: Flask, changed: dict[str, Any]) -> None:
    sound: dict[str, Any] = {"title": "包", "kind": "service", "starts_at": NOON, "capacity": 2,
             "ends_at": NOON + timedelta(hours=2)}  # fmt: skip
    event = an_event(state="draft")
    with pytest.raises(BadShift):
        add_shift(event, ShiftDraft(**(sound | changed)), viewer_of(OLGA))
    add_shift(event, ShiftDraft(**sound), viewer_of(OLGA))


@both_engines
def test_a_cancelled_event_and_the_past_get_no_new_post(inside: Flask) -> None:
    past = ShiftDraft("包", "service", NOON, NOON + timedelta(hours=2), 2)
    with pytest.raises(EventCancelled):
        add_shift(an_event(state="cancelled", cancel_reason="大雨"), past, viewer_of(OLGA))
    with clock.standing_at(NOON + timedelta(hours=2)), pytest.raises(AlreadyOver):
        add_shift(an_event(), past, viewer_of(OLGA))


@both_engines
def test_nobody_announces_a_post_that_began_hours_ago_to_fill_it_in_two_minutes(
    inside: Flask,
) -> None:
    begun = ShiftDraft("包", "service", NOON, NOON + timedelta(hours=5), 2)
    late = NOON + timedelta(hours=4, minutes=57)
    draft = an_event(state="draft")
    add_shift(draft, begun, viewer_of(OLGA))
    with clock.standing_at(late):
        with pytest.raises(AlreadyOver):
            add_shift(an_event(), begun, viewer_of(OLGA))
        add_shift(draft, replace(begun, starts_at=late, ends_at=late + timedelta(hours=1)),
                  viewer_of(OLGA))  # fmt: skip
        with pytest.raises(CannotPublish):
            publish(draft, viewer_of(OLGA))
    with clock.standing_at(NOON + timedelta(minutes=15)):
        assert add_shift(an_event(), begun, viewer_of(OLGA))
        publish(draft, viewer_of(OLGA))
