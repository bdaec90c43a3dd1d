"""Events for the board, and how many statements a page takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask
from sqlalchemy import event

from tests.support.town import NOON, a_shift, an_event
from volboard.core.db import db

MORNING = NOON - timedelta(days=3)
"""Three days before the Dragon Boat festival of 2027, when people look at the board."""


@contextmanager
def planting(app: Flask) -> Iterator[None]:
    """Write through models and commands; the context is closed before anybody opens a page."""
    with app.app_context():
        yield


def many_events(app: Flask, count: int) -> list[int]:
    """Events of both communities, one a day, with two shifts each."""
    with planting(app):
        return [one_of_many(number) for number in range(count)]


def one_of_many(number: int) -> int:
    starts_at = NOON + timedelta(days=number)
    ends_at = starts_at + timedelta(hours=2)
    found = an_event(1 + number % 2, f"活动 {number}", starts_at=starts_at, ends_at=ends_at)
    for title in ("送粽子", "包粽子"):
        a_shift(found, starts_at=starts_at, title=title, capacity=4, minimum=2)
    return found


@contextmanager
def counted_statements(app: Flask) -> Iterator[list[str]]:
    """The statements that the pages opened inside send, without BEGIN and COMMIT."""
    with app.app_context():
        engine = db.engine
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
