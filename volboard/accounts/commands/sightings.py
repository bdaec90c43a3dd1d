"""Who has seen whom: an organizer who checked this one person in."""

import importlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text

from volboard.accounts.models import Sighting
from volboard.core.db import db


def note_sightings(seen: Iterable[tuple[int, int, datetime]]) -> None:
    """Keep that organizers checked people in: volunteer, the organizer's account, when.

    Inside the caller's transaction; one statement for all, and two gates may note the same people
    at once. The database asks for the press (`sighting_was_made`).
    """
    last: dict[tuple[int, int], datetime] = {}
    for volunteer, organizer, at in seen:
        last[volunteer, organizer] = max(at, last.get((volunteer, organizer), at))
    rows = [
        {"volunteer_id": volunteer, "organizer_id": organizer, "first_at": at, "last_at": at}
        for (volunteer, organizer), at in sorted(last.items())
    ]
    if not rows:
        return
    dialect = importlib.import_module(f"sqlalchemy.dialects.{db.engine.dialect.name}")
    new = dialect.insert(Sighting.__table__)
    later = new.on_conflict_do_update(
        index_elements=["volunteer_id", "organizer_id"],
        index_where=text("organizer_id IS NOT NULL"),
        set_={"last_at": new.excluded.last_at},
        where=Sighting.last_at < new.excluded.last_at,
    )
    db.session.execute(later, rows)
