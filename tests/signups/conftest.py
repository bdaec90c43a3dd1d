"""Days before Dragon Boat 2027, with people whose phones are signed in already."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import Person
from tests.support.crowd import signed_in
from tests.support.town import NOON, a_shift, an_event
from volboard.core import clock

DAYS_BEFORE = NOON - timedelta(days=3)


@pytest.fixture(autouse=True)
def days_before() -> Iterator[None]:
    """It is three days before the event."""
    with clock.standing_at(DAYS_BEFORE):
        yield


@pytest.fixture
def shift_of(app: Flask) -> Callable[..., int]:
    """Make a shift, as `a_shift` does; several of one event with `event=`."""

    def make(**columns: Any) -> int:
        with app.app_context():
            return a_shift(**columns)

    return make


@pytest.fixture
def event_of(app: Flask) -> Callable[..., int]:
    """Make an event, as `an_event` does."""

    def make(**columns: Any) -> int:
        with app.app_context():
            return an_event(**columns)

    return make


@pytest.fixture
def on_phone(app: Flask) -> Callable[[Person], Visitor]:
    """Each of the cast, with a phone that is signed in."""
    return lambda person: signed_in(app, person.id)
