"""Whom an act is told, in the same transaction; never the one who acts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import both_engines
from tests.signups.test_changing_a_shift import draft
from tests.support.cast import BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.crowd import a_crowd, seat_all
from tests.support.outbox import told, words_to
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.accounts.commands import add_family
from volboard.core.db import db
from volboard.core.errors import Refusal
from volboard.events.commands import EventDraft, change_event
from volboard.messages.models import Message
from volboard.signups.changes import call_off_shift, cancel_event, change_shift
from volboard.signups.commands import cancel, seat_out_of_turn, sign_up
from volboard.signups.queries import own_places


@pytest.fixture(autouse=True)
def a_group_by_the_river(app: Flask) -> None:
    """The community by the river has a robot in its group."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, robots={"yanhe": "http://127.0.0.1:9/robot"})


PHONE = "有事请打0453-3120001。"


def place_of(person: Person, event: int = 1) -> int:
    """The person's live signup."""
    return own_places((person.id,), (event,))[0].signup_id


def test_whoever_gets_a_seat_by_somebody_elses_leaving_is_told(inside: Flask) -> None:
    shift = a_shift(capacity=1)
    for person in (MAI, BAO):
        sign_up(person.id, shift, person.id)
    cancel(place_of(MAI), viewer_of(MAI))
    assert told(MAI) == []
    assert words_to(BAO) == [
        "有位置了：端午包粽子·包粽子，6 月 9 日 星期三 12:00–14:00，在社区活动室。"
        "来不了请早点说，好让别人来。"
    ]


def test_more_seats_and_a_seat_out_of_turn_are_told_but_not_to_who_gives_them(
    inside: Flask,
) -> None:
    shift = a_shift(capacity=1)
    for person in (OTTO, MAI, OLGA, BAO):
        sign_up(person.id, shift, person.id)
    change_shift(shift, draft(capacity=3), viewer_of(OLGA))
    assert (told(MAI), told(OLGA), told(OTTO)) == (["promoted"], [], [])
    seat_out_of_turn(place_of(BAO), "会修灯", viewer_of(OLGA))
    seat_out_of_turn(place_of(BAO), "会修灯", viewer_of(OLGA))
    seat_out_of_turn(place_of(OTTO), "会修灯", viewer_of(OLGA))
    assert (told(BAO), told(OTTO)) == (["promoted"], [])


def test_a_place_that_an_organizer_takes_back_is_told_with_the_reason(inside: Flask) -> None:
    shift = a_shift()
    mother = add_family(MAI.id, "陈桂香", "妈妈")
    sign_up(mother, shift, MAI.id)
    cancel(own_places((mother,), (1,))[0].signup_id, viewer_of(OLGA), "报错了")
    assert words_to(MAI) == [
        "陈桂香：取消了：端午包粽子·包粽子，6 月 9 日 星期三 12:00–14:00。原因：报错了。" + PHONE
    ]


def test_a_moved_shift_is_told_to_everybody_on_its_list_and_to_the_group(inside: Flask) -> None:
    shift, event = a_shift(capacity=1), 1
    other = a_shift(event, starts_at=NOON + timedelta(hours=9))
    for person in (MAI, BAO):
        sign_up(person.id, shift, person.id)
    sign_up(OTTO.id, other, OTTO.id)
    change_shift(shift, draft(timedelta(hours=1), capacity=1), viewer_of(OLGA))
    change_shift(shift, draft(timedelta(hours=1), capacity=1), viewer_of(OLGA))
    was, now = "2027 年 6 月 9 日 12:00–14:00", "2027 年 6 月 9 日 13:00–15:00"
    words = f"端午包粽子有改动：“包粽子”的时间由 {was} 改为 {now}。{PHONE}"
    assert words_to(MAI) == words_to(BAO) == words_to(None) == [words]
    assert told(OTTO) == []
    change_shift(shift, draft(capacity=1), viewer_of(OLGA))
    assert told(MAI) == ["changed", "changed"]


def test_a_changed_event_is_told_to_each_person_once(inside: Flask) -> None:
    a_shift()
    late = a_shift(1, starts_at=NOON + timedelta(hours=9))
    over = a_shift(1, starts_at=NOON - timedelta(days=9))
    for shift in (1, late):
        sign_up(MAI.id, shift, MAI.id)
    seat_all([BAO.id], over, NOON - timedelta(days=10))
    words = EventDraft(RIVER, "端午包粽子", "河边广场", NOON.date(), contact_name="欧阳兰",
                       contact_phone="0453-3120001")  # fmt: skip
    change_event(1, words, viewer_of(OLGA))
    assert words_to(MAI) == [f"端午包粽子有改动：地点由“社区活动室”改为“河边广场”。{PHONE}"]
    assert told(BAO) == []
    change_event(1, words, viewer_of(OLGA))
    assert told(MAI) == ["changed"] == told(None)


