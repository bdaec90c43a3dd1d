"""Opening the ledger's SQLite file past everything: without triggers, keys and checks."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from volboard.core.db import sqlite_module

Names = set[object]
"""Numbers of lines or people, or days: one of them must be named."""


@dataclass
class Touch:
    """A file opened by somebody who may write into it whatever they like."""

    db: Any
    chance: random.Random

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return list(self.db.execute(query, values))

    def one(self, query: str, *values: object) -> tuple[Any, ...]:
        """Any one of the rows."""
        return self.chance.choice(self.rows(query, *values))


def open_up(path: Path, chance: random.Random) -> Touch:
    """Open the file, and take everything away that would guard it."""
    db = sqlite_module().connect(str(path))
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA ignore_check_constraints = ON")
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    return Touch(db, chance)


def other(touch: Touch, value: object) -> object:
    """Something else of the same kind."""
    if value is None:
        return touch.chance.randint(1, 9)
    if isinstance(value, int):
        return value + touch.chance.choice((-3, -1, 1, 2, 60, 999))
    text = str(value)
    if not text:
        return touch.chance.choice(("x", "0", "改"))
    place = touch.chance.randrange(len(text))
    new = touch.chance.choice([sign for sign in "0123456789abcdef改" if sign != text[place]])
    return text[:place] + new + text[place + 1 :]


def change(touch: Touch, table: str, column: str, rowid: int) -> object:
    """Write something else into one field; answers what stands there now."""
    ((before,),) = touch.rows(f"SELECT {column} FROM {table} WHERE rowid = ?", rowid)
    after = other(touch, before)
    touch.db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (after, rowid))
    return after
