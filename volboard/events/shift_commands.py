"""What the slices above decide about shifts and events, written by their owner.

Each joins the caller's transaction; the caller has locked the shift and checked the power.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift


@dataclass(frozen=True)
class ShiftRow:
    """A shift as its row stands under the lock, with its event's state and owner."""

    id: int
    event_id: int
    community_id: int
    event_state: str
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    seated: int
    waiting: int
    minimum: int
    opens_at: datetime | None
    cancel_notice: int
    called_off_at: datetime | None
    closed_at: datetime | None
    ages: str


def lock_shift(shift_id: int) -> ShiftRow:
    """Read a shift and hold it until the transaction ends; raises NotFound."""
    s = Shift
    columns: list[Any] = [
        s.id, s.event_id, Event.community_id, Event.state, s.title, s.kind, s.starts_at, s.ends_at,
        s.capacity, s.seated, s.waiting, s.minimum, s.opens_at, s.cancel_notice, s.called_off_at,
        s.closed_at, s.ages,
    ]  # fmt: skip
    query = select(*columns).join(Event, Event.id == s.event_id).where(s.id == shift_id)
    row = db.session.execute(locked(query, of=s)).one_or_none()
    if row is None:
        raise NotFound
    return ShiftRow(*row)


def set_shift(shift_id: int, **columns: object) -> None:
    """Write the columns that a command decided on, and no others."""
    with transaction():
        db.session.execute(update(Shift).where(Shift.id == shift_id).values(**columns))


def mark_closed(shift_id: int, by: int) -> datetime:
    """Record who closed the gate, and when; the first time stays, and is the answer."""
    with transaction():
        db.session.execute(
            update(Shift)
            .where(Shift.id == shift_id, Shift.closed_at.is_(None))
            .values(closed_at=clock.now(), closed_by=by)
        )
        closed_at = db.session.scalar(select(Shift.closed_at).where(Shift.id == shift_id))
        if closed_at is None:
            raise NotFound
        return closed_at


def mark_cancelled(event_id: int, reason: str) -> None:
    """Call an event off; its page stays, with the reason."""
    with transaction():
        db.session.execute(
            update(Event)
            .where(Event.id == event_id)
            .values(state="cancelled", cancel_reason=reason)
        )
