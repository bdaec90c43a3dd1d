"""Making the events of a series: at once, from one of them; each is its own from then on."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import insert, update

from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.events import drafts, records
from volboard.events.errors import CannotPublish, OtherDays, OtherRule
from volboard.events.facts import EventFact
from volboard.events.locks import held
from volboard.events.making import completed
from volboard.events.models import Event, Series
from volboard.events.queries import get_managed_event
from volboard.events.rules import EventState, Hindrance
from volboard.events.series_queries import plan, rule_of
from volboard.events.series_rules import Repeat


def repeat(event_id: int, rule: Repeat, days: Collection[date], publish: bool, by: Viewer) -> int:
    """Make the same event on each of these days, as drafts or announced; answers how many.

    All or none; what the series has already is left as it is, so the same press twice makes them
    once. Raises NotFound, EventCancelled, OtherRule for an event that comes again by another
    rule, OtherDays for a day that the rule does not give, CannotPublish without a post.
    """
    with transaction():
        records.hold_community(get_managed_event(event_id, by).community_id)
        event = held(event_id, by)
        if rule_of(event) not in (None, rule):
            raise OtherRule
        planned = {one.date: one for one in plan(event, rule)}
        if not set(days) <= set(planned):
            raise OtherDays
        series_id = event.series_id or _begin(event, rule, by)
        new = [day for day in sorted(set(days)) if planned[day].event_id is None]
        for day in new:
            _make(event, day, series_id, publish, by)
        return len(new)


def _begin(event: EventFact, rule: Repeat, by: Viewer) -> int:
    """A new series, whose first event this is."""
    row = insert(Series).values(
        community_id=event.community_id, rule=rule, created_by=by.id, created_at=clock.now()
    )
    series_id = int(db.session.execute(row.returning(Series.id)).scalar_one())
    mine = update(Event).where(Event.id == event.id)
    db.session.execute(mine.values(series_id=series_id, series_day=drafts.first_day(event)))
    return series_id


def _make(event: EventFact, day: date, series_id: int, publish: bool, by: Viewer) -> None:
    draft, shifts = drafts.from_event(event, day)
    if publish and not shifts:
        raise CannotPublish(Hindrance.NO_SHIFT)
    announced = {"state": EventState.PUBLISHED, "published_at": clock.now()} if publish else {}
    event_id = records.insert_event(
        completed(draft), by.id, series_id=series_id, series_day=day, **announced
    )
    records.insert_shifts(event_id, [drafts.checked(shift) for shift in shifts])
    if publish:
        records.announce(event_id, by.id)
    records.refresh_span(event_id)
