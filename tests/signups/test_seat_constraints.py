"""What must never be false of seats, attacked in SQL behind the commands' back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.conftest import both_engines
from tests.support.cast import BAO, MAI, OLGA, OTTO
from tests.support.town import NOON, a_shift, seats
from volboard.core.db import db, transaction
from volboard.signups.commands import sign_up
from volboard.signups.models import Signup

pytestmark = [both_engines, pytest.mark.usefixtures("inside")]


def attack(sql: str, **values: object) -> None:
    with transaction():
        db.session.execute(text(sql), values)


def insert(
    shift: int, volunteer: int, state: str = "seated", ended: datetime | None = None
) -> None:
    with transaction():
        db.session.add(
            Signup(shift_id=shift, volunteer_id=volunteer, state=state, made_by=volunteer,
                   created_at=NOON, seated_at=NOON, ended_at=ended)
        )  # fmt: skip


def refused(name: str) -> "pytest.RaisesExc[DBAPIError]":
    return pytest.raises(DBAPIError, match=name)


def test_no_seat_beyond_the_capacity() -> None:
    shift = a_shift(capacity=1)
    sign_up(MAI.id, shift, MAI.id)
    with refused("seated_within_capacity"):
        insert(shift, OTTO.id)
    waiting = sign_up(BAO.id, shift, BAO.id).signup_id
    with refused("seated_within_capacity"):
        attack("UPDATE signups SET state = 'seated' WHERE id = :id", id=waiting)
    with refused("seated_within_capacity"):
        attack("UPDATE shifts SET capacity = 1, seated = 2 WHERE id = :id", id=shift)
    assert seats(shift) == (1, 1)


def test_no_capacity_below_the_seats() -> None:
    shift = a_shift(capacity=2)
    for person in (MAI, BAO):
        sign_up(person.id, shift, person.id)
    with refused("seated_within_capacity"):
        attack("UPDATE shifts SET capacity = 1 WHERE id = :id", id=shift)


def test_no_second_live_signup_of_the_same_person() -> None:
    shift = a_shift(capacity=9)
    sign_up(MAI.id, shift, MAI.id)
    for state in ("seated", "waiting"):
        with refused("one_live_signup_per_person|signups.shift_id, signups.volunteer_id"):
            insert(shift, MAI.id, state)
    insert(shift, MAI.id, "cancelled", ended=NOON)
    assert seats(shift) == (1, 0)


def test_the_counters_follow_every_change_even_a_deletion() -> None:
    shift = a_shift(capacity=2)
    place = sign_up(MAI.id, shift, MAI.id)
    attack("DELETE FROM signups WHERE id = :id", id=place.signup_id)
    assert seats(shift) == (0, 0)
    insert(shift, BAO.id)
    insert(shift, MAI.id, "waiting")
    assert seats(shift) == (1, 1)


def test_no_two_seats_at_the_same_time() -> None:
    first = a_shift(capacity=9)
    same_time = a_shift(capacity=1, starts_at=NOON + timedelta(hours=1))
    later = a_shift(capacity=9, starts_at=NOON + timedelta(hours=2))
    for shift in (first, later):
        sign_up(MAI.id, shift, MAI.id)
    with refused("no_overlapping_seats"):
        insert(same_time, MAI.id)
    insert(same_time, MAI.id, "waiting")
    with refused("no_overlapping_seats"):
        attack("UPDATE signups SET state = 'seated' WHERE shift_id = :id", id=same_time)
    for change in ("starts_at", "ends_at"):
        onto = NOON + timedelta(hours=1 if change == "starts_at" else 3)
        bound = onto if db.engine.dialect.name == "postgresql" else naive(onto)
        moved = later if change == "starts_at" else first
        with refused("no_overlapping_seats"):
            attack(f"UPDATE shifts SET {change} = :at WHERE id = :id", at=bound, id=moved)


def naive(instant: datetime) -> str:
    return (instant - timedelta(hours=8)).strftime("%Y-%m-%d %H:%M:%S.%f")


def test_a_signup_stays_with_its_person_and_its_shift() -> None:
    shift, other = a_shift(), a_shift(starts_at=NOON + timedelta(days=1))
    place = sign_up(MAI.id, shift, MAI.id)
    for change in (f"shift_id = {other}", f"volunteer_id = {BAO.id}"):
        with refused("signups_stay_put"):
            attack(f"UPDATE signups SET {change} WHERE id = :id", id=place.signup_id)


def test_no_unknown_state_and_no_end_without_its_moment() -> None:
    shift = a_shift()
    with refused("signup_state_known"):
        insert(shift, MAI.id, "perhaps")
    with refused("cancelled_signup_has_an_end"):
        insert(shift, MAI.id, "cancelled")
    with refused("cancelled_signup_has_an_end"):
        insert(shift, MAI.id, "seated", ended=NOON)


def test_nobody_sits_down_before_the_first_in_line() -> None:
    shift = a_shift(capacity=1)
    sign_up(MAI.id, shift, MAI.id)
    bao, otto = (sign_up(person.id, shift, person.id).signup_id for person in (BAO, OTTO))
    attack("UPDATE shifts SET capacity = 3 WHERE id = :id", id=shift)
    with refused("queue_in_turn"):
        insert(shift, OLGA.id)
    for jump in ("", ", jump_reason = '带队'", f", jump_reason = ' ', jumped_by = {OLGA.id}"):
        with refused("queue_in_turn"):
            attack(f"UPDATE signups SET state = 'seated'{jump} WHERE id = :id", id=otto)
    attack("UPDATE signups SET state = 'seated' WHERE id = :id", id=bao)
    attack("UPDATE signups SET state = 'seated' WHERE id = :id", id=otto)
    assert seats(shift) == (3, 0)
