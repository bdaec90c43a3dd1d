"""A line of the ledger as an organizer sees it who is about to correct it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.hours.errors import AlreadyReversed
from volboard.hours.models import HourEntry
from volboard.hours.rules import FORGOTTEN, EntryKind


@dataclass(frozen=True)
class Correctable:
    """A line that holds, with its shift's window."""

    id: int
    community_id: int
    kind: str
    volunteer_name: str
    """The full name; pages mask it."""
    account_id: int
    shift_id: int
    event_title: str
    shift_title: str
    starts_at: datetime
    ends_at: datetime
    served_from: datetime
    served_to: datetime
    minutes: int
    planned_minutes: int
    rule: str
    recorded_by: int
    recorded_by_name: str
    recorded_at: datetime
    reversal_id: int | None
    extra_minutes: int
    """What the night added."""
    make_up_id: int | None

    @property
    def forgot_to_sign_out(self) -> bool:
        return self.rule == FORGOTTEN


def correctable(entry_id: int, by: Viewer) -> Correctable:
    """The line, for an organizer of its community; one statement.

    Raises NotFound to everybody else and for a reversal, AlreadyReversed where a newer holds.
    """
    e, v, recorder, later = HourEntry, Volunteer, aliased(Volunteer), aliased(HourEntry)
    row = db.session.execute(
        select(e.id, e.community_id, e.kind, v.name, v.account_id, e.shift_id, Event.title,
               Shift.title, Shift.starts_at, Shift.ends_at, e.served_from, e.served_to, e.minutes,
               e.planned_minutes, e.rule, e.recorded_by, recorder.name, e.recorded_at, later.id,
               e.extra_minutes, e.make_up_id)
        .join(v, v.id == e.volunteer_id)
        .join(Shift, Shift.id == e.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(recorder, and_(recorder.account_id == e.recorded_by, recorder.is_self))
        .outerjoin(later, later.reverses == e.id)
        .where(e.id == entry_id)
    ).one_or_none()  # fmt: skip
    line = Correctable(*list(row)) if row else None
    if line is None or not by.manages(line.community_id) or line.kind == EntryKind.REVERSAL:
        raise NotFound
    if line.reversal_id is not None:
        raise AlreadyReversed
    return line
