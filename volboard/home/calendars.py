"""Calendar files: the announced events, as any telephone's calendar reads them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from volboard.communities.models import Community
from volboard.core import clock, formats
from volboard.core.db import db
from volboard.core.i18n import told
from volboard.events.models import Event, EventChange, Shift
from volboard.events.rules import EventState

if TYPE_CHECKING:
    import icalendar

ANNOUNCED = (EventState.PUBLISHED, EventState.CANCELLED)
KEPT_AFTERWARDS = timedelta(days=30)
MOST_EVENTS = 300


@dataclass(frozen=True, slots=True)
class Post:
    """A shift in a calendar."""

    id: int
    event_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    called_off_at: datetime | None

    @property
    def day(self) -> date:
        return clock.local(self.starts_at).date()


@dataclass(frozen=True, slots=True)
class Box:
    """One day of an event, as a calendar paints it."""

    key: str
    """What it is known by, whatever becomes of the other days."""
    starts_at: datetime
    ends_at: datetime
    posts: tuple[Post, ...]
    is_called_off: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in a calendar; `posts` by their start, also those called off."""

    id: int
    title: str
    story: str
    safety: str
    place: str
    community: str
    is_cancelled: bool
    cancel_reason: str
    starts_at: datetime
    ends_at: datetime
    announced_at: datetime
    changes: int
    changed_at: datetime | None
    first_shift_id: int | None
    posts: tuple[Post, ...]

    @property
    def sequence(self) -> int:
        """Grows with each change, so that a calendar knows which file is newer."""
        return self.changes + self.is_cancelled


def entries(event_id: int | None = None, community: int = 0) -> tuple[Entry, ...]:
    """One announced event, or all that are coming or just over; in two statements."""
    e, c = Event, EventChange
    changes = select(func.count()).where(c.event_id == e.id).scalar_subquery()
    changed = select(func.max(c.changed_at)).where(c.event_id == e.id).scalar_subquery()
    query = (
        select(e.id, e.title, e.title_en, e.story, e.story_en, e.safety, e.place, e.state,
               Community.name.label("community"), e.cancel_reason, e.starts_at, e.ends_at,
               e.published_at, e.created_at, e.first_shift_id,
               changes.label("changes"), changed.label("changed_at"))
        .join(Community, Community.id == e.community_id)
        .where(e.state.in_(ANNOUNCED))
        .order_by(e.starts_at, e.id).limit(MOST_EVENTS)
    )  # fmt: skip
    if event_id is not None:
        query = query.where(e.id == event_id)
    else:
        query = query.where(e.ends_at > clock.now() - KEPT_AFTERWARDS)
    if community:
        query = query.where(e.community_id == community)
    rows = db.session.execute(query).all()
    posts = _posts([row.id for row in rows])
    return tuple(_entry(row, posts.get(row.id, ())) for row in rows)


def _entry(row: Any, posts: tuple[Post, ...]) -> Entry:
    return Entry(
        id=row.id, title=told(row.title, row.title_en), story=told(row.story, row.story_en),
        safety=row.safety, place=row.place, community=row.community,
        is_cancelled=row.state == EventState.CANCELLED, cancel_reason=row.cancel_reason,
        starts_at=row.starts_at, ends_at=row.ends_at,
        announced_at=row.published_at or row.created_at, changes=row.changes,
        changed_at=row.changed_at, first_shift_id=row.first_shift_id, posts=posts,
    )  # fmt: skip


def _posts(event_ids: list[int]) -> dict[int, tuple[Post, ...]]:
    s = Shift
    rows = db.session.execute(
        select(s.id, s.event_id, s.title, s.starts_at, s.ends_at, s.called_off_at)
        .where(s.event_id.in_(event_ids))
        .order_by(s.event_id, s.starts_at, s.id)
    )
    found = (Post(**row._mapping) for row in rows)
    return {event: tuple(group) for event, group in groupby(found, key=attrgetter("event_id"))}


def calendar(found: Iterable[Entry], name: str, base: str) -> bytes:
    """The file; `base` is the address of this site, without a slash at its end."""
    sheet = new_sheet(name)
    for entry in found:
        for box in _days(entry):
            sheet.add_component(_vevent(entry, box, base))
    return finished(sheet)


def new_sheet(name: str) -> "icalendar.Calendar":
    """A calendar without anything in it yet."""
    import icalendar  # 5 MB that only a worker needs who was asked for a calendar

    sheet = icalendar.Calendar()
    sheet.add("prodid", "-//volboard//zh-CN")
    sheet.add("version", "2.0")
    sheet.add("calscale", "GREGORIAN")
    sheet.add("method", "PUBLISH")
    sheet.add("x-wr-calname", name)
    sheet.add("refresh-interval;value=duration", "PT1H")
    return sheet


def finished(sheet: "icalendar.Calendar") -> bytes:
    """The bytes of a calendar, with the time zones that it speaks of."""
    sheet.add_missing_timezones()
    return bytes(sheet.to_ical())


def _days(entry: Entry) -> Iterator[Box]:
    """One box a day that has posts: an event of three weeks shall not paint three weeks.

    The day of the post that came first at the announcement is 0, wherever it moves; the others
    are their dates. A day that was called off stays, so that telephones take it out.
    """
    if not entry.posts:
        yield Box("0", entry.starts_at, entry.ends_at, (), False)
    for day, group in groupby(entry.posts, key=attrgetter("day")):
        every = tuple(group)
        live = tuple(post for post in every if post.called_off_at is None)
        posts = live or every
        key = "0" if entry.first_shift_id in {post.id for post in every} else f"{day:%Y%m%d}"
        ends_at = max(post.ends_at for post in posts)
        yield Box(key, posts[0].starts_at, ends_at, posts, not live)


def _vevent(entry: Entry, box: Box, base: str) -> "icalendar.Event":
    url, is_off = f"{base}/events/{entry.id}", entry.is_cancelled or box.is_called_off
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"event-{entry.id}-{box.key}@{base.partition('//')[2]}")
    event.add("dtstamp", entry.changed_at or entry.announced_at)
    event.add("last-modified", entry.changed_at or entry.announced_at)
    event.add("sequence", entry.sequence + (box.is_called_off and not entry.is_cancelled))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("summary", _("（已取消）%(title)s", title=entry.title) if is_off else entry.title)
    event.add("dtstart", clock.local(box.starts_at))
    event.add("dtend", clock.local(box.ends_at))
    event.add("location", f"{entry.community} {entry.place}")
    event.add("description", _description(entry, box.posts, url))
    event.add("url", url)
    return event


def _description(entry: Entry, posts: tuple[Post, ...], url: str) -> str:
    reason = _("取消原因：%(reason)s", reason=entry.cancel_reason) if entry.is_cancelled else ""
    lines = [f"{formats.span(post.starts_at, post.ends_at)} {post.title}" for post in posts]
    return "\n\n".join(filter(None, (reason, entry.story, "\n".join(lines), entry.safety, url)))
