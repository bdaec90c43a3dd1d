"""Calling off what is still to come of a series."""

from sqlalchemy import select

from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.events.models import Shift
from volboard.events.queries import get_managed_event
from volboard.events.series_queries import series_events
from volboard.signups.changes import cancel_event


def cancel_coming(event_id: int, reason: str, by: Viewer) -> int:
    """Call off every announced event of the series that has not begun; answers how many.

    All or none, and everybody who has a place is told. Drafts stay: nobody has heard of them.
    Done twice it changes nothing. Raises NotFound, NeedsReason.
    """
    with transaction():
        found = series_events(get_managed_event(event_id, by))
        coming = [one.id for one in found if one.is_coming(clock.now())]
        shifts = select(Shift.id).where(Shift.event_id.in_(coming)).order_by(Shift.id)
        db.session.execute(locked(shifts, of=Shift))
        for one in coming:
            cancel_event(one, reason, by)
        return len(coming)
