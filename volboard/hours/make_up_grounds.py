"""Whether hours can be entered afterwards at all: what the ledger, and what waits, hold already."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.shift_commands import ShiftRow
from volboard.hours.errors import WaitsForAnother
from volboard.hours.make_up_errors import (
    EarnsNothing,
    HasLine,
    NotOver,
    OutsideTimes,
    ServedElsewhere,
)
from volboard.hours.make_up_wording import elsewhere
from volboard.hours.models import HourEntry, Unconfirmed
from volboard.hours.rules import EntryKind, Presence, Stay
from volboard.hours.witness_rules import UnconfirmedState, has_lapsed


def refuse_groundless(shift: ShiftRow, volunteer_id: int, times: Stay) -> None:
    """Raise where these times of this person cannot be entered, whoever asks."""
    if shift.kind != "service" or shift.called_off_at or shift.event_state != "published":
        raise EarnsNothing
    if shift.closed_at is None or shift.ends_at > clock.now():
        raise NotOver
    if not shift.starts_at <= times[0] < times[1] <= shift.ends_at or not minutes_of(times):
        raise OutsideTimes
    _refuse_what_is_there(volunteer_id, shift.id)
    e = HourEntry
    other = db.session.execute(
        select(Event.title, e.served_from, e.served_to)
        .join(Shift, Shift.id == e.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .where(*_holds(volunteer_id), e.served_from < times[1], e.served_to > times[0])
        .limit(1)
    ).first()
    if other is not None:
        raise ServedElsewhere(elsewhere(*other))


def _refuse_what_is_there(volunteer_id: int, shift_id: int) -> None:
    """Raise where these hours are in the ledger, or lack a confirmation alone."""
    if line_of_shift(volunteer_id, shift_id):
        raise HasLine
    if _waits_for_another(volunteer_id, shift_id):
        raise WaitsForAnother


def line_of_shift(volunteer_id: int, shift_id: int) -> int | None:
    """The id of the line that this person has for a shift and that holds; none: there is none."""
    held = select(HourEntry.id).where(*_holds(volunteer_id), HourEntry.shift_id == shift_id)
    return db.session.scalar(held)


def _holds(volunteer_id: int) -> tuple[ColumnElement[bool], ...]:
    e, undone = HourEntry, aliased(HourEntry)
    return (e.volunteer_id == volunteer_id, e.kind != EntryKind.REVERSAL,
            ~exists().where(undone.reverses == e.id))  # fmt: skip


def _waits_for_another(volunteer_id: int, shift_id: int) -> bool:
    """Whether the gate saw these hours, and a confirmation is all that they lack."""
    u = Unconfirmed
    since = db.session.scalar(
        select(u.since).where(u.volunteer_id == volunteer_id, u.shift_id == shift_id,
                              u.state == UnconfirmedState.WAITING)
    )  # fmt: skip
    return since is not None and not has_lapsed(since, clock.now())


def minutes_of(times: Stay) -> int:
    """Whole minutes between two instants, rounded down."""
    return Presence(*times, "").minutes
