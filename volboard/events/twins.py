"""What is published already of what somebody is about to make: the same festival, the same year."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, select

from volboard.core.db import db
from volboard.events.drafts import EventDraft, whole_day
from volboard.events.facts import Held
from volboard.events.models import Event
from volboard.events.rules import EventState

E = Event
AROUND = timedelta(days=45)
"""An event may be held this long before or after its festival."""
PUBLISHED = E.state == EventState.PUBLISHED


def published_twin(draft: EventDraft, but: int = 0) -> Held | None:
    """An event that the community has published for the same festival of that year; of one
    without a festival, the same title on the same day. `but` is the event that is copied."""
    if draft.festival:
        same, first, last = E.festival == draft.festival, draft.day - AROUND, draft.day + AROUND
    else:
        same, first, last = E.title == draft.title, draft.day, draft.day
    found = _held(and_(E.community_id == draft.community_id, E.id != but, same), first, last)
    return min(found, key=lambda one: abs(one.starts_at - whole_day(draft.day)[0]), default=None)


def published_for_festivals(community_id: int, first: date, last: date) -> tuple[Held, ...]:
    """What the community has published for festivals on these days; one statement."""
    return _held(and_(E.community_id == community_id, E.festival.is_not(None)), first, last)


def _held(which: ColumnElement[bool], first: date, last: date) -> tuple[Held, ...]:
    rows = db.session.execute(
        select(E.id, E.title, E.festival, E.starts_at)
        .where(PUBLISHED, which)
        .where(E.starts_at >= whole_day(first)[0], E.starts_at < whole_day(last)[1])
        .order_by(E.starts_at, E.id)
    )
    return tuple(Held(**row._mapping) for row in rows)
