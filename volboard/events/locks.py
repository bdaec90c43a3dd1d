"""An event under the lock, read again.

On PostgreSQL shifts are locked before their event (docs/adr/0002): whoever changes a shift
then writes the event's span.
"""

from sqlalchemy import select

from volboard.core.access import Viewer
from volboard.core.db import db, locked
from volboard.events.errors import EventCancelled, NotADraft
from volboard.events.facts import EventFact
from volboard.events.models import Event, Shift
from volboard.events.queries import get_managed_event
from volboard.events.rules import EventState


def held(event_id: int, by: Viewer) -> EventFact:
    """The event, locked, if it may still change; raises NotFound, EventCancelled."""
    lock(event_id)
    event = get_managed_event(event_id, by)
    refuse_cancelled(event)
    return event


def held_draft(event_id: int, by: Viewer) -> EventFact:
    """The event with all its shifts, locked, if nobody has seen it; raises NotFound, NotADraft."""
    shifts = select(Shift.id).where(Shift.event_id == event_id).order_by(Shift.id)
    db.session.execute(locked(shifts, of=Shift))
    lock(event_id)
    event = get_managed_event(event_id, by)
    if event.state != EventState.DRAFT:
        raise NotADraft
    return event


def refuse_cancelled(event: EventFact) -> None:
    """Raise EventCancelled for what will not happen."""
    if event.state == EventState.CANCELLED:
        raise EventCancelled


def lock(event_id: int) -> None:
    db.session.execute(locked(select(Event.id).where(Event.id == event_id), of=Event))
