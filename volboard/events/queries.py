"""Facts about events and shifts, each in a fixed number of statements."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, true

from volboard.communities.models import Community
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.facts import (
    Change,
    DeskEvent,
    DeskPage,
    EventFact,
    Held,
    ManagedShift,
    ShiftFact,
)
from volboard.events.models import Event, EventChange, Shift
from volboard.events.rules import EventState
from volboard.teams.models import Team

__all__ = ["Change", "DeskEvent", "DeskPage", "EventFact", "ManagedShift", "ShiftFact"]
PAGE_SIZE = 20
E, S = Event, Shift
SHIFT_COLUMNS: tuple[Any, ...] = (
    S.id, S.event_id, S.title, S.kind, S.briefing, S.starts_at, S.ends_at, S.capacity, S.minimum,
    S.opens_at, S.cancel_notice, S.seated, S.waiting, S.called_off_at, S.closed_at,
    S.call_minutes, S.skill, S.ages,
)  # fmt: skip
EVENT_COLUMNS: tuple[Any, ...] = (
    E.id, E.community_id, Community.name, E.team_id, Team.name, E.festival, E.mark, E.title,
    E.story, E.place, E.safety, E.contact_name, E.contact_phone, E.state, E.cancel_reason,
    E.starts_at, E.ends_at, E.published_at, E.series_id, E.series_day, E.title_en,
    E.story_en,
)  # fmt: skip


def event_for(event_id: int, by: Viewer) -> EventFact:
    """The event as this person may see it; a draft exists for its organizers only.

    A cancelled event stays visible. Raises NotFound.
    """
    event = _event(event_id)
    if event.state == EventState.DRAFT and not by.manages(event.community_id):
        raise NotFound
    return _with_shifts(event)


def get_managed_event(event_id: int, by: Viewer) -> EventFact:
    """The event with its shifts if this person's power reaches it; else raises NotFound."""
    event = _event(event_id)
    if not by.manages(event.community_id):
        raise NotFound
    return _with_shifts(event)


def get_managed_shift(shift_id: int, by: Viewer) -> ManagedShift:
    """The shift if this person's power reaches it; else raises NotFound."""
    shift, event = _shift(shift_id)
    if not by.manages(event.community_id):
        raise NotFound
    return ManagedShift(event, shift)


def get_shift(shift_id: int) -> tuple[ShiftFact, EventFact]:
    """A shift that the public may see, and its event; raises NotFound for one of a draft."""
    shift, event = _shift(shift_id)
    if event.state == EventState.DRAFT:
        raise NotFound
    return shift, event


def changes(event_id: int) -> tuple[Change, ...]:
    """What changed after the announcement, the newest first."""
    c = EventChange
    rows = db.session.execute(
        select(c.changed_at, c.sentence).where(c.event_id == event_id).order_by(c.id.desc())
    )
    return tuple(Change(*row) for row in rows)


def managed_events(by: Viewer, since: datetime, page: int = 1) -> DeskPage:
    """Events within this person's power that end after `since`, the next first; one statement."""
    found = _desk_events(by, Event.ends_at > since, Event.starts_at, page)
    return DeskPage(found[:PAGE_SIZE], page, more=len(found) > PAGE_SIZE)


def begun_events(by: Viewer, community_id: int, before: datetime, page: int = 1) -> DeskPage:
    """What the community announced and has begun, from the latest backwards; one statement."""
    begun = and_(_announced(community_id), Event.starts_at <= before)
    found = _desk_events(by, begun, Event.starts_at.desc(), page)
    return DeskPage(found[:PAGE_SIZE], page, more=len(found) > PAGE_SIZE)


def events_to_begin(by: Viewer, community_id: int, after: datetime, page: int = 1) -> DeskPage:
    """What the community announced and has not begun, the next first; one statement."""
    coming = and_(_announced(community_id), Event.starts_at > after)
    found = _desk_events(by, coming, Event.starts_at, page)
    return DeskPage(found[:PAGE_SIZE], page, more=len(found) > PAGE_SIZE)


def last_of_festivals(community_id: int, before: datetime) -> Mapping[str, Held]:
    """The last event that the community held for each festival; one statement."""
    e = Event
    newest = func.row_number().over(partition_by=e.festival, order_by=(e.starts_at.desc(), e.id))
    ranked = (
        select(e.id, e.title, e.festival, e.starts_at, newest.label("rank"))
        .where(e.community_id == community_id, e.festival.is_not(None), e.starts_at < before)
        .where(e.state == EventState.PUBLISHED)
        .subquery()
    )
    rows = db.session.execute(
        select(ranked.c.id, ranked.c.title, ranked.c.festival, ranked.c.starts_at)
        .where(ranked.c.rank == 1)
    )  # fmt: skip
    return {row.festival: Held(*row) for row in rows}


def _announced(community_id: int) -> ColumnElement[bool]:
    return and_(Event.community_id == community_id, Event.state != EventState.DRAFT)


def _event(event_id: int) -> EventFact:
    row = db.session.execute(_events(*EVENT_COLUMNS).where(E.id == event_id)).one_or_none()
    if row is None:
        raise NotFound
    return EventFact(*row)


def _shift(shift_id: int) -> tuple[ShiftFact, EventFact]:
    query = _events(*SHIFT_COLUMNS, *EVENT_COLUMNS).join(S, S.event_id == E.id)
    row: Row[Any] | None = db.session.execute(query.where(S.id == shift_id)).one_or_none()
    if row is None:
        raise NotFound
    split = len(SHIFT_COLUMNS)
    return ShiftFact(*row[:split]), EventFact(*row[split:])


def _events(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(E)
        .join(Community, Community.id == E.community_id)
        .outerjoin(Team, Team.id == E.team_id)
    )


def _with_shifts(event: EventFact) -> EventFact:
    rows = db.session.execute(
        select(*SHIFT_COLUMNS).where(S.event_id == event.id).order_by(S.starts_at, S.id)
    )
    return replace(event, shifts=tuple(ShiftFact(*row) for row in rows))


def _desk_events(
    by: Viewer, which: ColumnElement[bool], order: Any, page: int
) -> tuple[DeskEvent, ...]:
    e, s = Event, Shift
    mine = true() if by.is_admin else e.community_id.in_(sorted(by.communities))
    sums = [func.coalesce(func.sum(column), 0) for column in (s.seated, s.waiting, s.capacity)]
    columns: list[Any] = [
        e.id, e.title, e.mark, e.festival, Community.name, e.state, e.starts_at, e.ends_at,
        func.count(s.id), *sums,
    ]  # fmt: skip
    query = (
        select(*columns)
        .join(Community, Community.id == e.community_id)
        .outerjoin(s, and_(s.event_id == e.id, s.called_off_at.is_(None)))
        .where(mine, which)
        .group_by(e.id, Community.name)
        .order_by(order, e.id)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    )
    return tuple(DeskEvent(*row) for row in db.session.execute(query))
