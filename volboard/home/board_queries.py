"""The board, as rows: one statement for the slips, one for the seals laid over them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import UTCDateTime, db
from volboard.events.models import Event, Shift
from volboard.home.board_facts import BoardPage, Slip
from volboard.home.rules import PAGE_SIZE, BoardFilters

ON_THE_BOARD = or_(Event.state == "published", Event.state == "cancelled")
"""Not as a list, whose length SQLAlchemy would write into the statement at each execution."""
NOW = bindparam("now", type_=UTCDateTime())
PLACES = select(Community.id, Community.name).order_by(Community.id)
ONE_DAY = timedelta(days=1)
A_MOMENT = timedelta(microseconds=1)


def board(asked: BoardFilters) -> BoardPage:
    """The events that answer the question, in one statement; drafts are never among them."""
    now = clock.now()
    rows = db.session.connection().execute(_query(asked), {"now": now}).all()
    return BoardPage(tuple(_slip(row, now) for row in rows[:PAGE_SIZE]), len(rows) > PAGE_SIZE)


def places() -> tuple[tuple[int, str], ...]:
    """Id and name of each community, in the order in which they were made."""
    rows = db.session.connection().execute(PLACES)
    return tuple((id_, name) for id_, name in rows)


@lru_cache(maxsize=256)
def _query(asked: BoardFilters) -> Select[Any]:
    """The statement for a question, built once; the time is bound at each execution."""
    query = _past() if asked.past else _coming()
    query = query.where(ON_THE_BOARD, *_conditions(asked))
    return query.offset(_written((asked.page - 1) * PAGE_SIZE)).limit(_written(PAGE_SIZE + 1))


def _written(number: int) -> ColumnElement[int]:
    """A number in the statement's text: a bound LIMIT lets SQLite plan anew at each execution."""
    return literal_column(str(number), Integer)


def _slip(row: Sequence[Any], now: datetime) -> Slip:
    """The facts of a row, whose columns `_events` and `_seats` put into this order."""
    (id_, title, title_en, place, mark, state, starts_at, ends_at, community,
     next_start, next_end, capacity, waiting, places) = row  # fmt: skip
    over_days = ends_at - starts_at > ONE_DAY
    first = next_start if over_days and next_start else starts_at
    return Slip(
        id=id_, title=title, title_en=title_en, place=place, mark=mark,
        community=community, is_cancelled=state == "cancelled",
        day=clock.local(first).date(), starts_at=first,
        ends_at=next_end if over_days and next_end else ends_at,
        until=clock.local(ends_at - A_MOMENT).date() if over_days else None,
        is_on=first <= now < ends_at, is_over=ends_at <= now,
        capacity=capacity or 0, waiting=waiting or 0, left=places or 0,
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
            e.id, e.title, e.title_en, e.place, e.mark, e.state, e.starts_at, e.ends_at,
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
        wanted += [_says(word) for word in asked.words]
    return wanted


def _says(word: str) -> ColumnElement[bool]:
    """Whether the word stands anywhere in what is said of the event."""
    said = (Event.title, Event.place, Event.story, Event.title_en, Event.story_en, Community.name)
    return or_(*(column.icontains(word, autoescape=True) for column in said))


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
