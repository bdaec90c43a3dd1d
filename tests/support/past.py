"""What stood in the database before some rule came in: written with its guard out of the way."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import insert, text

from volboard.accounts.models import Sighting
from volboard.core.db import db, transaction

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def known_from_before(people: Iterable[int]) -> None:
    """Let these volunteers have been checked in before it was kept by whom; needs a context."""
    rows = [{"volunteer_id": one, "first_at": LONG_AGO, "last_at": LONG_AGO} for one in people]
    with transaction(), without_guard("sighting_was_made", "sightings"):
        db.session.execute(insert(Sighting), rows)


@contextmanager
def without_guard(name: str, table: str) -> Iterator[None]:
    """Inside a transaction: take a trigger away, and put it back."""
    if db.engine.dialect.name == "sqlite":
        asked = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
        written = str(db.session.scalar(asked, {"name": name}))
        off, on = f"DROP TRIGGER {name}", written
    else:
        off, on = (f"ALTER TABLE {table} {verb} TRIGGER {name}" for verb in ("DISABLE", "ENABLE"))
    db.session.execute(text(off))
    yield
    db.session.execute(text(on))
