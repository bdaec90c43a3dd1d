"""A household's own places as a calendar, which its telephone subscribes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from volboard.accounts.models import Volunteer
from volboard.communities.models import Community
from volboard.core import clock, formats
from volboard.core.db import db
from volboard.events.models import Event, EventChange, Shift
from volboard.events.rules import gathering
from volboard.home.calendars import KEPT_AFTERWARDS, finished, new_sheet
from volboard.signups.models import Signup

if TYPE_CHECKING:
    import icalendar

MOST_PLACES = 500
STATUS = {"seated": "CONFIRMED", "waiting": "TENTATIVE", "cancelled": "CANCELLED"}


@dataclass(frozen=True)
class CalendarPlace:
    """Somebody of the household at a shift, as it stands after all that happened to the place."""

    shift_id: int
    volunteer_id: int
    event_id: int
    state: str
    reason: str
    """Why somebody else ended it."""
    name: str
    is_self: bool
    event_title: str
    where: str
    shift_title: str
    briefing: str
    call_minutes: int
    starts_at: datetime
    ends_at: datetime
    sequence: int
    """Grows with each change, so that a calendar knows which file is newer."""
    changed_at: datetime


def own_calendar(account_id: int) -> tuple[CalendarPlace, ...]:
    """The places that lie ahead or just behind, also those given back; one statement."""
    v, s, e, c = Volunteer, Shift, Event, EventChange
    changes = select(func.count()).where(c.event_id == e.id).scalar_subquery()
    changed = select(func.max(c.changed_at)).where(c.event_id == e.id).scalar_subquery()
    rows = db.session.execute(
        select(s.id.label("shift_id"), v.id.label("volunteer_id"), e.id.label("event_id"),
               Signup.state, Signup.end_reason, v.name, v.is_self, e.title.label("event_title"),
               Community.name.label("community"), e.place, s.title.label("shift_title"),
               s.briefing, s.call_minutes, s.starts_at, s.ends_at, Signup.created_at,
               Signup.seated_at, Signup.ended_at, changes.label("changes"),
               changed.label("changed_at"))
        .join(v, v.id == Signup.volunteer_id)
        .join(s, s.id == Signup.shift_id)
        .join(e, e.id == s.event_id)
        .join(Community, Community.id == e.community_id)
        .where(v.account_id == account_id, s.ends_at > clock.now() - KEPT_AFTERWARDS)
        .order_by(s.starts_at, s.id, v.id, Signup.id)
        .limit(MOST_PLACES)
    ).all()  # fmt: skip
    pairs = groupby(rows, key=lambda row: (row.shift_id, row.volunteer_id))
    return tuple(_place(list(group)) for _pair, group in pairs)


def _place(rows: list[Any]) -> CalendarPlace:
    """What the last of a person's signups at a shift says; those before it count as changes."""
    last = rows[-1]
    moments = [moment for row in rows for moment in (row.created_at, row.seated_at, row.ended_at)]
    steps = sum(1 + (row.ended_at is not None) for row in rows)
    return CalendarPlace(
        shift_id=last.shift_id, volunteer_id=last.volunteer_id, event_id=last.event_id,
        state=last.state, reason=last.end_reason, name=last.name, is_self=last.is_self,
        event_title=last.event_title, where=f"{last.community} {last.place}",
        shift_title=last.shift_title, briefing=last.briefing, call_minutes=last.call_minutes,
        starts_at=last.starts_at, ends_at=last.ends_at, sequence=steps - 1 + last.changes,
        changed_at=max(moment for moment in (*moments, last.changed_at) if moment),
    )  # fmt: skip


def calendar_of(places: Iterable[CalendarPlace], name: str, base: str) -> bytes:
    """The file; `base` is the address of this site, without a slash at its end."""
    sheet = new_sheet(name)
    for place in places:
        sheet.add_component(_vevent(place, base))
    return finished(sheet)


def _vevent(place: CalendarPlace, base: str) -> "icalendar.Event":
    import icalendar

    url = f"{base}/events/{place.event_id}"
    event = icalendar.Event()
    event.add("uid", f"place-{place.shift_id}-{place.volunteer_id}@{base.partition('//')[2]}")
    event.add("dtstamp", place.changed_at)
    event.add("last-modified", place.changed_at)
    event.add("sequence", place.sequence)
    event.add("status", STATUS[place.state])
    event.add("summary", _title(place))
    event.add("dtstart", clock.local(place.starts_at))
    event.add("dtend", clock.local(place.ends_at))
    event.add("location", place.where)
    event.add("description", "\n\n".join(filter(None, (*_lines(place), url))))
    event.add("url", url)
    return event


def _title(place: CalendarPlace) -> str:
    title = f"{place.event_title}·{place.shift_title}"
    if not place.is_self:
        title = _("%(name)s：%(said)s", name=place.name, said=title)
    if place.state == "waiting":
        return _("（候补）%(title)s", title=title)
    return _("（已取消）%(title)s", title=title) if place.state == "cancelled" else title


def _lines(place: CalendarPlace) -> tuple[str, str, str]:
    gathers_at = gathering(place.starts_at, place.call_minutes)
    return (
        _("取消原因：%(reason)s", reason=place.reason) if place.reason else "",
        _("%(time)s 集合", time=formats.clock_time(gathers_at)) if place.call_minutes else "",
        place.briefing,
    )
