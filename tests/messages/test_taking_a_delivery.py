"""Two workers never have one delivery in hand, and nobody guesses what became of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import both_engines
from tests.messages.post_office import a_message, delivery, many_messages, reached_by, state, states
from tests.support.statements import counted
from tests.support.town import NOON
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.messages import taking
from volboard.messages.delivery_rules import LEASE, postponed
from volboard.messages.models import Delivery, Message
from volboard.messages.rules import Kind, Quiet, ring_by

PEOPLE, EACH, HANDS = 6, 10, 6
WHILE = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon(app: Flask) -> Iterator[None]:
    reached_by(app, webhook_url="http://127.0.0.1:9/")
    with clock.standing_at(NOON):
        yield


@both_engines
def test_no_delivery_is_taken_twice_however_many_reach_for_it(app: Flask) -> None:
    with app.app_context():
        many_messages(PEOPLE, EACH)
        ids = taking.due(999)
    assert len(ids) == PEOPLE * EACH

    def reach(_hand: int) -> list[int]:
        with app.app_context(), clock.standing_at(NOON):
            return [one for one in ids if taking.take(one)]

    with ThreadPoolExecutor(HANDS) as crowd:
        taken = [one for hand in crowd.map(reach, range(HANDS)) for one in hand]
    assert sorted(taken) == sorted(ids)


@both_engines
def test_what_was_in_hand_too_long_is_left_to_a_person(inside: Flask) -> None:
    one = a_message()
    assert taking.take(one)
    with clock.standing_at(NOON + LEASE):
        taking.lapse()
    assert state(one) == "sending", "its worker may still be at it"
    with clock.standing_at(NOON + LEASE + WHILE):
        taking.lapse()
        assert (state(one), delivery(one).fault) == ("unsure", "no_answer")
        assert taking.due(9) == ()
        assert taking.take(one) is None


@both_engines
def test_an_answer_that_comes_late_still_counts(inside: Flask) -> None:
    one = a_message()
    taken = taking.take(one)
    assert taken
    with clock.standing_at(NOON + LEASE + WHILE):
        taking.lapse()
        taking.end(taken, "delivered")
    assert state(one) == "delivered"


@both_engines
def test_an_answer_to_an_earlier_try_changes_nothing(inside: Flask) -> None:
    one = a_message()
    first = taking.take(one)
    assert first
    taking.put_back(first, "http_503")
    with clock.standing_at(NOON + timedelta(minutes=1)):
        assert taking.take(one)
        taking.end(first, "failed", "http_400")
    assert state(one) == "sending"


def test_what_nobody_can_know_is_written_down_without_an_end(inside: Flask) -> None:
    one = a_message()
    taken = taking.take(one)
    assert taken
    taking.end(taken, "unsure", "no_answer")
    assert (state(one), delivery(one).ended_at) == ("unsure", None)


MORNING = NOON.replace(hour=8) + timedelta(days=1)


@pytest.mark.parametrize(
    ("hour", "minute", "kind", "gathers_at", "until"),
    [
        (20, 59, Kind.CHANGED, None, None),
        (21, 9, Kind.CHANGED, None, None),
        (21, 11, Kind.CHANGED, None, MORNING),
        (23, 59, Kind.CHANGED, MORNING + HOUR, MORNING),
        (23, 59, Kind.CHANGED, MORNING + HOUR - WHILE, None),
        (23, 59, Kind.REMINDER_SOON, MORNING, None),
        (23, 59, Kind.REMINDER_DAY, MORNING, MORNING),
        (23, 59, Kind.INVITED, MORNING, MORNING),
    ],
)
def test_a_late_try_rings_nobody_at_night_who_would_hear_in_time(
    hour: int, minute: int, kind: Kind, gathers_at: datetime | None, until: datetime | None
) -> None:
    now = NOON.replace(hour=hour, minute=minute)
    assert postponed(now, Quiet(), ring_by(kind, gathers_at)) == until


@pytest.mark.parametrize(
    ("kind", "gathers_at", "goes"),
    [
        (Kind.CANCELLED, MORNING + HOUR, False), (Kind.CANCELLED, MORNING, True),
        (Kind.INVITED, MORNING, False), (Kind.HELPED, None, True), (Kind.ADDRESS, None, True),
    ],
)  # fmt: skip
def test_a_worker_at_night_takes_what_would_be_too_late_and_what_somebody_waits_for(
    inside: Flask, kind: Kind, gathers_at: datetime | None, goes: bool
) -> None:
    one = a_message(kind=kind, gathers_at=gathers_at)
    with clock.standing_at(NOON + 14 * HOUR):
        assert (taking.take(one) is not None) == goes


def test_a_worker_that_was_away_until_night_waits_for_the_morning(inside: Flask) -> None:
    one = a_message()
    with clock.standing_at(NOON + 14 * HOUR):
        assert taking.take(one) is None
        found = delivery(one)
        assert (found.state, found.attempts, found.next_at) == ("waiting", 0, MORNING)
        assert taking.due(9) == ()
    with clock.standing_at(MORNING):
        assert taking.due(9) == (one,)
        assert taking.take(one)


def test_what_has_expired_leaves_the_queue(inside: Flask) -> None:
    early, late = a_message(number=1, expires_at=NOON + WHILE), a_message(number=2)
    with clock.standing_at(NOON + WHILE):
        taking.let_go()
    assert (state(early), state(late)) == ("dropped", "waiting")


def test_a_call_is_for_people_and_only_while_it_is_news(inside: Flask) -> None:
    reached_by(inside, webhook_url="")
    one = a_message()
    assert delivery(one).channel == "telephone"
    assert taking.due(9) == ()
    assert taking.take(one) is None
    taking.let_go()
    assert state(one) == "waiting"
    with transaction():
        db.session.execute(update(Message).values(read_at=NOON))
    taking.let_go()
    assert state(one) == "dropped"


def test_nothing_is_written_where_there_is_nothing_to_do(app: Flask) -> None:
    with app.app_context():
        a_message()
        with counted(app) as sent:
            taking.lapse()
            taking.let_go()
            taking.due(9)
        assert len(sent) == 3
        assert states() == {"waiting": 1}
        with db.engine.connect() as connection:
            for query in sent:
                nothing = (None,) * query.count("?")
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", nothing)
                lines = [row[3] for row in plan]
                assert any("deliveries_due_index" in line for line in lines), lines


def test_the_row_refuses_what_makes_no_sense(inside: Flask) -> None:
    one = a_message()
    for values in ({"state": "sending"}, {"state": "delivered"}, {"state": "lost"}):
        with pytest.raises(Exception, match="delivery"), transaction():
            db.session.execute(update(Delivery).where(Delivery.id == one).values(**values))
