"""Not coming: how often, what a community's rule makes of it, and what the volunteer sees."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ScalarSelect, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.attendance.models import Attendance
from volboard.attendance.rules import AttendanceState
from volboard.communities.models import Community, Pause
from volboard.communities.rule_commands import lift, pause
from volboard.communities.rule_queries import community_rules
from volboard.communities.rules import AbsenceRule
from volboard.core import clock
from volboard.core.db import UTCDateTime, db, locked
from volboard.events.models import Event, Shift

COUNTED = timedelta(days=90)
"""For how long an absence counts."""


@dataclass(frozen=True)
class Absence:
    """That somebody of the household did not come, and what was said about it."""

    attendance_id: int
    volunteer_name: str
    relation: str
    is_self: bool
    event_id: int
    event_title: str
    shift_title: str
    starts_at: datetime
    answer: str
    answered_at: datetime | None
    excuse: str
    excused_at: datetime | None
    excused_by: str | None
    """The full name; pages mask it."""


@dataclass(frozen=True)
class Paused:
    """That somebody of the household cannot sign up in a community for a while."""

    volunteer_name: str
    is_self: bool
    community_name: str
    phone: str
    until: datetime


@dataclass(frozen=True)
class StayedAway:
    """What a household reads of its not coming."""

    absences: tuple[Absence, ...]
    pauses: tuple[Paused, ...]


def missed(volunteer_ids: Collection[int], community_id: int) -> Mapping[int, int]:
    """How often each of these did not come in 90 days, not excused; who always came is left out."""
    a = Attendance
    rows = db.session.execute(
        select(a.volunteer_id, func.count())
        .join(Shift, Shift.id == a.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .where(a.volunteer_id.in_(volunteer_ids), Event.community_id == community_id)
        .where(a.state == AttendanceState.ABSENT, a.excused_at.is_(None))
        .where(Shift.starts_at > counted_since())
        .group_by(a.volunteer_id)
    )
    return {volunteer: int(times) for volunteer, times in rows}


def noted(volunteer_ids: Collection[int], community_id: int) -> Mapping[int, int]:
    """As `missed`, where the community wants its organizers to see it; else empty."""
    if not volunteer_ids or community_rules(community_id).absence_rule == AbsenceRule.NOTHING:
        return {}
    return missed(volunteer_ids, community_id)


def times_missed(shift_id: BindParameter[int]) -> ScalarSelect[int]:
    """As `noted`, as a column beside each volunteer of a query about one shift's people.

    Needs the parameter `since` too.
    """
    a, theirs, there = aliased(Attendance), aliased(Shift), aliased(Event)
    looks = (
        select(Event.community_id)
        .join(Shift, Shift.event_id == Event.id)
        .join(Community, Community.id == Event.community_id)
        .where(Shift.id == shift_id, Community.absence_rule != AbsenceRule.NOTHING)
    )
    return (
        select(func.count(a.id))
        .join(theirs, theirs.id == a.shift_id)
        .join(there, there.id == theirs.event_id)
        .where(a.volunteer_id == Volunteer.id, a.state == AttendanceState.ABSENT)
        .where(a.excused_at.is_(None), theirs.starts_at > bindparam("since", type_=UTCDateTime))
        .where(there.community_id == looks.scalar_subquery())
        .correlate(Volunteer)
        .scalar_subquery()
    )


def counted_since() -> datetime:
    """From when on absences count today."""
    return clock.now() - COUNTED


def pause_who_missed(volunteer_ids: Collection[int], community_id: int) -> None:
    """Pause whoever has just been marked absent for the time too many, by the community's rule.

    Needs the transaction that marked them. Two gates that close at once count one after the other.
    """
    if not volunteer_ids or not _pauses(community_id):
        return
    rules = community_rules(community_id)
    until = clock.now() + timedelta(days=rules.pause_days)
    for volunteer, times in sorted(missed(volunteer_ids, community_id).items()):
        if times >= rules.absence_limit:
            pause(volunteer, community_id, until)


def lift_what_no_longer_holds(volunteer_id: int, community_id: int) -> None:
    """End a pause when an absence was excused or turned out to be none; needs a transaction."""
    if not _pauses(community_id):
        return
    times = missed((volunteer_id,), community_id).get(volunteer_id, 0)
    if times < community_rules(community_id).absence_limit:
        lift(volunteer_id, community_id)


def stayed_away(account_id: int) -> StayedAway:
    """The household's absences of the last 90 days, the newest first, and its pauses.

    One statement, in which each absence of a person stands beside each of their pauses.
    """
    a, v, p, c, excuser = Attendance, Volunteer, Pause, Community, aliased(Volunteer)
    away = and_(a.volunteer_id == v.id, a.state == AttendanceState.ABSENT)
    rows = db.session.execute(
        select(v.name, v.relation, v.is_self, a.id, Event.id, Event.title, Shift.title,
               Shift.starts_at, a.answer, a.answered_at, a.excuse, a.excused_at, excuser.name,
               c.name, c.phone, p.until)
        .outerjoin(a, away)
        .outerjoin(Shift, Shift.id == a.shift_id)
        .outerjoin(Event, Event.id == Shift.event_id)
        .outerjoin(excuser, and_(excuser.account_id == a.excused_by, excuser.is_self))
        .outerjoin(p, and_(p.volunteer_id == v.id, p.until > clock.now()))
        .outerjoin(c, c.id == p.community_id)
        .where(v.account_id == account_id)
        .where(or_(Shift.starts_at > counted_since(), p.until.is_not(None)))
        .order_by(Shift.starts_at.desc(), a.id.desc(), p.until, v.id)
    ).all()  # fmt: skip
    facts = [(list(row[:3]), list(row[3:13]), list(row[13:])) for row in rows]
    return StayedAway(_absences(facts), _pauses_of(facts))


Away = list[tuple[list[Any], list[Any], list[Any]]]
"""Of each row: name, relation and whether it is the account's own; the absence; the pause."""


def _absences(facts: Away) -> tuple[Absence, ...]:
    since = counted_since()
    return tuple(dict.fromkeys(
        Absence(absence[0], *who, *absence[1:]) for who, absence, _pause in facts
        if absence[0] is not None and absence[4] > since
    ))  # fmt: skip


def _pauses_of(facts: Away) -> tuple[Paused, ...]:
    found = {Paused(who[0], who[2], *pause) for who, _absence, pause in facts if pause[2]}
    return tuple(sorted(found, key=lambda paused: paused.until))


def _pauses(community_id: int) -> bool:
    """Whether the community pauses people; if so it is held until the transaction ends."""
    if community_rules(community_id).absence_rule != AbsenceRule.PAUSE:
        return False
    db.session.execute(locked(select(Community).where(Community.id == community_id), of=Community))
    return True
