"""Who could help out in a shift, the ones who can do it first, then whoever was asked least."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
)

from volboard.accounts.models import Volunteer
from volboard.communities.models import Pause, Residency
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Shift
from volboard.events.queries import ManagedShift
from volboard.events.rules import Ages
from volboard.hours.models import HourEntry
from volboard.signups.cover_rules import fitting
from volboard.signups.models import CoverAsk, Signup
from volboard.signups.rules import SignupState

LATELY = timedelta(days=90)
PAGE_SIZE = 20
LAST_PAGE = 500
V, H = Volunteer, HourEntry


@dataclass(frozen=True)
class Candidate:
    """Somebody who is free then; pages mask the name."""

    volunteer_id: int
    name: str
    skills: str
    served_at: datetime | None
    """When they last served in such a post of this community."""
    asked_at: datetime | None
    """When they were last asked to help out, in whatever shift."""
    minutes: int
    """Served in the last 90 days."""


@dataclass(frozen=True)
class Candidates:
    """One page of them; `more` tells whether another follows."""

    people: tuple[Candidate, ...]
    page: int
    more: bool


@dataclass(frozen=True)
class Asked:
    """Somebody who was asked to help out in a shift; pages mask the name."""

    name: str
    asked_at: datetime
    answer: str


def candidates(
    managed: ManagedShift, page: int = 1, only: Collection[int] | None = None
) -> Candidates:
    """Who lives in the community and could come, in two statements.

    Left out: children, whom the post does not take, who has or had a place in it, who has one
    elsewhere at that time, whom a rule pauses, and who was asked for this shift already.
    `only` narrows them to these volunteers.
    """
    number = min(max(page, 1), LAST_PAGE)
    query = _could_come(managed).offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE + 1)
    if only is not None:
        query = query.where(V.id.in_(only))
    found = [Candidate(*list(row)) for row in db.session.execute(query)]
    return Candidates(tuple(found[:PAGE_SIZE]), number, len(found) > PAGE_SIZE)


def asked(shift_id: int) -> tuple[Asked, ...]:
    """Whom the organizers asked for this shift, and what they said; the latest first."""
    a = CoverAsk
    rows = db.session.execute(
        select(V.name, a.asked_at, a.answer)
        .join(V, V.id == a.volunteer_id)
        .where(a.shift_id == shift_id)
        .order_by(a.asked_at.desc(), a.id)
    )
    return tuple(Asked(*row) for row in rows)


def _could_come(managed: ManagedShift) -> Select[*tuple[Any, ...]]:
    """Sums over whole tables stand in the FROM, once; else they were made anew for each person."""
    shift, community = managed.shift, managed.event.community_id
    served, minutes = _served(managed), _minutes()
    asked_at = _last_asked().label("asked_at")
    can_do = or_(served.c.at.is_not(None), _has_skill(shift.skill, community))
    return (
        select(V.id, V.name, V.skills, served.c.at, asked_at, minutes.label("minutes"))
        .join(Residency, Residency.account_id == V.account_id)
        .outerjoin(served, served.c.volunteer_id == V.id)
        .where(Residency.community_id == community, V.removed_at.is_(None), _old_enough(shift.ages))
        .where(V.id.not_in(_busy(managed)), ~_was_asked(shift.id), ~_is_paused(community))
        .order_by(case((can_do, 0), else_=1), asked_at.asc().nulls_first(), "minutes", V.id)
    )


def _served(managed: ManagedShift) -> Subquery:
    """When people last served under this post's name, or in one that asks the same."""
    s, shift = Shift, managed.shift
    alike = s.title == shift.title
    if shift.skill:
        alike = or_(alike, s.skill == shift.skill)
    return (
        select(H.volunteer_id, func.max(H.served_from).label("at"))
        .join(s, s.id == H.shift_id)
        .where(H.community_id == managed.event.community_id, alike)
        .group_by(H.volunteer_id)
        .having(func.sum(H.minutes) > 0)
        .subquery("served")
    )


def _last_asked() -> ScalarSelect[Any]:
    a = CoverAsk
    found = select(func.max(a.asked_at)).where(a.volunteer_id == V.id)
    return found.correlate(V).scalar_subquery()


def _minutes() -> ScalarSelect[Any]:
    lately = H.served_from >= clock.now() - LATELY
    total = select(func.coalesce(func.sum(H.minutes), 0)).where(H.volunteer_id == V.id, lately)
    return total.correlate(V).scalar_subquery()


def _has_skill(wanted: str, community: int) -> ColumnElement[bool]:
    """Whether somebody says of themself that they can do it; one statement, none if it is easy."""
    if not wanted:
        return false()
    said = db.session.scalars(
        select(V.skills)
        .join(Residency, Residency.account_id == V.account_id)
        .where(Residency.community_id == community, V.skills != "", V.removed_at.is_(None))
        .distinct()
    )
    return V.skills.in_([skills for skills in said if fitting(wanted, skills)])


def _old_enough(ages: str) -> ColumnElement[bool]:
    """Nobody asks a child for help, and nobody under 18 where the post is for adults."""
    return V.age_band == "" if ages == Ages.ADULTS else V.age_band != "child"


def _busy(managed: ManagedShift) -> Select[int]:
    """Who has, or had, a place in this shift, or has one at the same time."""
    g, s, shift = Signup, Shift, managed.shift
    then = and_(s.starts_at < shift.ends_at, s.ends_at > shift.starts_at)
    elsewhere = and_(g.state != SignupState.CANCELLED, then)
    found = select(g.volunteer_id).join(s, s.id == g.shift_id)
    return found.where(or_(s.id == shift.id, elsewhere))


def _was_asked(shift_id: int) -> ColumnElement[bool]:
    return exists().where(CoverAsk.shift_id == shift_id, CoverAsk.volunteer_id == V.id)


def _is_paused(community: int) -> ColumnElement[bool]:
    p = Pause
    return exists().where(
        p.volunteer_id == V.id, p.community_id == community, p.until > clock.now()
    )
