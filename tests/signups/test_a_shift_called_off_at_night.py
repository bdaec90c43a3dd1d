"""At 23:29 a shift of the next morning is called off: who reads it when, and whom it rings when."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.messages.post_office import reached_by
from tests.signups.test_changing_a_shift import draft
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, Person
from tests.support.outbox import told
from tests.support.town import NOON, a_shift, viewer_of
from volboard.core import clock
from volboard.core.db import db
from volboard.messages import taking
from volboard.messages.models import Message
from volboard.signups.changes import call_off_shift, cancel_event, change_shift
from volboard.signups.commands import cancel, sign_up
from volboard.signups.queries import own_places

As = Callable[[Person], Visitor]
LATE = NOON.replace(hour=23, minute=29) - timedelta(days=1)
EARLY, MORNING = NOON.replace(hour=8, minute=5), NOON.replace(hour=8)
LIST = "/organize/calls"


def rings() -> list[datetime]:
    """When the messages may ring, in Beijing."""
    db.session.rollback()
    return [clock.local(one) for one in db.session.scalars(select(Message.due_at))]


def a_seat_of_mai(starts_at: datetime, **columns: object) -> int:
    """Her seat in a shift; answers the shift."""
    shift = a_shift(starts_at=starts_at, **columns)  # type: ignore[arg-type]
    with clock.standing_at(NOON - timedelta(days=3)):
        sign_up(MAI.id, shift, MAI.id)
    return shift


@pytest.mark.parametrize("starts_at", [EARLY, NOON + timedelta(hours=3)])
def test_it_stands_on_every_page_at_once(app: Flask, as_: As, starts_at: datetime) -> None:
    with app.app_context():
        shift = a_seat_of_mai(starts_at)
    with clock.standing_at(LATE):
        with app.app_context():
            call_off_shift(shift, "下大雨", viewer_of(OLGA))
        assert "下大雨" in as_(MAI).open("/me").text("main")
        mine = as_(MAI).open("/me/messages")
        assert "下大雨" in mine.text("main")
        assert "23:29" in mine.text("main")
        assert "1 个电话要打" in as_(OLGA).open("/organize").text("main")
        (line,) = as_(OLGA).open(LIST).texts(".person")
    assert "下大雨" in line
    assert ("不急，6 月 9 日 08:00 以后再打" in line) == (starts_at != EARLY)


def test_what_was_read_at_night_is_not_telephoned_in_the_morning(app: Flask, as_: As) -> None:
    with app.app_context():
        shift = a_seat_of_mai(EARLY)
    with clock.standing_at(LATE):
        with app.app_context():
            call_off_shift(shift, "下大雨", viewer_of(OLGA))
        as_(MAI).open("/me/messages").press("都看过了")
        assert "没有要打的电话" in as_(OLGA).open(LIST).whole_text


def test_who_can_sleep_stands_below_who_must_hear_now(app: Flask, as_: As) -> None:
    with app.app_context():
        late, early = a_shift(starts_at=NOON + timedelta(hours=3)), a_seat_of_mai(EARLY)
        with clock.standing_at(NOON - timedelta(days=3)):
            sign_up(BAO.id, late, BAO.id)
    with clock.standing_at(LATE):
        with app.app_context():
            for shift in (late, early):
                call_off_shift(shift, "下大雨", viewer_of(OLGA))
        lines = as_(OLGA).open(LIST).texts(".person")
    assert ["麦*芳" in lines[0], "鲍*强" in lines[1]] == [True, True]


@pytest.mark.parametrize(
    ("starts_at", "call_minutes", "rings_at"),
    [
        (EARLY, 0, LATE), (MORNING + timedelta(hours=1), 0, MORNING),
        (MORNING + timedelta(hours=1), 1, LATE), (NOON, 180, MORNING), (NOON, 181, LATE),
    ],
)  # fmt: skip
def test_it_rings_while_there_is_time_before_people_gather(
    inside: Flask, starts_at: datetime, call_minutes: int, rings_at: datetime
) -> None:
    reached_by(inside, webhook_url="http://127.0.0.1:9/")
    shift = a_seat_of_mai(starts_at, call_minutes=call_minutes)
    with clock.standing_at(LATE):
        call_off_shift(shift, "下大雨", viewer_of(OLGA))
        taken = [one for one in taking.due(9) if taking.take(one)]
    assert rings() == [rings_at]
    assert len(taken) == (rings_at == LATE)


def test_whoever_would_come_at_the_old_hour_hears_before_it(inside: Flask) -> None:
    shift = a_seat_of_mai(EARLY)
    with clock.standing_at(LATE):
        change_shift(shift, draft(timedelta(hours=6)), viewer_of(OLGA))
    assert rings() == [LATE]


def test_the_same_holds_for_a_whole_event(inside: Flask) -> None:
    a_seat_of_mai(EARLY)
    with clock.standing_at(LATE):
        cancel_event(1, "风大", viewer_of(OLGA))
    assert rings() == [LATE]


def test_the_same_holds_for_who_loses_a_seat_and_who_gets_it(inside: Flask) -> None:
    shift = a_seat_of_mai(EARLY, capacity=1)
    with clock.standing_at(NOON - timedelta(days=3)):
        sign_up(BAO.id, shift, BAO.id)
    with clock.standing_at(LATE):
        cancel(own_places((MAI.id,), (1,))[0].signup_id, viewer_of(OLGA), "人够了")
    assert (told(MAI), told(BAO), rings()) == (["cancelled"], ["promoted"], [LATE, LATE])


def test_the_group_hears_when_its_first_member_has_to(inside: Flask) -> None:
    reached_by(inside, robots={"yanhe": "http://127.0.0.1:9/robot"})
    lonely, early = a_shift(starts_at=EARLY), a_seat_of_mai(EARLY)
    with clock.standing_at(LATE):
        cancel_event(1, "风大", viewer_of(OLGA))
        assert (told(None), rings()) == (["cancelled"], [MORNING])
        call_off_shift(early, "风大", viewer_of(OLGA))
    assert lonely
    assert rings() == [MORNING, LATE, LATE]
