"""Telling everybody with a place what somebody else's act changed, within that act.

Whoever acts is not told. Each function takes a fixed number of statements, however many people.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.events.models import Event, EventChange, Shift
from volboard.events.shift_commands import ShiftRow
from volboard.messages.commands import tell, tell_group
from volboard.messages.rules import Kind
from volboard.messages.wording import when
from volboard.signups.models import Signup
from volboard.signups.readers import Reader, notice_of_place, readers
from volboard.signups.rules import SignupState

REMINDERS = frozenset({Kind.REMINDER_DAY, Kind.REMINDER_SOON})
OF_A_PLACE = REMINDERS | {Kind.PROMOTED, Kind.COMING}
"""What is not true any more once a place has ended."""
OF_A_SHIFT = OF_A_PLACE | {Kind.CHANGED, Kind.COVER}
"""What is not true any more once a shift was called off."""
LIVE = Signup.state != SignupState.CANCELLED


@dataclass(frozen=True)
class _Matter:
    """The event that is told of."""

    title: str
    state: str
    community_id: int
    phone: str
    last_change: int
    """Makes one change another message than the next."""


def tell_promoted(signup_ids: Collection[int], by: int | None) -> None:
    """Tell those of the queue who have a seat now; `by` is the account that acted."""
    told = readers(Signup.id.in_(signup_ids))
    tell(notice_of_place(Kind.PROMOTED, one) for one in told if one.account_id != by)


def tell_ended(signup_id: int, reason: str, by: int) -> None:
    """Tell somebody whose place an organizer took back."""
    _tell_cancelled(readers(Signup.id == signup_id), reason, by)


def tell_changed(
    shift_id: int, event_id: int, sentences: Sequence[str], by: Viewer, gathered_at: datetime
) -> None:
    """Tell everybody with a live place in the shift what changed, and the community's group.

    `gathered_at`: when people would have come before the change, and will if they do not hear.
    """
    people = readers(Signup.shift_id == shift_id, LIVE)
    _tell_change(event_id, people, f"shift:{shift_id}", sentences, by, gathered_at)


def tell_event_changed(event_id: int, sentences: Sequence[str], by: Viewer) -> None:
    """Tell everybody with a live place in a shift that lies ahead, each person once."""
    ahead = readers(Shift.event_id == event_id, Shift.starts_at > clock.now(), LIVE)
    _tell_change(event_id, _once_each(ahead), f"event:{event_id}", sentences, by)


def people_of(shift_ids: Collection[int]) -> tuple[Reader, ...]:
    """Whom calling off these shifts concerns: to be asked before their places end."""
    return readers(Signup.shift_id.in_(shift_ids), LIVE)


def tell_called_off(
    event_id: int, people: Iterable[Reader], reason: str, by: Viewer, shift: ShiftRow | None = None
) -> None:
    """Tell them, and the group, that one shift was called off, or without one the whole event."""
    told = tuple(people) if shift else _once_each(people)
    _tell_cancelled(told, reason, by.id)
    matter = _matter(event_id)
    facts = {"活动": matter.title, "原因": reason, "电话": matter.phone}
    subject = f"event:{event_id}"
    if shift:
        subject = f"shift:{shift.id}"
        facts |= {"岗位": shift.title, "时间": when(shift.starts_at, shift.ends_at)}
    _tell_group(Kind.CANCELLED, event_id, matter, subject, facts, _first_gathering(told))


def _tell_change(
    event_id: int, people: Iterable[Reader], subject: str, sentences: Sequence[str], by: Viewer,
    gathered_at: datetime | None = None,
) -> None:  # fmt: skip
    matter = _matter(event_id)
    if not sentences or matter.state == "draft":
        return
    what, stamp, told = "；".join(sentences), f":{matter.last_change}", tuple(people)
    tell(
        replace(notice_of_place(Kind.CHANGED, one, stamp, 内容=what), subject=subject,
                gathers_at=_first_gathering([one], gathered_at))
        for one in told if one.account_id != by.id
    )  # fmt: skip
    facts = {"活动": matter.title, "内容": what, "电话": matter.phone}
    first = _first_gathering(told, gathered_at)
    _tell_group(Kind.CHANGED, event_id, matter, subject, facts, first)


def _tell_cancelled(people: Iterable[Reader], reason: str, by: int) -> None:
    tell(notice_of_place(Kind.CANCELLED, one, 原因=reason) for one in people
         if one.account_id != by)  # fmt: skip


def _tell_group(
    kind: Kind, event_id: int, matter: _Matter, subject: str, facts: dict[str, str],
    gathers_at: datetime | None,
) -> None:  # fmt: skip
    key, path = f"group:{kind}:{subject}:{matter.last_change}", f"/events/{event_id}"
    tell_group(key, kind, subject, matter.community_id, facts, path, gathers_at)


def _first_gathering(people: Iterable[Reader], before: datetime | None = None) -> datetime | None:
    """When the first of them has to be there, or had to before the change; none for nobody."""
    moments = [one.gathers_at for one in people]
    return min([*moments, before] if before and moments else moments, default=None)


def _once_each(people: Iterable[Reader]) -> tuple[Reader, ...]:
    """Each person's first place; of several, none is named."""
    first: dict[int, Reader] = {}
    for one in people:
        known = first.get(one.volunteer_id)
        first[one.volunteer_id] = replace(known, post="") if known else one
    return tuple(first.values())


def _matter(event_id: int) -> _Matter:
    e, c = Event, Community
    last = select(func.coalesce(func.max(EventChange.id), 0)).where(
        EventChange.event_id == event_id
    )
    row = db.session.execute(
        select(e.title, e.state, e.community_id, c.phone, last.scalar_subquery())
        .join(c, c.id == e.community_id)
        .where(e.id == event_id)
    ).one()
    return _Matter(*list(row))
