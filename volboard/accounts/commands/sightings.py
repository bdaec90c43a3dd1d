"""Who has seen whom: an organizer who checked this one person in."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from volboard.accounts.models import Sighting
from volboard.core.db import db


def note_sightings(seen: Iterable[tuple[int, int, datetime]]) -> None:
    """Keep that organizers checked people in: volunteer, the organizer's account, when.

    Inside the caller's transaction, who holds the shift. The database asks for the press
    (`sighting_was_made`).
    """
    rows = {(volunteer, organizer): at for volunteer, organizer, at in seen}
    s, people = Sighting, {volunteer for volunteer, _organizer in rows}
    before = {
        (row.volunteer_id, row.organizer_id): row
        for row in db.session.execute(
            select(s.id, s.volunteer_id, s.organizer_id, s.last_at).where(
                s.volunteer_id.in_(people)
            )
        )
    }
    new = [
        {"volunteer_id": volunteer, "organizer_id": organizer, "first_at": at, "last_at": at}
        for (volunteer, organizer), at in rows.items()
        if (volunteer, organizer) not in before
    ]
    if new:
        db.session.execute(insert(s), new)
    later = [
        {"which": before[key].id, "at": at}
        for key, at in rows.items()
        if key in before and before[key].last_at < at
    ]
    if later:
        seen_again = update(s).where(s.id == bindparam("which")).values(last_at=bindparam("at"))
        db.session.connection().execute(seen_again, later)
