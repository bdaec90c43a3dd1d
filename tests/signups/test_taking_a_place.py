"""A resident takes a place, waits in line, and gives it back."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.support.cast import BAO, MAI, OLGA, OTTO
from tests.support.town import NOON, a_shift, seats, viewer_of
from volboard.core import clock
from volboard.core.errors import NotFound
from volboard.signups.commands import cancel, sign_up
from volboard.signups.errors import Overlaps

pytestmark = both_engines
MORNING = NOON - timedelta(hours=5)


@pytest.fixture(autouse=True)
def in_the_morning(inside: Flask) -> object:
    with clock.standing_at(MORNING):
        yield


def test_the_last_seat_goes_to_the_first_and_the_next_person_waits() -> None:
    shift = a_shift(capacity=1)
    assert sign_up(MAI.id, shift, MAI.id).number == 0
    assert sign_up(BAO.id, shift, BAO.id).number == 1
    assert sign_up(OLGA.id, shift, OLGA.id).number == 2
    assert seats(shift) == (1, 2)


def test_a_second_press_answers_with_the_first_place() -> None:
    shift = a_shift()
    assert sign_up(MAI.id, shift, MAI.id) == sign_up(MAI.id, shift, MAI.id)
    assert seats(shift) == (1, 0)


def test_a_freed_place_goes_to_the_first_in_line() -> None:
    shift = a_shift(capacity=1)
    first = sign_up(MAI.id, shift, MAI.id)
    for person in (BAO, OTTO):
        sign_up(person.id, shift, person.id)
    cancel(first.signup_id, viewer_of(MAI))
    assert sign_up(BAO.id, shift, BAO.id).number == 0
    assert sign_up(OTTO.id, shift, OTTO.id).number == 1
    assert seats(shift) == (1, 1)


def test_a_second_shift_at_the_same_time_is_refused_and_the_first_one_named() -> None:
    sign_up(MAI.id, a_shift(title="洗叶"), MAI.id)
    later = a_shift(starts_at=NOON + timedelta(hours=1))
    with pytest.raises(Overlaps, match="洗叶"):
        sign_up(MAI.id, later, MAI.id)
    assert seats(later) == (0, 0)


def test_a_shift_that_begins_when_the_other_ends_does_not_overlap() -> None:
    sign_up(MAI.id, a_shift(), MAI.id)
    assert sign_up(MAI.id, a_shift(starts_at=NOON + timedelta(hours=2)), MAI.id).number == 0


def test_nobody_signs_up_or_cancels_for_a_stranger() -> None:
    shift = a_shift()
    with pytest.raises(NotFound):
        sign_up(MAI.id, shift, BAO.id)
    place = sign_up(MAI.id, shift, MAI.id)
    with pytest.raises(NotFound):
        cancel(place.signup_id, viewer_of(BAO))
    assert seats(shift) == (1, 0)
