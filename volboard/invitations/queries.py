"""Who came the last time, and whom of them to ask this time."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, exists, false, func, or_, select

from volboard.accounts.models import Erasure, Volunteer
from volboard.attendance.models import Attendance
from volboard.attendance.rules import CAME
from volboard.core.db import db
from volboard.events.facts import EventFact
from volboard.events.inviting import LastTime, Ways
from volboard.events.models import Event, Shift
from volboard.events.rules import EventState
from volboard.messages.models import Delivery, Message
from volboard.messages.rules import Kind
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState


@dataclass(frozen=True)
class Guest:
    """Somebody who came last time."""

    volunteer_id: int
    account_id: int
    name: str
    is_self: bool
    was_asked: bool
    has_place: bool
    """Whether they are signed up already, so that asking would be noise."""


def last_time(event: EventFact) -> LastTime | None:
    """When it was held before, how many came and were asked; none if nobody ever came.

    Before: the latest of the same series in this community at which somebody was checked in,
    else of the same title, else of the same festival. Two statements, and one where they were
    asked.
    """
    before = _before(event)
    if before is None:
        return None
    people = _who_came(before.id, event.id)
    signed_up = sum(one.has_place and not one.was_asked for one in people)
    asked = sum(one.was_asked for one in people)
    ways = ways_of(event.id) if asked else Ways()
    return LastTime(before.id, before.title, before.starts_at, len(people), asked, signed_up, ways)


def ways_of(event_id: int, volunteers: Collection[int] | None = None) -> Ways:
    """By which ways those who were asked to the event, or these of them, hear of it."""
    m, d = Message, Delivery
    found = (
        select(func.coalesce(d.channel, "page"), func.count(m.id.distinct()))
        .select_from(m)
        .outerjoin(d, d.message_id == m.id)
        .where(m.subject == f"event:{event_id}", m.kind == Kind.INVITED)
        .group_by(d.channel)
    )
    if volunteers is not None:
        found = found.where(m.volunteer_id.in_(volunteers))
    return Ways(**{channel: number for channel, number in db.session.execute(found)})


def guests(event: EventFact) -> tuple[Guest, ...]:
    """Those who came last time and are still to be asked; two statements."""
    before = _before(event)
    people = _who_came(before.id, event.id) if before else ()
    return tuple(one for one in people if not (one.was_asked or one.has_place))


def _before(event: EventFact) -> Any:
    e = Event
    same_series = e.series_id == event.series_id if event.series_id else false()
    same_festival = e.festival == event.festival if event.festival else false()
    somebody_came = exists().where(
        Shift.event_id == e.id, Attendance.shift_id == Shift.id, Attendance.state.in_(CAME)
    )
    nearest = case((same_series, 0), (e.title == event.title, 1), else_=2)
    query = (
        select(e.id, e.title, e.starts_at)
        .where(e.community_id == event.community_id, e.starts_at < event.starts_at)
        .where(e.id != event.id, e.state == EventState.PUBLISHED, somebody_came)
        .where(or_(same_series, e.title == event.title, same_festival))
        .order_by(nearest, e.starts_at.desc(), e.id.desc())
        .limit(1)
    )
    return db.session.execute(query).one_or_none()


def _who_came(before_id: int, event_id: int) -> tuple[Guest, ...]:
    """Everybody who was there and is still with us, once each."""
    v, a = Volunteer, Attendance
    there = (
        select(a.volunteer_id)
        .join(Shift, Shift.id == a.shift_id)
        .where(Shift.event_id == before_id, a.state.in_(CAME))
    )
    rows = db.session.execute(
        select(v.id, v.account_id, v.name, v.is_self, _was_asked(event_id), _has_place(event_id))
        .where(v.id.in_(there))
        .where(v.removed_at.is_(None), ~exists().where(Erasure.volunteer_id == v.id))
        .order_by(v.id)
    )
    return tuple(Guest(*row) for row in rows)


def _was_asked(event_id: int) -> ColumnElement[bool]:
    m = Message
    return exists().where(
        m.subject == f"event:{event_id}", m.kind == Kind.INVITED, m.volunteer_id == Volunteer.id
    )


def _has_place(event_id: int) -> ColumnElement[bool]:
    live = Signup.state != SignupState.CANCELLED
    return exists().where(
        Shift.event_id == event_id, Signup.shift_id == Shift.id,
        Signup.volunteer_id == Volunteer.id, live,
    )  # fmt: skip
