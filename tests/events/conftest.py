"""A morning in November 2026, and reading what the editor stored."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from tests.support.cast import OLGA
from tests.support.town import viewer_of
from volboard.core import clock
from volboard.core.db import db
from volboard.events.facts import EventFact
from volboard.events.queries import get_managed_event

TODAY = datetime.fromisoformat("2026-11-23T09:00:00+08:00")


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """The clock stands still on a Monday in November."""
    with clock.standing_at(TODAY):
        yield


@pytest.fixture
def done(app: Flask) -> Callable[..., Any]:
    """Call something in an app context of its own, between two pages of a browser test."""

    def call(function: Callable[..., Any], *args: Any, **named: Any) -> Any:
        with app.app_context():
            try:
                return function(*args, **named)
            finally:
                db.session.remove()

    return call


@pytest.fixture
def stored(done: Callable[..., Any]) -> Callable[[int], EventFact]:
    """An event of the river community as it is stored now."""
    return lambda event_id: done(get_managed_event, event_id, viewer_of(OLGA))
