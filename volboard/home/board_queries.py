"""The board, as rows: one statement for the slips, one for the seals laid over them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)

from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import UTCDateTime, db
from volboard.events.models import Event, Shift
from volboard.home.rules import PAGE_SIZE, BoardFilters

ON_THE_BOARD = ("published", "cancelled")
NOW = bindparam("now", type_=UTCDateTime())
ONE_DAY = timedelta(days=1)
A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Slip:
    """One event on the board. Seats are summed over its shifts that are not over."""

    id: int
    title: str
    place: str
    mark: str
    community: str
    is_cancelled: bool
    day: date
    """In Beijing: of its next shift; where none is left, of the event."""
    starts_at: datetime
    ends_at: datetime
    """Start and end of the whole event, or of the next shift where the event runs over days."""
    until: date | None
    """The last day of an event that runs over several days."""
    is_on: bool
    is_over: bool
    capacity: int
    waiting: int
    left: int
    """Places for whoever comes next: none in a shift that has a queue."""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """At most twenty slips by time, and whether there are more."""

    slips: tuple[Slip, ...]
    has_more: bool


def board(asked: BoardFilters) -> BoardPage:
    """The events that answer the question, in one statement; drafts are never among them."""
    now = clock.now()
    rows = db.session.connection().execute(_query(asked), {"now": now}).all()
    return BoardPage(tuple(_slip(row, now) for row in rows[:PAGE_SIZE]), len(rows) > PAGE_SIZE)


@lru_cache(maxsize=256)
def _query(asked: BoardFilters) -> Select[Any]:
    """The statement for a question, built once; the time is bound at each execution."""
    query = _past() if asked.past else _coming()
    query = query.where(Event.state.in_(ON_THE_BOARD), *_conditions(asked))
    return query.offset((asked.page - 1) * PAGE_SIZE).limit(PAGE_SIZE + 1)


def _slip(row: Row[Any], now: datetime) -> Slip:
    last = clock.local(row.ends_at - A_MOMENT).date()
    over_days = row.ends_at - row.starts_at > ONE_DAY
    starts_at = row.next_start if over_days and row.next_start else row.starts_at
    return Slip(
        id=row.id, title=row.title, place=row.place, mark=row.mark,
        community=row.community, is_cancelled=row.state == "cancelled",
        day=clock.local(starts_at).date(), starts_at=starts_at,
        ends_at=row.next_end if over_days and row.next_end else row.ends_at,
        until=last if over_days else None, is_on=starts_at <= now < row.ends_at,
        is_over=row.ends_at <= now,
        capacity=row.capacity or 0, waiting=row.waiting or 0, left=row.places or 0,
    )  # fmt: skip


def _coming() -> Select[Any]:
    seats = _seats(Shift.ends_at > NOW)
    next_first = func.coalesce(seats.c.next_start, Event.starts_at)
    return _events(seats).where(Event.ends_at > NOW).order_by(next_first, Event.id)


def _past() -> Select[Any]:
    seats = _seats(Shift.ends_at <= NOW)
    return (
        _events(seats).where(Event.ends_at <= NOW).order_by(Event.starts_at.desc(), Event.id.desc())
    )


def _events(seats: Subquery) -> Select[Any]:
    e = Event
    return (
        select(
            e.id, e.title, e.place, e.mark, e.state, e.starts_at, e.ends_at,
            Community.name.label("community"), *(c for c in seats.c if c.key != "event_id"),
        )
        .join(Community, Community.id == e.community_id)
        .outerjoin(seats, seats.c.event_id == e.id)
    )  # fmt: skip


def _seats(which: ColumnElement[bool]) -> Subquery:
    """The shifts of each event, added up; called-off ones have no seats."""
    s = Shift
    left = case((s.waiting == 0, s.capacity - s.seated), else_=0)
    return (
        select(
            s.event_id,
            func.min(s.starts_at).label("next_start"),
            func.min(s.ends_at).label("next_end"),
            func.sum(s.capacity).label("capacity"),
            func.sum(s.waiting).label("waiting"),
            func.sum(left).label("places"),
        )
        .where(s.called_off_at.is_(None), which)
        .group_by(s.event_id)
        .subquery("seats")
    )


def _conditions(asked: BoardFilters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if asked.festival:
        wanted.append(Event.festival == asked.festival)
    if asked.community:
        wanted.append(Event.community_id == asked.community)
    if asked.free:
        wanted += [Event.state == "published", _has_a_place()]
    if asked.day:
        wanted.append(_is_on(asked.day))
    if asked.q:
        wanted.append(or_(*(column.icontains(asked.q, autoescape=True)
                            for column in (Event.title, Event.place, Event.story))))  # fmt: skip
    return wanted


def _has_a_place() -> ColumnElement[bool]:
    return exists().where(
        Shift.event_id == Event.id, Shift.called_off_at.is_(None), Shift.ends_at > NOW,
        Shift.waiting == 0, Shift.seated < Shift.capacity,
    )  # fmt: skip


def _is_on(day: date) -> ColumnElement[bool]:
    """Whether one of its shifts, or the event that has none yet, touches this day in Beijing."""
    first, last = clock.instant(day, time()), clock.instant(day + ONE_DAY, time())
    shift = exists().where(Shift.event_id == Event.id)
    on_it = shift.where(Shift.starts_at < last, Shift.ends_at > first)
    spans = and_(Event.starts_at < last, Event.ends_at > first)
    return or_(on_it, and_(~shift, spans))


def next_change(now: datetime) -> datetime:
    """The next instant at which time alone changes the board: a start, an end, or midnight."""
    moments = select(func.min(Shift.starts_at)).where(Shift.starts_at > now).union_all(
        select(func.min(Shift.ends_at)).where(Shift.ends_at > now),
        select(func.min(Shift.opens_at)).where(Shift.opens_at > now),
        select(func.min(Event.ends_at)).where(Event.ends_at > now),
    )  # fmt: skip
    found = [moment for moment in db.session.scalars(moments) if moment is not None]
    return min([*found, midnight_after(now)])


def midnight_after(now: datetime) -> datetime:
    """The next midnight in Beijing."""
    return clock.instant(clock.local(now).date() + ONE_DAY, time())
