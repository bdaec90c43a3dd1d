"""Whoever came last time is asked again with one press, and nobody is asked twice."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.conftest import both_engines
from tests.messages.post_office import give_address, reached_by
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, TIAN, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.accounts.commands import add_family, remove_family
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.events.commands import copy_event, publish
from volboard.events.models import Event
from volboard.events.queries import get_managed_event
from volboard.invitations.commands import invite
from volboard.invitations.errors import NothingToAskTo
from volboard.invitations.queries import last_time
from volboard.messages.models import Message
from volboard.signups.changes import cancel_event
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
DAYS_AFTER = NOON + timedelta(days=5)


@pytest.fixture(autouse=True)
def days_after() -> Iterator[None]:
    """It is five days after Dragon Boat 2027."""
    with clock.standing_at(DAYS_AFTER):
        yield


def it_was_held(*people: Person, **event: Any) -> int:
    """Dragon Boat 2027, to which these people came; answers the event."""
    event_id = an_event(**event)
    shift = a_shift(event_id, capacity=40, starts_at=event.get("starts_at", NOON))
    with clock.standing_at(event.get("starts_at", NOON)):
        for person in people:
            sign_up(person.id, shift, person.id)
            check_in(shift, person.id, viewer_of(ADA), "gate", "test")
    return event_id


def it_comes_again(before: int, **columns: Any) -> int:
    """The same event a year later, announced."""
    event_id = copy_event(before, (NOON + timedelta(days=354)).date(), viewer_of(ADA))
    publish(event_id, viewer_of(ADA))
    if columns:
        with transaction():
            db.session.execute(update(Event).where(Event.id == event_id).values(**columns))
    return event_id


def told(event_id: int) -> list[int]:
    """The volunteers who were told of the event, as often as they were."""
    m = Message
    asked = select(m.volunteer_id).where(m.subject == f"event:{event_id}", m.kind == "invited")
    return [int(one or 0) for one in db.session.scalars(asked.order_by(m.volunteer_id))]


@both_engines
def test_who_came_is_told_where_and_when_and_nobody_twice(inside: Flask) -> None:
    again = it_comes_again(it_was_held(MAI, BAO))
    assert invite(again, viewer_of(OLGA)).people == 2
    assert invite(again, viewer_of(OTTO)).people == 0
    assert told(again) == [MAI.id, BAO.id]
    message = db.session.scalars(select(Message).where(Message.volunteer_id == MAI.id)).one()
    facts = json.loads(message.facts)
    assert (facts["活动"], facts["地点"]) == ("端午包粽子", "社区活动室")
    assert "姓名" not in facts
    assert message.path == f"/events/{again}"


def test_who_has_a_place_already_is_not_asked(inside: Flask) -> None:
    again = it_comes_again(it_was_held(MAI, BAO))
    event = get_managed_event(again, viewer_of(OLGA))
    sign_up(MAI.id, event.shifts[0].id, MAI.id)
    last = last_time(event)
    assert last is not None
    assert (last.came, last.asked, last.signed_up, last.to_ask) == (2, 0, 1, 1)
    assert invite(again, viewer_of(OLGA)).people == 1
    last = last_time(event)
    assert last is not None
    assert (last.asked, last.signed_up, last.to_ask) == (1, 1, 0)


def test_who_stayed_away_or_left_the_household_is_not_asked(inside: Flask) -> None:
    mother = add_family(MAI.id, "田桂芝", "妈妈")
    child = add_family(MAI.id, "小麦", "孩子")
    before = it_was_held(BAO)
    with clock.standing_at(NOON):
        shift = get_managed_event(before, viewer_of(OLGA)).shifts[0].id
        for person in (MAI.id, mother, child):
            sign_up(person, shift, MAI.id)
        sign_up(OTTO.id, shift, OTTO.id)
        for person in (mother, child):
            check_in(shift, person, viewer_of(OLGA), "gate", "test")
    with clock.standing_at(NOON + timedelta(hours=3)):
        close_shift(shift, viewer_of(OLGA))
    remove_family(MAI.id, child)
    again = it_comes_again(before)
    assert invite(again, viewer_of(OLGA)).people == 2
    assert told(again) == [BAO.id, mother]
    hers = select(Message.facts).where(Message.volunteer_id == mother, Message.kind == "invited")
    facts = db.session.scalars(hers).one()
    assert json.loads(facts)["姓名"] == "田桂芝"


def test_last_time_is_the_same_title_or_else_the_same_festival_here(inside: Flask) -> None:
    long_ago = it_was_held(MAI, starts_at=NOON - timedelta(days=400))
    it_was_held(BAO, title="端午微心愿", starts_at=NOON - timedelta(days=300))
    it_was_held(OLGA, title="大扫除", festival=None, starts_at=NOON - timedelta(days=200))
    it_was_held(TIAN, community=RAIL, starts_at=NOON - timedelta(days=100))
    again = it_comes_again(long_ago)
    last = last_time(get_managed_event(again, viewer_of(OLGA)))
    assert last is not None
    assert last.event_id == long_ago
    with transaction():
        db.session.execute(update(Event).where(Event.id == again).values(title="端午大集"))
    last = last_time(get_managed_event(again, viewer_of(OLGA)))
    assert last is not None
    assert last.title == "端午微心愿"
    with transaction():
        db.session.execute(update(Event).where(Event.id == again).values(festival=None))
    assert last_time(get_managed_event(again, viewer_of(OLGA))) is None
    assert invite(again, viewer_of(OLGA)).people == 0


def test_nobody_is_asked_to_a_draft_to_what_is_off_or_to_what_is_over(inside: Flask) -> None:
    before = it_was_held(MAI)
    draft = copy_event(before, (NOON + timedelta(days=354)).date(), viewer_of(OLGA))
    off = an_event(state="cancelled", cancel_reason="大雨", starts_at=NOON + timedelta(days=9),
                   ends_at=NOON + timedelta(days=10))  # fmt: skip
    for event in (draft, off, before):
        with pytest.raises(NothingToAskTo):
            invite(event, viewer_of(OLGA))
    with pytest.raises(NotFound):
        invite(it_comes_again(before), viewer_of(TIAN))
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0


@both_engines
def test_two_organizers_at_once_ask_everybody_once(app: Flask) -> None:
    with app.app_context():
        again = it_comes_again(it_was_held(MAI, BAO, OLGA))

    def press(person: Person) -> int:
        with app.app_context(), clock.standing_at(DAYS_AFTER):
            return invite(again, viewer_of(person)).people

    with ThreadPoolExecutor(4) as thumbs:
        assert sum(thumbs.map(press, (OLGA, OTTO, ADA, OLGA))) == 3
    with app.app_context():
        assert told(again) == [MAI.id, BAO.id, OLGA.id]


def test_one_press_announces_and_asks(app: Flask, as_: As) -> None:
    with app.app_context():
        before = it_was_held(MAI, BAO)
        copy_event(before, (NOON + timedelta(days=354)).date(), viewer_of(OLGA))
    page = as_(OLGA).open("/organize/events/2").press("发布并请上次的 2 人")
    assert "已发布" in page.whole_text
    assert "给上次来的 2 人留了话，可手机都不会响" in page.text("#notices")
    assert "上次（6 月 9 日）来的 2 人，已请 2 人" in page.whole_text
    assert "请这" not in page.whole_text
    with app.app_context():
        assert told(2) == [MAI.id, BAO.id]


def test_announcing_alone_asks_nobody_until_the_button_is_pressed(app: Flask, as_: As) -> None:
    with app.app_context():
        before = it_was_held(MAI, BAO)
        copy_event(before, (NOON + timedelta(days=354)).date(), viewer_of(OLGA))
    page = as_(OLGA).open("/organize/events/2").press("只发布，先不请人")
    with app.app_context():
        assert told(2) == []
    page = page.press("请这 2 人")
    assert "已请 2 人" in page.whole_text
    again = page.visitor.open("/organize/events/2")
    assert "请这" not in again.whole_text


def test_a_first_event_offers_nobody_to_ask(app: Flask, as_: As) -> None:
    with app.app_context():
        event = an_event(state="draft", starts_at=NOON + timedelta(days=9),
                         ends_at=NOON + timedelta(days=10))  # fmt: skip
        a_shift(event, starts_at=NOON + timedelta(days=9))
    page = as_(OLGA).open("/organize/events/1")
    assert page.form("发布活动")
    assert "上次" not in page.whole_text


def test_an_invitation_to_what_is_called_off_is_taken_back(inside: Flask) -> None:
    again = it_comes_again(it_was_held(MAI))
    invite(again, viewer_of(OLGA))
    cancel_event(again, "大雨", viewer_of(OLGA))
    kinds = select(Message.kind).where(Message.account_id == MAI.id, Message.dropped_at.is_(None))
    assert "invited" not in set(db.session.scalars(kinds))


def test_whom_nothing_reaches_nobody_is_said_to_be_asked_but_there_are_words_to_paste(
    app: Flask, as_: As
) -> None:
    with app.app_context():
        again = it_comes_again(it_was_held(MAI, BAO))
    page = as_(OLGA).open(f"/organize/events/{again}")
    assert not page.soup.select("#group-words")
    page = page.press("请这 2 人")
    assert page.text("#notices").startswith("给上次来的 2 人留了话，可手机都不会响。")
    assert "自己打开网页才看得到 2 人。" in page.text("main")
    words = page.text("#group-words")
    assert "【端午包粽子】" in words
    assert f"http://localhost/events/{again}" in words
    button = page.soup.select_one('[data-share][data-box="group-words"]')
    assert button
    assert str(button["data-text"]).split() == words.split()


def test_what_reaches_whom_is_said_way_by_way(app: Flask, as_: As) -> None:
    with app.app_context():
        mother = add_family(MAI.id, "陈桂香", "妈妈")
        before = it_was_held(MAI, BAO, OTTO)
        close = a_shift(before, title="煮粽子")
        with clock.standing_at(NOON):
            sign_up(mother, close, MAI.id)
            check_in(close, mother, viewer_of(ADA), "gate", "test")
        again = it_comes_again(before)
        give_address(BAO, "bao@example.org")
    reached_by(app, webhook_url="http://127.0.0.1:9/", smtp_url="smtp://127.0.0.1:9")
    page = as_(OLGA).open(f"/organize/events/{again}").press("请这 4 人")
    ways = "短信 3 人，邮件 1 人。"
    assert page.text("#notices") == f"请了上次来的 4 人。{ways}"
    assert ways in page.text("main section[aria-labelledby=guests-title]")
    assert page.visitor.open(f"/organize/events/{again}").text("#group-words")
