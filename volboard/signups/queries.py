"""Who has a place where: for the cards of an event, and for one's own page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.rules import gathering
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState, can_give_back


@dataclass(frozen=True)
class OwnPlace:
    """A place of somebody of the household."""

    signup_id: int
    shift_id: int
    event_id: int
    volunteer_id: int
    state: str
    number: int
    """The turn in the queue, from 1; 0 with a seat."""
    made_at: datetime
    reason: str
    """Why a place was ended, where somebody else ended it."""


@dataclass(frozen=True)
class ComingPlace:
    """A place as `/me` shows it."""

    place: OwnPlace
    volunteer_name: str
    relation: str
    is_self: bool
    event_title: str
    event_title_en: str
    mark: str
    where: str
    shift_title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    can_cancel: bool
    call_at: datetime | None
    """When people gather, where that is before the start."""


def own_places(volunteer_ids: tuple[int, ...], event_ids: tuple[int, ...]) -> tuple[OwnPlace, ...]:
    """The live places of these people in these events, in one statement."""
    if not volunteer_ids or not event_ids:
        return ()
    query = _own_places().where(
        Signup.volunteer_id.in_(volunteer_ids),
        Signup.state != SignupState.CANCELLED,
        Shift.event_id.in_(event_ids),
    )
    return tuple(OwnPlace(*row) for row in db.session.execute(query))


def places_by_person(places: tuple[OwnPlace, ...]) -> Mapping[tuple[int, int], OwnPlace]:
    """The places by shift and volunteer."""
    return {(place.shift_id, place.volunteer_id): place for place in places}


def coming(account_id: int) -> tuple[ComingPlace, ...]:
    """What the household has before it, and what was called off lately; in one statement.

    Also the places of somebody who left the household: nobody else could give them back.
    """
    v, s, now = Volunteer, Shift, clock.now()
    called_off = and_(Signup.state == SignupState.CANCELLED, Signup.end_reason != "")
    rows = db.session.execute(
        _own_places()
        .add_columns(v.name, v.relation, v.is_self, Event.title, Event.title_en,
                     Event.mark, Event.place, s.title, s.kind, s.starts_at, s.ends_at,
                     s.cancel_notice, s.call_minutes)
        .join(Event, Event.id == s.event_id)
        .join(v, v.id == Signup.volunteer_id)
        .where(v.account_id == account_id, s.ends_at > now)
        .where(or_(v.removed_at.is_(None), Signup.state != SignupState.CANCELLED))
        .where(or_(Signup.state != SignupState.CANCELLED, called_off))
        .order_by(s.starts_at, Signup.id)
    ).all()  # fmt: skip
    return tuple(_coming(row, now) for row in rows)


def turn_in_queue() -> ColumnElement[int]:
    """The turn in the queue of the row's signup, counted by the index `signups_queue_index`."""
    ahead = aliased(Signup)
    counted = (
        select(func.count())
        .where(ahead.shift_id == Signup.shift_id, ahead.state == SignupState.WAITING)
        .where(Signup.state == SignupState.WAITING, ahead.id <= Signup.id)
        .correlate(Signup)
    )
    return counted.scalar_subquery()


def seat_came_too_late(starts_at: datetime, cancel_notice: int) -> ColumnElement[bool]:
    """Whether the row's person got the seat from the queue when it could not be given back.

    They may never have heard of it: staying away is not held against them.
    """
    deadline = starts_at - timedelta(minutes=cancel_notice)
    return and_(Signup.seated_at > deadline, Signup.seated_at > Signup.created_at)


def _own_places() -> Select[*tuple[Any, ...]]:
    return select(
        Signup.id.label("signup_id"), Signup.shift_id, Shift.event_id, Signup.volunteer_id,
        Signup.state, turn_in_queue().label("number"), Signup.created_at, Signup.end_reason,
    ).join(Shift, Shift.id == Signup.shift_id)  # fmt: skip


def _coming(row: Any, now: datetime) -> ComingPlace:
    place = OwnPlace(*row[:8])
    shown = row[8:19]
    starts_at, notice = row[17], row[19]
    waiting = place.state == SignupState.WAITING
    can_cancel = place.state != SignupState.CANCELLED and (
        waiting or can_give_back(starts_at, notice, place.made_at, now)
    )
    call_at = gathering(starts_at, row[20]) if row[20] else None
    return ComingPlace(*(place, *shown, can_cancel, call_at))
