"""When time alone changes the board."""

from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Event, Shift

ONE_DAY = timedelta(days=1)


def next_change(now: datetime) -> datetime:
    """The next instant at which time alone changes the board: a start, an end, or midnight."""
    moments = select(func.min(Shift.starts_at)).where(Shift.starts_at > now).union_all(
        select(func.min(Shift.ends_at)).where(Shift.ends_at > now),
        select(func.min(Shift.opens_at)).where(Shift.opens_at > now),
        select(func.min(Event.ends_at)).where(Event.ends_at > now),
    )  # fmt: skip
    found = [moment for moment in db.session.scalars(moments) if moment is not None]
    return min([*found, midnight_after(now)])


def midnight_after(now: datetime) -> datetime:
    """The next midnight in Beijing."""
    return clock.instant(clock.local(now).date() + ONE_DAY, time())
