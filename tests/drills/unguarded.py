"""The product without its guards, for negative controls only: transactions begin deferred,
writers do not queue on the lock file, and the database does not check its constraints."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from volboard.app import create_app
from volboard.core import db as core


@contextmanager
def nobody_waits(until: float) -> Iterator[None]:
    yield


@event.listens_for(Engine, "before_cursor_execute", retval=True)
def begin_deferred(
    connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> tuple[str, Any]:
    return statement.replace("BEGIN IMMEDIATE", "BEGIN DEFERRED"), parameters


@event.listens_for(Engine, "connect")
def check_nothing(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA ignore_check_constraints = ON")


core._turn_to_write = nobody_waits
app = create_app()