def test_a_community_without_a_robot_has_no_group_to_tell(inside: Flask) -> None:
    event = an_event(RAIL)
    change_event(event, EventDraft(RAIL, "新名字", "河边", NOON.date()), viewer_of(TIAN))
    assert told(None) == []


def test_a_draft_has_nobody_to_tell(inside: Flask) -> None:
    event = an_event(state="draft")
    shift = a_shift(event)
    seat_all([MAI.id], shift, NOON - timedelta(days=10))
    change_event(event, EventDraft(RIVER, "新名字", "河边", NOON.date()), viewer_of(OLGA))
    change_shift(shift, draft(timedelta(hours=1)), viewer_of(OLGA))
    assert told(MAI) == told(None) == []


@both_engines
def test_calling_off_ends_what_was_to_be_told_and_tells_why(inside: Flask, engine: str) -> None:
    shift = a_shift(capacity=2)
    for person in (MAI, BAO, OLGA):
        sign_up(person.id, shift, person.id)
    change_shift(shift, draft(timedelta(hours=1)), viewer_of(OLGA))
    call_off_shift(shift, "下雨", viewer_of(OLGA))
    call_off_shift(shift, "下雨", viewer_of(OLGA))
    words = f"取消了：端午包粽子·包粽子，6 月 9 日 星期三 13:00–15:00。原因：下雨。{PHONE}"
    assert words_to(MAI) == words_to(BAO) == [words]
    assert told(OLGA) == []
    assert words_to(None)[-1] == words


def test_a_cancelled_event_is_told_once_however_many_shifts_one_has(inside: Flask) -> None:
    first, second = a_shift(), a_shift(1, starts_at=NOON + timedelta(hours=9))
    for shift in (first, second):
        sign_up(MAI.id, shift, MAI.id)
    sign_up(BAO.id, second, BAO.id)
    cancel_event(1, "风大", viewer_of(OLGA))
    cancel_event(1, "风大", viewer_of(OLGA))
    assert words_to(MAI) == [
        f"取消了：端午包粽子，6 月 9 日 星期三 12:00–14:00。原因：风大。{PHONE}"
    ]
    assert words_to(BAO) == [
        f"取消了：端午包粽子·包粽子，6 月 9 日 星期三 21:00–23:00。原因：风大。{PHONE}"
    ]
    assert words_to(None) == [f"取消了：端午包粽子。原因：风大。{PHONE}"]


def test_an_act_that_fails_tells_nobody(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    shift = a_shift()
    sign_up(MAI.id, shift, MAI.id)
    monkeypatch.setattr("volboard.signups.telling.tell_group", _stumble)
    with pytest.raises(RuntimeError):
        call_off_shift(shift, "下雨", viewer_of(OLGA))
    monkeypatch.undo()
    assert told(MAI) == []
    with pytest.raises(Refusal):
        call_off_shift(shift, " ", viewer_of(OLGA))
    assert told(MAI) == []


def cancel_the_event(shift: int, event: int) -> None:
    cancel_event(event, "下雨", viewer_of(OLGA))


def call_the_shift_off(shift: int, event: int) -> None:
    call_off_shift(shift, "下雨", viewer_of(OLGA))


def move_the_shift(shift: int, event: int) -> None:
    change_shift(shift, draft(timedelta(hours=1), capacity=2000), viewer_of(OLGA))


def name_another_place(shift: int, event: int) -> None:
    change_event(event, EventDraft(RIVER, "端午", "河边", NOON.date()), viewer_of(OLGA))


ACTS = (cancel_the_event, call_the_shift_off, move_the_shift, name_another_place)


@pytest.mark.parametrize("act", ACTS)
def test_nine_hundred_people_take_no_more_statements_than_three(
    inside: Flask, act: Callable[[int, int], None]
) -> None:
    crowd, costs = a_crowd(903), []
    for event, people in ((1, crowd[:3]), (2, crowd[3:])):
        shift = a_shift(capacity=2000)
        seat_all(people, shift, NOON - timedelta(days=4))
        with counted(inside) as statements:
            act(shift, event)
        costs.append(len(statements))
    rows = select(func.count()).where(Message.account_id.is_not(None))
    assert db.session.scalar(rows) == 903
    assert costs[0] == costs[1] < 60


def test_a_queue_of_hundreds_is_seated_and_told_in_as_few_statements(inside: Flask) -> None:
    crowd, costs = a_crowd(304), []
    for people in (crowd[:4], crowd[4:]):
        shift = a_shift(capacity=1)
        for person in people:
            sign_up(person, shift, person)
        with counted(inside) as statements:
            change_shift(shift, draft(capacity=2000), viewer_of(OLGA))
        costs.append(len(statements))
    assert costs[0] == costs[1] < 40


def _stumble(*_all: object) -> None:
    raise RuntimeError
