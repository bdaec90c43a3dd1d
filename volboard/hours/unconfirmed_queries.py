"""Presences that wait for another person, as their volunteer and the organizers see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, and_, func, select, true
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.hours.models import PresenceWitness, Unconfirmed
from volboard.hours.witness_queries import Stands, stands_of
from volboard.hours.witness_rules import (
    LAPSES_AFTER,
    Lack,
    Role,
    Sign,
    UnconfirmedState,
    has_lapsed,
)

MOST_SHOWN = 400


@dataclass(frozen=True)
class Waiting:
    """A presence that is no line of the ledger, with what it lacks."""

    id: int
    attendance_id: int
    community_id: int
    community_name: str
    shift_id: int
    event_id: int
    event_title: str
    shift_title: str
    starts_at: datetime
    volunteer_id: int
    volunteer_name: str
    account_id: int
    is_self: bool
    minutes: int
    planned_minutes: int
    served_from: datetime
    served_to: datetime
    rule: str
    closed_by_name: str
    lacks: str
    since: datetime
    state: str
    answer: str
    objection: str
    stands: tuple[Stands, ...] = field(default=())

    @property
    def missing(self) -> tuple[Lack, ...]:
        """What it lacks."""
        return tuple(Lack(one) for one in self.lacks.split())

    @property
    def has_lapsed(self) -> bool:
        """Whether nobody confirmed it in time."""
        return self.state == UnconfirmedState.WAITING and has_lapsed(self.since, clock.now())

    @property
    def is_refused(self) -> bool:
        return self.state == UnconfirmedState.REFUSED

    @property
    def lapses_at(self) -> datetime:
        """Until when it can be confirmed."""
        return self.since + LAPSES_AFTER

    @property
    def own_word_helps(self) -> bool:
        """Whether it takes a step forward when the household's own phone confirms it."""
        own = {one.sign for one in self.stands if one.role == Role.VOLUNTEER}
        is_wanted = Lack.SECOND in self.missing and not own
        return is_wanted or (Lack.LATE in self.missing and Sign.CONFIRMED not in own)

    def can_be_confirmed_by(self, account_id: int) -> bool:
        """Whether this organizer is another than those who pressed, and no family."""
        pressed = {one.account_id for one in self.stands if one.role == Role.ORGANIZER}
        return account_id not in pressed and account_id != self.account_id


@dataclass(frozen=True)
class ShiftWaits:
    """What waits of one shift: for this organizer, and for another."""

    shift_id: int
    mine: tuple[Waiting, ...]
    others: tuple[Waiting, ...]

    @property
    def first(self) -> Waiting:
        """Any of them: they name the same shift."""
        return (self.mine or self.others)[0]


def own_unconfirmed(
    volunteer_id: int, beside: Collection[int]
) -> tuple[tuple[Waiting, ...], Mapping[int, tuple[Stands, ...]]]:
    """What waits, lapsed or was refused of this person, the newest first; and who stands for
    these and for the presences `beside` them, by attendance; two statements."""
    u = Unconfirmed
    asked = _rows().where(u.volunteer_id == volunteer_id, u.state != UnconfirmedState.CREDITED)
    rows = db.session.execute(asked.order_by(u.served_from.desc(), u.id.desc())).all()
    stands = stands_of([*beside, *(row.attendance_id for row in rows)])
    return _with(rows, stands), stands


def one_unconfirmed(unconfirmed_id: int) -> Waiting:
    """One of them; raises NotFound. Whose business it is, the caller knows."""
    found = _shown(_rows().where(Unconfirmed.id == unconfirmed_id))
    if not found:
        raise NotFound
    return found[0]


def desk_unconfirmed(by: Viewer) -> tuple[ShiftWaits, ...]:
    """What waits in this person's communities, shift by shift, the oldest first; two statements."""
    u = Unconfirmed
    asked = _rows().where(
        true() if by.is_admin else u.community_id.in_(sorted(by.communities)),
        u.state == UnconfirmedState.WAITING, u.since >= clock.now() - LAPSES_AFTER,
    )  # fmt: skip
    rows = _shown(asked.order_by(Shift.starts_at, u.shift_id, u.id))
    return tuple(
        _of_shift(shift_id, tuple(waiting), by.id)
        for shift_id, waiting in groupby(rows, key=lambda one: one.shift_id)
    )


def waits_for(by: Viewer, community_ids: Collection[int]) -> Select[int]:
    """How many presences wait for this organizer, who is another than those who pressed."""
    u, w, v = Unconfirmed, PresenceWitness, Volunteer
    pressed = select(w.id).where(w.attendance_id == u.attendance_id, w.account_id == by.id,
                                 w.role == Role.ORGANIZER).correlate(u).exists()  # fmt: skip
    return (
        select(func.count())
        .select_from(u)
        .join(v, v.id == u.volunteer_id)
        .where(u.community_id.in_(community_ids), u.state == UnconfirmedState.WAITING,
               u.since >= clock.now() - LAPSES_AFTER, v.account_id != by.id, ~pressed)
    )  # fmt: skip


def _of_shift(shift_id: int, waiting: tuple[Waiting, ...], account_id: int) -> ShiftWaits:
    mine = tuple(one for one in waiting if one.can_be_confirmed_by(account_id))
    return ShiftWaits(shift_id, mine, tuple(one for one in waiting if one not in mine))


def _rows() -> Select[*tuple[Any, ...]]:
    u, v, s, e, closer = Unconfirmed, Volunteer, Shift, Event, aliased(Volunteer)
    return (
        select(
            u.id.label("id"), u.attendance_id, u.community_id,
            Community.name.label("community_name"), u.shift_id, e.id.label("event_id"),
            e.title.label("event_title"), s.title.label("shift_title"), s.starts_at,
            u.volunteer_id, v.name.label("volunteer_name"), v.account_id, v.is_self, u.minutes,
            u.planned_minutes, u.served_from, u.served_to, u.rule,
            closer.name.label("closed_by_name"), u.lacks, u.since, u.state, u.answer, u.objection,
        )
        .select_from(u)
        .join(v, v.id == u.volunteer_id)
        .join(s, s.id == u.shift_id)
        .join(e, e.id == s.event_id)
        .join(Community, Community.id == u.community_id)
        .join(closer, and_(closer.account_id == u.closed_by, closer.is_self))
        .limit(MOST_SHOWN)
    )  # fmt: skip


def _shown(asked: Select[*tuple[Any, ...]]) -> tuple[Waiting, ...]:
    rows = db.session.execute(asked).all()
    return _with(rows, stands_of([row.attendance_id for row in rows]))


def _with(
    rows: Sequence[Row[*tuple[Any, ...]]], stands: Mapping[int, tuple[Stands, ...]]
) -> tuple[Waiting, ...]:
    return tuple(Waiting(**row._mapping, stands=stands.get(row.attendance_id, ())) for row in rows)
