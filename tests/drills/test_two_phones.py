"""Two phones come back with what they kept: a thousand orders, and twenty of a full gate.

`VOLBOARD_ROUNDS=20` is the long run; how 400 presses for 200 people fold in as many orders is
tested without a database in tests/attendance/test_what_presses_amount_to.py.
"""

from flask import Flask

from tests.drills.rush import ROUNDS
from tests.drills.two_phones import same_every_time


def test_two_hundred_people_in_any_order(inside: Flask) -> None:
    people, minutes = same_every_time(count=200, rounds=max(2, ROUNDS))
    assert len(people) == 200
    assert len(minutes) == 150  # every fourth was a slip that was taken back


def test_a_thousand_orders_end_in_the_same_state(inside: Flask) -> None:
    people, minutes = same_every_time(count=24, rounds=50 * ROUNDS if ROUNDS > 1 else 5)
    assert len(people) == 24
    assert len(minutes) == 18
