"""A line of the ledger as an organizer sees it who is about to correct it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, column, select, table, union_all
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.hours.errors import AlreadyReversed
from volboard.hours.models import HourEntry, MakeUp, PresenceWitness
from volboard.hours.rules import EntryKind
from volboard.hours.times import Times, told, with_times


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
    recorded_by: int
    recorded_by_name: str
    recorded_at: datetime
    reversal_id: int | None
    make_up_id: int | None
    times: Times


def correctable(entry_id: int, by: Viewer) -> Correctable:
    """The line, for an organizer of its community; one statement.

    Raises NotFound to everybody else and for a reversal, AlreadyReversed where a newer holds.
    """
    e, v, recorder, later = HourEntry, Volunteer, aliased(Volunteer), aliased(HourEntry)
    query = (
        select(e.id, e.community_id, e.kind, v.name, v.account_id, e.shift_id, Event.title,
               Shift.title, Shift.starts_at, Shift.ends_at, e.served_from, e.served_to, e.minutes,
               e.planned_minutes, e.recorded_by, recorder.name, e.recorded_at, later.id,
               e.make_up_id)
        .join(v, v.id == e.volunteer_id)
        .join(Shift, Shift.id == e.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(recorder, and_(recorder.account_id == e.recorded_by, recorder.is_self))
        .outerjoin(later, later.reverses == e.id)
        .where(e.id == entry_id)
    )  # fmt: skip
    row = db.session.execute(with_times(query)).one_or_none()
    line = Correctable(*told(row)) if row else None
    if line is None or not by.manages(line.community_id) or line.kind == EntryKind.REVERSAL:
        raise NotFound
    if line.reversal_id is not None:
        raise AlreadyReversed
    return line


PRESSES = table("attendance_log", column("attendance_id"), column("by"), column("seen_by"))
"""The gate stands above this floor: its log is known here by name only."""


def had_a_hand(line: HourEntry, account_id: int) -> bool:
    """Whether this account recorded, saw, pressed, closed, asked for or decided anything on which
    the line rests: it cannot better the line then (`correction_fits_its_entry` holds it too)."""
    return account_id in hands(line)


def hands(line: HourEntry) -> frozenset[int]:
    """The accounts that had a hand in a line; one statement."""
    e, m, w, s, log = HourEntry, MakeUp, PresenceWitness, Shift, PRESSES.c
    made_up = line.make_up_id is not None
    same = e.make_up_id == line.make_up_id if made_up else e.attendance_id == line.attendance_id
    pressed = log.attendance_id == line.attendance_id
    found = union_all(
        select(e.recorded_by).where(same), select(e.seen_by).where(same),
        select(log.by).where(pressed), select(log.seen_by).where(pressed),
        select(w.account_id).where(w.attendance_id == line.attendance_id),
        select(s.closed_by).where(s.id == line.shift_id),
        select(m.asked_by).where(m.id == line.make_up_id),
        select(m.decided_by).where(m.id == line.make_up_id),
    )  # fmt: skip
    return frozenset(one for one in db.session.scalars(found) if one is not None)
