"""Making, changing and announcing events. The organizer's power is checked under the lock.

Changing or calling off a shift and cancelling an event move signups: those commands live in
`volboard.signups` and write through `volboard.events.shift_commands`.
"""

from dataclasses import replace
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from volboard.communities.queries import communities
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.events import drafts, records, wording
from volboard.events.drafts import EventDraft, ShiftDraft
from volboard.events.errors import (
    AlreadyOver,
    CannotPublish,
    EventCancelled,
    LastShift,
    NotADraft,
    ShiftHasSignups,
)
from volboard.events.facts import EventFact
from volboard.events.models import Event, Shift
from volboard.events.queries import get_managed_event, get_managed_shift
from volboard.events.rules import EventState, can_publish
from volboard.festivals.templates import find_template

__all__ = ["EventDraft", "ShiftDraft"]


def create_event(draft: EventDraft, by: Viewer) -> int:
    """Make a draft without shifts and answer its id.

    A second press within a minute answers with the first result, here and in the other makers.
    Raises NotFound outside this person's communities, BadDay.
    """
    return _create(draft, [], by)


def create_from_template(key: str, day: date, community_id: int, by: Viewer) -> int:
    """Make a draft with a template's posts and times on `day`, the event's own day.

    Raises NotFound for an unknown template or a foreign community, BadDay.
    """
    drafts.plausible(day)
    try:
        template = find_template(key)
    except KeyError:
        raise NotFound from None
    return _create(*drafts.from_template(template, day, community_id), by)


def copy_event(event_id: int, day: date, by: Viewer) -> int:
    """Make a draft of the same event with its first shift on `day`, all times of day kept.

    Raises NotFound, BadDay.
    """
    drafts.plausible(day)
    with transaction():
        return _create(*drafts.from_event(get_managed_event(event_id, by), day), by)


def change_event(event_id: int, draft: EventDraft, by: Viewer) -> None:
    """Change an event's words; once published, what matters is told to those who signed up.

    Raises NotFound, EventCancelled.
    """
    with transaction():
        before = _held(event_id, by)
        draft = _with_contact(replace(draft, community_id=before.community_id))
        mark = before.mark if draft.festival == before.festival else drafts.mark_of(draft)
        db.session.execute(
            update(Event).where(Event.id == event_id).values(
                title=draft.title, place=draft.place, story=draft.story, safety=draft.safety,
                contact_name=draft.contact_name, contact_phone=draft.contact_phone,
                festival=draft.festival, team_id=draft.team_id, mark=mark,
            )
        )  # fmt: skip
        if before.state == EventState.PUBLISHED:
            for sentence in wording.of_event(before, draft):
                records.add_change(event_id, sentence, by.id)


def publish(event_id: int, by: Viewer) -> None:
    """Announce a draft; an announced event stays as it is. Raises NotFound, CannotPublish."""
    with transaction():
        _lock(event_id)
        event = get_managed_event(event_id, by)
        if event.state == EventState.PUBLISHED:
            return
        ends = [shift.ends_at for shift in event.shifts if shift.called_off_at is None]
        hindrance = can_publish(event.state, ends, clock.now())
        if hindrance:
            raise CannotPublish(hindrance)
        db.session.execute(
            update(Event)
            .where(Event.id == event_id)
            .values(state=EventState.PUBLISHED, published_at=clock.now())
        )


def add_shift(event_id: int, draft: ShiftDraft, by: Viewer) -> int:
    """Add a shift and answer its id.

    Raises NotFound, BadShift, EventCancelled; AlreadyOver for the past of a published event.
    """
    with transaction():
        event = _held(event_id, by)
        drafts.checked(draft)
        if event.state == EventState.PUBLISHED and draft.ends_at <= clock.now():
            raise AlreadyOver
        shift_id = records.insert_shift(event_id, draft)
        refresh_span(event_id)
        return shift_id


def drop_draft_shift(shift_id: int, by: Viewer) -> int:
    """Delete a shift that nobody ever signed up for; answers its event's id.

    Raises NotFound, ShiftHasSignups, LastShift, EventCancelled.
    """
    with transaction():
        db.session.execute(locked(select(Shift.id).where(Shift.id == shift_id), of=Shift))
        event = _held(get_managed_shift(shift_id, by).event.id, by)
        if event.state == EventState.PUBLISHED and len(event.shifts) == 1:
            raise LastShift
        try:
            db.session.execute(delete(Shift).where(Shift.id == shift_id))
        except IntegrityError:
            raise ShiftHasSignups from None
        refresh_span(event.id)
        return event.id


def discard_draft(event_id: int, by: Viewer) -> None:
    """Delete a draft with its shifts, which nobody has seen. Raises NotFound, NotADraft."""
    with transaction():
        _lock(event_id)
        if get_managed_event(event_id, by).state != EventState.DRAFT:
            raise NotADraft
        db.session.execute(delete(Shift).where(Shift.event_id == event_id))
        db.session.execute(delete(Event).where(Event.id == event_id))


def refresh_span(event_id: int) -> None:
    """Let the event span its shifts again; part of each command that moves one."""
    records.refresh_span(event_id)


def tell_of_change(event_id: int, sentence: str, by: Viewer) -> None:
    """Keep a sentence for the people who signed up. Raises NotFound."""
    with transaction():
        get_managed_event(event_id, by)
        records.add_change(event_id, sentence, by.id)


def _create(draft: EventDraft, shifts: list[ShiftDraft], by: Viewer) -> int:
    with transaction():
        if not by.manages(draft.community_id):
            raise NotFound
        drafts.plausible(draft.day)
        records.hold_community(draft.community_id)
        draft = _with_contact(draft)
        twin = records.fresh_twin(draft, by.id)
        if twin is not None:
            return twin
        event_id = records.insert_event(draft, by.id)
        for shift in shifts:
            records.insert_shift(event_id, drafts.checked(shift))
        refresh_span(event_id)
        return event_id


def _with_contact(draft: EventDraft) -> EventDraft:
    """The draft with the community's desk where no contact was given; raises NotFound."""
    for community in communities():
        if community.id == draft.community_id:
            return replace(
                draft,
                contact_name=draft.contact_name or community.name,
                contact_phone=draft.contact_phone or community.phone,
            )
    raise NotFound


def _held(event_id: int, by: Viewer) -> EventFact:
    """The event, locked, if it may still change; raises NotFound, EventCancelled."""
    _lock(event_id)
    event = get_managed_event(event_id, by)
    if event.state == EventState.CANCELLED:
        raise EventCancelled
    return event


def _lock(event_id: int) -> None:
    db.session.execute(locked(select(Event.id).where(Event.id == event_id), of=Event))
