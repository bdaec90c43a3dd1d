"""Who has a place where: for the cards of an event, for one's own page, for the roster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, Volunteer
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, EventChange, Shift
from volboard.events.queries import ManagedShift
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
    """A place as `/me` shows it, with what changed at the event since it was taken."""

    place: OwnPlace
    volunteer_name: str
    relation: str
    is_self: bool
    event_title: str
    mark: str
    where: str
    shift_title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    can_cancel: bool
    changes: tuple[str, ...]


@dataclass(frozen=True)
class RosterRow:
    """Somebody on the list of a shift; pages mask name and phone."""

    signup_id: int
    volunteer_id: int
    account_id: int
    name: str
    phone: str
    state: str
    number: int
    made_at: datetime
    made_by_other: bool
    """Whether another account pressed the button (代报名)."""
    jump_reason: str | None
    maker_name: str
    """Who pressed the button."""


@dataclass(frozen=True)
class Roster:
    """The people of a shift: the seated by the time of their seat, then the queue."""

    managed: ManagedShift
    rows: tuple[RosterRow, ...]

    @property
    def seated(self) -> tuple[RosterRow, ...]:
        return tuple(row for row in self.rows if not row.number)

    @property
    def queue(self) -> tuple[RosterRow, ...]:
        return tuple(row for row in self.rows if row.number)


@dataclass(frozen=True)
class ManagedRow:
    """A signup that an organizer is about to do something with."""

    signup_id: int
    shift_id: int
    account_id: int
    name: str
    shift_title: str


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
    """What the household has before it, and what was called off lately; in two statements."""
    v, s, now = Volunteer, Shift, clock.now()
    called_off = and_(Signup.state == SignupState.CANCELLED, Signup.end_reason != "")
    rows = db.session.execute(
        _own_places()
        .add_columns(v.name, v.relation, v.is_self, Event.title, Event.mark, Event.place,
                     s.title, s.kind, s.starts_at, s.ends_at, s.cancel_notice)
        .join(Event, Event.id == s.event_id)
        .join(v, v.id == Signup.volunteer_id)
        .where(v.account_id == account_id, v.removed_at.is_(None), s.ends_at > now)
        .where(or_(Signup.state != SignupState.CANCELLED, called_off))
        .order_by(s.starts_at, Signup.id)
    ).all()  # fmt: skip
    changes = _changes({row.event_id for row in rows})
    return tuple(_coming(row, changes.get(row.event_id, ()), now) for row in rows)


def roster(managed: ManagedShift) -> Roster:
    """Everybody with a live place in the shift, in one statement."""
    v, a, maker = Volunteer, Account, aliased(Volunteer)
    rows = db.session.execute(
        select(Signup.id, v.id, a.id, v.name, a.phone, Signup.state, _turn().label("number"),
               Signup.created_at, Signup.made_by != a.id, Signup.jump_reason, maker.name)
        .join(v, v.id == Signup.volunteer_id)
        .join(a, a.id == v.account_id)
        .join(maker, and_(maker.account_id == Signup.made_by, maker.is_self))
        .where(Signup.shift_id == managed.shift.id, Signup.state != SignupState.CANCELLED)
        .order_by(Signup.state, Signup.seated_at, Signup.id)
    )  # fmt: skip
    return Roster(managed, tuple(RosterRow(*list(row)) for row in rows))


def managed_row(signup_id: int, by: Viewer) -> ManagedRow:
    """The signup if this person's power reaches its shift; else raises NotFound."""
    row = db.session.execute(
        select(Event.community_id, Signup.id, Shift.id, Volunteer.account_id, Volunteer.name,
               Shift.title)
        .join(Volunteer, Volunteer.id == Signup.volunteer_id)
        .join(Shift, Shift.id == Signup.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .where(Signup.id == signup_id)
    ).one_or_none()  # fmt: skip
    if row is None or not by.manages(row[0]):
        raise NotFound
    return ManagedRow(*row[1:])


def _turn() -> ColumnElement[int]:
    """The turn in the queue of the row's signup, counted by the index `signups_queue_index`."""
    ahead = aliased(Signup)
    counted = (
        select(func.count())
        .where(ahead.shift_id == Signup.shift_id, ahead.state == SignupState.WAITING)
        .where(Signup.state == SignupState.WAITING, ahead.id <= Signup.id)
        .correlate(Signup)
    )
    return counted.scalar_subquery()


def _own_places() -> Select[*tuple[Any, ...]]:
    return select(
        Signup.id.label("signup_id"), Signup.shift_id, Shift.event_id, Signup.volunteer_id,
        Signup.state, _turn().label("number"), Signup.created_at, Signup.end_reason,
    ).join(Shift, Shift.id == Signup.shift_id)  # fmt: skip


def _changes(event_ids: set[int]) -> Mapping[int, tuple[tuple[datetime, str], ...]]:
    rows = db.session.execute(
        select(EventChange.event_id, EventChange.changed_at, EventChange.sentence)
        .where(EventChange.event_id.in_(event_ids))
        .order_by(EventChange.id)
    )
    found: dict[int, tuple[tuple[datetime, str], ...]] = {}
    for event_id, at, sentence in rows:
        found[event_id] = (*found.get(event_id, ()), (at, sentence))
    return found


def _coming(row: Any, changes: tuple[tuple[datetime, str], ...], now: datetime) -> ComingPlace:
    place = OwnPlace(*row[:8])
    shown = row[8:18]
    starts_at, notice = row[16], row[18]
    waiting = place.state == SignupState.WAITING
    can_cancel = place.state != SignupState.CANCELLED and (
        waiting or can_give_back(starts_at, notice, place.made_at, now)
    )
    told = tuple(sentence for at, sentence in changes if at > place.made_at)
    return ComingPlace(*(place, *shown, can_cancel, told))
