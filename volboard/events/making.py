"""Making drafts from nothing, a template or an earlier event; moving and discarding them."""

from dataclasses import replace
from datetime import date

from sqlalchemy import delete

from volboard.communities.queries import communities
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.events import drafts, records
from volboard.events.drafts import EventDraft, ShiftDraft
from volboard.events.errors import AlreadyPublished
from volboard.events.locks import held_draft
from volboard.events.models import Event, Shift
from volboard.events.queries import get_managed_event
from volboard.events.twins import published_twin
from volboard.festivals.templates import find_template
from volboard.teams.queries import team_choices


def create_event(draft: EventDraft, by: Viewer) -> int:
    """Make a draft without shifts and answer its id.

    A second press within a minute answers with the first result, here and in the other makers.
    Raises NotFound outside this person's communities, BadDay.
    """
    return _create(draft, [], by)


def create_from_template(
    key: str, day: date, community_id: int, by: Viewer, another: bool = False
) -> int:
    """Make a draft with a template's posts and times on `day`, the event's own day.

    Raises NotFound for an unknown template or a foreign community, BadDay; AlreadyPublished where
    one stands for this festival and year, unless `another` is asked for.
    """
    drafts.plausible(day)
    try:
        template = find_template(key)
    except KeyError:
        raise NotFound from None
    draft, shifts = drafts.from_template(template, day, community_id)
    with transaction():
        if not another:
            _ask_first(draft, by)
        return _create(draft, shifts, by)


def copy_event(event_id: int, day: date, by: Viewer, another: bool = False) -> int:
    """Make a draft of the same event with its first shift on `day`, all times of day kept.

    Raises NotFound, BadDay; AlreadyPublished where another than the copied one stands for this
    festival and year, unless `another` is asked for.
    """
    drafts.plausible(day)
    with transaction():
        draft, shifts = drafts.from_event(get_managed_event(event_id, by), day)
        if not another:
            _ask_first(draft, by, event_id)
        return _create(draft, shifts, by)


def move_draft(event_id: int, day: date, by: Viewer) -> None:
    """Move a draft's first shift to `day` and the others along, all times of day kept.

    Raises NotFound, NotADraft (people have signed up for an announced time), BadDay.
    """
    drafts.plausible(day)
    with transaction():
        event = held_draft(event_id, by)
        distance = day - drafts.first_day(event)
        for shift in event.shifts:
            records.rewrite_shift(shift.id, drafts.moved(shift, distance))
        records.set_span(event_id, *drafts.whole_day(day))
        records.refresh_span(event_id)


def discard_draft(event_id: int, by: Viewer) -> None:
    """Delete a draft with its shifts, which nobody has seen. Raises NotFound, NotADraft."""
    with transaction():
        held_draft(event_id, by)
        db.session.execute(delete(Shift).where(Shift.event_id == event_id))
        db.session.execute(delete(Event).where(Event.id == event_id))


def _ask_first(draft: EventDraft, by: Viewer, copied: int = 0) -> None:
    """Raises AlreadyPublished with what stands; for nobody but its organizers."""
    if by.manages(draft.community_id):
        records.hold_community(draft.community_id)
        twin = published_twin(draft, copied)
        if twin is not None:
            raise AlreadyPublished(twin)


def _create(draft: EventDraft, shifts: list[ShiftDraft], by: Viewer) -> int:
    with transaction():
        if not by.manages(draft.community_id):
            raise NotFound
        drafts.plausible(draft.day)
        records.hold_community(draft.community_id)
        draft = completed(draft)
        twin = records.fresh_twin(draft, by.id)
        if twin is not None:
            return twin
        event_id = records.insert_event(draft, by.id)
        for shift in shifts:
            records.insert_shift(event_id, drafts.checked(shift))
        records.refresh_span(event_id)
        return event_id


def completed(draft: EventDraft) -> EventDraft:
    """The draft with the community's desk where no contact was given, and where it was last.

    Raises NotFound for a team of another community.
    """
    if draft.team_id and draft.team_id not in dict(team_choices(draft.community_id)):
        raise NotFound
    for community in communities():
        if community.id == draft.community_id:
            return replace(
                draft,
                contact_name=draft.contact_name or community.name,
                contact_phone=draft.contact_phone or community.phone,
                place=draft.place or records.last_place(community.id),
            )
    raise NotFound
