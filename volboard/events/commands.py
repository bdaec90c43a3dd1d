"""Making, changing and announcing events. The organizer's power is checked under the lock.

Changing or calling off a shift and cancelling an event move signups: those commands live in
`volboard.signups` and write through `volboard.events.shift_commands`.
"""

from collections.abc import Sequence
from dataclasses import replace

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.events import drafts, records, wording
from volboard.events.drafts import EventDraft, ShiftDraft
from volboard.events.errors import (
    AlreadyOver,
    CannotPublish,
    LastShift,
    ShiftHasSignups,
)
from volboard.events.facts import EventFact
from volboard.events.locks import held, lock
from volboard.events.making import (
    completed,
    copy_event,
    create_event,
    create_from_template,
    discard_draft,
    move_draft,
)
from volboard.events.models import Event, Shift
from volboard.events.queries import get_managed_event, get_managed_shift
from volboard.events.rules import EventState, Hindrance, can_publish, lies_back

__all__ = [
    "EventDraft",
    "ShiftDraft",
    "copy_event",
    "create_event",
    "create_from_template",
    "discard_draft",
    "move_draft",
]
TELL = "who is told what changed"
"""Where the app keeps it (`app.extensions`): who signed up stands above (docs/adr/0027)."""


def change_event(event_id: int, draft: EventDraft, by: Viewer) -> None:
    """Change an event's words; once published, what matters is told to those who signed up.

    Raises NotFound, EventCancelled.
    """
    with transaction():
        before = held(event_id, by)
        draft = completed(replace(draft, community_id=before.community_id))
        mark = before.mark if draft.festival == before.festival else drafts.mark_of(draft)
        db.session.execute(
            update(Event).where(Event.id == event_id).values(
                title=draft.title, place=draft.place, story=draft.story, safety=draft.safety,
                title_en=draft.title_en, story_en=draft.story_en,
                contact_name=draft.contact_name, contact_phone=draft.contact_phone,
                festival=draft.festival, team_id=draft.team_id, mark=mark,
            )
        )  # fmt: skip
        if before.state == EventState.PUBLISHED:
            sentences = wording.of_event(before, draft)
            for sentence in sentences:
                records.add_change(event_id, sentence, by.id)
            current_app.extensions[TELL](event_id, sentences, by)


def publish(event_id: int, by: Viewer) -> None:
    """Announce a draft; an announced event stays as it is. Raises NotFound, CannotPublish."""
    with transaction():
        lock(event_id)
        event = get_managed_event(event_id, by)
        if event.state == EventState.PUBLISHED:
            return
        now, live = clock.now(), [one for one in event.shifts if one.called_off_at is None]
        hindrance = can_publish(event.state, [one.ends_at for one in live], now, event.place)
        if hindrance:
            raise CannotPublish(hindrance)
        if any(lies_back(one.starts_at, one.ends_at, now) for one in live):
            raise CannotPublish(Hindrance.OVER)
        db.session.execute(
            update(Event)
            .where(Event.id == event_id)
            .values(state=EventState.PUBLISHED, published_at=clock.now())
        )
        records.announce(event_id, by.id)


def add_shift(event_id: int, draft: ShiftDraft, by: Viewer) -> int:
    """Add a shift and answer its id; the same shift sent again answers with the first.

    Raises NotFound, BadShift, EventCancelled; AlreadyOver for the past of a published event.
    """
    with transaction():
        shift_id, _is_new = _add(held(event_id, by), draft, by)
        refresh_span(event_id)
        return shift_id


def add_shifts(event_id: int, asked: Sequence[ShiftDraft], by: Viewer) -> int:
    """Add shifts that a day was cut into; answers how many were new. Sent again it adds none.

    All or none: raises as `add_shift` does.
    """
    with transaction():
        event = held(event_id, by)
        added = [_add(event, draft, by) for draft in asked]
        refresh_span(event_id)
        return sum(is_new for _shift_id, is_new in added)


def _add(event: EventFact, draft: ShiftDraft, by: Viewer) -> tuple[int, bool]:
    """The shift that this draft asks for, and whether it is new."""
    drafts.checked(draft)
    for shift in event.shifts:
        if shift.called_off_at is None and drafts.same_shift(shift, draft):
            return shift.id, False
    is_public = event.state == EventState.PUBLISHED
    if is_public and lies_back(draft.starts_at, draft.ends_at, clock.now()):
        raise AlreadyOver
    shift_id = records.insert_shift(event.id, draft)
    if is_public:
        records.announce(event.id, by.id, shift_id)
    return shift_id, True


def drop_draft_shift(shift_id: int, by: Viewer) -> int:
    """Delete a shift that nobody ever signed up for; answers its event's id.

    Raises NotFound, ShiftHasSignups, LastShift, EventCancelled.
    """
    with transaction():
        db.session.execute(locked(select(Shift.id).where(Shift.id == shift_id), of=Shift))
        event = held(get_managed_shift(shift_id, by).event.id, by)
        if event.state == EventState.PUBLISHED and len(event.shifts) == 1:
            raise LastShift
        try:
            db.session.execute(delete(Shift).where(Shift.id == shift_id))
        except IntegrityError:
            raise ShiftHasSignups from None
        refresh_span(event.id)
        return event.id


def refresh_span(event_id: int) -> None:
    """Let the event span its shifts again; part of each command that moves one."""
    records.refresh_span(event_id)


def tell_of_change(event_id: int, sentence: str, by: Viewer) -> None:
    """Keep a sentence for the people who signed up; a draft has nobody to tell. Raises NotFound."""
    with transaction():
        if get_managed_event(event_id, by).state == EventState.DRAFT:
            return
        records.add_change(event_id, sentence, by.id)
