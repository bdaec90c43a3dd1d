"""Two phones come back with 400 presses for 200 people, in a thousand orders (20 rounds)."""

from flask import Flask

from tests.drills.rush import ROUNDS
from tests.drills.two_phones import same_every_time

PEOPLE = 200
ORDERS = 50 * ROUNDS if ROUNDS > 1 else 2


def test_all_orders_end_in_the_same_state(inside: Flask) -> None:
    people, minutes = same_every_time(PEOPLE, ORDERS)
    assert len(people) == PEOPLE
    assert len(minutes) == PEOPLE * 3 // 4  # every fourth was a slip that was taken back
