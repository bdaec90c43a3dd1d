"""The rows of events and shifts, written inside somebody's transaction.

Each function runs in the caller's transaction, checks no power and decides nothing: that is
the caller's, who holds the locks.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, update

from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db, locked
from volboard.events.drafts import EventDraft, ShiftDraft, mark_of, whole_day
from volboard.events.models import Event, EventChange, Shift
from volboard.events.rules import EventState

SAME_PRESS = timedelta(minutes=1)


def hold_community(community_id: int) -> None:
    """Make one draft at a time: of two presses at once, the second finds the first."""
    db.session.execute(
        locked(select(Community.id).where(Community.id == community_id), of=Community)
    )


def fresh_twin(draft: EventDraft, by: int) -> int | None:
    """The draft that the same person made of the same thing a moment ago: a second press."""
    return db.session.scalar(
        select(Event.id).where(
            Event.community_id == draft.community_id,
            Event.title == draft.title,
            Event.state == EventState.DRAFT,
            Event.created_by == by,
            Event.created_at > clock.now() - SAME_PRESS,
            Event.starts_at >= whole_day(draft.day)[0],
            Event.starts_at < whole_day(draft.day)[1],
        ).limit(1)
    )  # fmt: skip


def last_place(community_id: int) -> str:
    """Where the community announced its latest event; empty where it has announced none."""
    announced = select(Event.place).where(
        Event.community_id == community_id, Event.state == EventState.PUBLISHED, Event.place != ""
    )
    return db.session.scalar(announced.order_by(Event.starts_at.desc()).limit(1)) or ""


def insert_event(draft: EventDraft, by: int, **more: object) -> int:
    """A new draft, unless `more` says else; spans its whole day until it has shifts."""
    starts_at, ends_at = whole_day(draft.day)
    result = db.session.execute(
        insert(Event).values({"state": EventState.DRAFT} | more).values(
            community_id=draft.community_id, team_id=draft.team_id, festival=draft.festival,
            mark=mark_of(draft), title=draft.title, story=draft.story, place=draft.place,
            title_en=draft.title_en, story_en=draft.story_en, safety=draft.safety,
            contact_name=draft.contact_name, contact_phone=draft.contact_phone,
            starts_at=starts_at, ends_at=ends_at, created_by=by, created_at=clock.now(),
        ).returning(Event.id)
    )  # fmt: skip
    return int(result.scalar_one())


def insert_shift(event_id: int, draft: ShiftDraft) -> int:
    """A new shift of the event."""
    values = shift_columns(draft) | {"event_id": event_id}
    return int(db.session.execute(insert(Shift).values(values).returning(Shift.id)).scalar_one())


def insert_shifts(event_id: int, asked: Sequence[ShiftDraft]) -> None:
    """New shifts of the event, in one statement."""
    rows = [shift_columns(draft) | {"event_id": event_id} for draft in asked]
    if rows:
        db.session.execute(insert(Shift), rows)


def rewrite_shift(shift_id: int, draft: ShiftDraft) -> None:
    """A draft's shift as it is now asked for."""
    db.session.execute(update(Shift).where(Shift.id == shift_id).values(shift_columns(draft)))


def announce(event_id: int, by: int, shift_id: int | None = None) -> None:
    """Note that the times of the event's shifts, or of one, are public from now on, and by whom."""
    public = update(Shift).where(Shift.event_id == event_id)
    if shift_id is not None:
        public = public.where(Shift.id == shift_id)
    else:
        mark_first_shift(event_id)
    db.session.execute(public.values(announced_at=clock.now(), announced_by=by))


def mark_first_shift(event_id: int) -> None:
    """Note which shift comes first at the announcement; once, for calendars keep to it."""
    s = Shift
    first = select(s.id).where(s.event_id == event_id).order_by(s.starts_at, s.id).limit(1)
    unmarked = update(Event).where(Event.id == event_id, Event.first_shift_id.is_(None))
    db.session.execute(unmarked.values(first_shift_id=first.scalar_subquery()))


def add_change(event_id: int, sentence: str, by: int) -> None:
    """One sentence for the people who signed up."""
    db.session.execute(
        insert(EventChange).values(
            event_id=event_id, changed_by=by, changed_at=clock.now(), sentence=sentence
        )
    )


def refresh_span(event_id: int) -> None:
    """From the first start to the last end of the shifts that will happen; else as it was."""
    held = select(func.min(Shift.starts_at), func.max(Shift.ends_at)).where(
        Shift.event_id == event_id, Shift.called_off_at.is_(None)
    )
    starts_at, ends_at = db.session.execute(held).one()
    if starts_at is not None:
        set_span(event_id, starts_at, ends_at)


def set_span(event_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """When the event begins and ends."""
    change = update(Event).where(Event.id == event_id)
    db.session.execute(change.values(starts_at=starts_at, ends_at=ends_at))


def shift_columns(draft: ShiftDraft) -> dict[str, object]:
    """The columns of a shift that an organizer decides on."""
    return {
        "title": draft.title, "kind": draft.kind, "briefing": draft.briefing,
        "starts_at": draft.starts_at, "ends_at": draft.ends_at, "capacity": draft.capacity,
        "minimum": draft.minimum, "opens_at": draft.opens_at,
        "cancel_notice": draft.cancel_notice, "call_minutes": draft.call_minutes,
        "skill": draft.skill, "ages": draft.ages,
    }  # fmt: skip
