"""What the exports hold, each in a fixed number of statements and read a piece at a time."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, Consent, Volunteer
from volboard.accounts.rules import ConsentKind
from volboard.attendance.models import Attendance
from volboard.communities.models import Residency
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.hours.models import EntryReason, HourEntry
from volboard.hours.rules import EntryKind
from volboard.rosters.facts import Resident, Seat, Served
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState
from volboard.teams.models import Team, TeamMember

Fact = TypeVar("Fact")
AT_ONCE = 500
"""Rows that are held at a time."""
WORTH = HourEntry.minutes + HourEntry.extra_minutes


def seats_of(event_id: int) -> Iterator[Seat]:
    """Everybody with a live place at the event, shift by shift; one statement."""
    p, s, v, a, here = Signup, Shift, Volunteer, Account, Attendance
    minutes = select(func.coalesce(func.sum(WORTH), 0)).where(
        HourEntry.volunteer_id == v.id, HourEntry.shift_id == s.id
    )
    yield from _each(
        Seat,
        select(s.title, s.starts_at, s.ends_at, a.id, v.name, a.phone, p.state, p.made_by != a.id,
               p.coming_asked_at, p.coming_said_at, here.state, here.checked_in_at,
               here.checked_out_at, minutes.scalar_subquery())
        .select_from(p)
        .join(s, s.id == p.shift_id)
        .join(v, v.id == p.volunteer_id)
        .join(a, a.id == v.account_id)
        .outerjoin(here, and_(here.shift_id == s.id, here.volunteer_id == v.id))
        .where(s.event_id == event_id, p.state != SignupState.CANCELLED)
        .order_by(s.starts_at, s.id, p.state, p.seated_at, p.id),
    )  # fmt: skip


def residents_of(community_id: int) -> Iterator[Resident]:
    """Everybody at home in the community with their family, by account; two statements."""
    r, v, a = Residency, Volunteer, Account
    minutes = select(func.coalesce(func.sum(WORTH), 0)).where(
        HourEntry.volunteer_id == v.id, HourEntry.community_id == community_id
    )
    teams = _teams(community_id)
    found = _each(
        Resident,
        select(a.id, v.name, a.phone, v.is_self, v.relation, v.skills, r.since,
               a.verified_at.is_not(None), minutes.scalar_subquery(), v.id)
        .select_from(r)
        .join(a, a.id == r.account_id)
        .join(v, v.account_id == a.id)
        .where(r.community_id == community_id, v.removed_at.is_(None))
        .order_by(r.since, a.id, v.is_self.desc(), v.id),
    )  # fmt: skip
    for one in found:
        yield Resident(**{**vars(one), "teams": "、".join(teams.get(one.volunteer_id, ()))})


def lines_of(community_id: int, first: date, last: date) -> Iterator[Served]:
    """All lines of service on these days, in order of service; one statement."""
    return _each(Served, _lines(community_id, first, last))


def lines_to_hand_over(community_id: int, first: date, last: date) -> Iterator[Served]:
    """The lines that hold, of those who agreed that another system gets them; one statement."""
    undone = aliased(HourEntry)
    query = _lines(community_id, first, last).where(
        HourEntry.kind != EntryKind.REVERSAL,
        ~exists().where(undone.reverses == HourEntry.id),
        _agreed(),
    )
    return _each(Served, query)


def without_consent(community_id: int, first: date, last: date) -> int:
    """How many people served on these days and have not agreed to that."""
    e = HourEntry
    query = select(func.count(e.volunteer_id.distinct())).where(
        e.community_id == community_id, _within(first, last), ~_agreed()
    )
    return int(db.session.scalars(query).one())


def _teams(community_id: int) -> dict[int, list[str]]:
    """The teams of the community by volunteer."""
    t, m = Team, TeamMember
    rows = db.session.execute(
        select(m.volunteer_id, t.name)
        .join(t, t.id == m.team_id)
        .where(t.community_id == community_id)
        .order_by(t.id)
    )
    teams: dict[int, list[str]] = defaultdict(list)
    for volunteer, name in rows:
        teams[volunteer].append(name)
    return teams


def _lines(community_id: int, first: date, last: date) -> Select[*tuple[Any, ...]]:
    e, s, ev, v, a = HourEntry, Shift, Event, Volunteer, Account
    seen, recorded = aliased(Volunteer), aliased(Volunteer)
    return (
        select(v.id, a.id, v.name, a.phone, ev.title, s.title, ev.place, ev.contact_name, e.kind,
               e.served_from, e.served_to, e.minutes, e.extra_minutes, e.how, e.seen_at, seen.name,
               e.recorded_at, recorded.name, func.coalesce(EntryReason.words, ""),
               e.make_up_id.is_not(None))
        .select_from(e)
        .join(v, v.id == e.volunteer_id)
        .join(a, a.id == v.account_id)
        .join(s, s.id == e.shift_id)
        .join(ev, ev.id == s.event_id)
        .join(seen, and_(seen.account_id == e.seen_by, seen.is_self))
        .join(recorded, and_(recorded.account_id == e.recorded_by, recorded.is_self))
        .outerjoin(EntryReason, EntryReason.entry_id == e.id)
        .where(e.community_id == community_id, _within(first, last))
        .order_by(e.served_from, e.id)
    )  # fmt: skip


def _agreed() -> ColumnElement[bool]:
    """That the volunteer of a line lets another system have their records, today."""
    c = Consent
    return exists().where(c.volunteer_id == HourEntry.volunteer_id,
                          c.kind == ConsentKind.HAND_OVER, c.withdrawn_at.is_(None))  # fmt: skip


def _within(first: date, last: date) -> ColumnElement[bool]:
    """That a line was served on one of these days in Beijing."""
    begins = clock.instant(first, time())
    ends = clock.instant(last + timedelta(days=1), time())
    return and_(HourEntry.served_from >= begins, HourEntry.served_from < ends)


def _each(kind: type[Fact], query: Select[*tuple[Any, ...]]) -> Iterator[Fact]:
    """The rows as facts, without holding all of them."""
    rows = db.session.execute(query, execution_options={"yield_per": AT_ONCE})
    return (kind(*row) for row in rows)
