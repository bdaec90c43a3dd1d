"""Looking into the tables, for tests that say what must not have changed."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import text

from tests.support.browser import Visitor
from tests.support.cast import Person
from volboard.core.db import db


def rows(app: Flask, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement, in an app context of their own."""
    with app.app_context():
        return [tuple(row) for row in db.session.execute(text(sql), values)]


def everything(app: Flask) -> list[list[tuple[Any, ...]]]:
    """All accounts, volunteers, homes, offices and teams, to compare before and after."""
    tables = ("accounts", "volunteers", "residencies", "memberships", "communities", "teams",
              "team_members", "desk_codes")  # fmt: skip
    return [rows(app, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


SignIn = Callable[[Person], Visitor]
"""The fixture `as_`."""
