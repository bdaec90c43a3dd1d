"""The rules about lines of the ledger, each a select of the columns that all rules share."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, Volunteer
from volboard.events.models import Shift
from volboard.hours.models import HourEntry
from volboard.hours.rules import EntryKind
from volboard.oversight.asked import NEAR_A_YEAR_AGO, PLACES, YEAR_AGO
from volboard.oversight.rules import (
    MOST_MINUTES,
    NEAR,
    NEW,
    STRANGERS,
    STRANGERS_FOR,
    Rule,
)
from volboard.oversight.sql_time import NotBefore, Within

Found = Select[*tuple[Any, ...]]
NOTHING = literal_column("0", Integer)


def mark(rule: Rule, community: Any, subject: Any, number: Any, at: Any, **more: Any) -> Found:
    """One select in the columns of `marks.Mark`; `more`: those that stand last there."""
    none = cast(literal(""), String)
    return select(
        cast(literal(rule.value), String).label("rule"), community.label("community_id"),
        subject.label("subject"), number.label("number"), at.label("at"),
        more.get("other", NOTHING).label("other"), more.get("amount", NOTHING).label("amount"),
        more.get("till", at).label("till"), more.get("what", none).label("what"),
        more.get("count", NOTHING).label("count"), more.get("of", NOTHING).label("of"),
    )  # fmt: skip


def seconds(delta: Any) -> ColumnElement[int]:
    """A span of time as a number inside the statement."""
    return literal_column(str(int(delta.total_seconds())), Integer)


def holds(line: Any) -> ColumnElement[bool]:
    """Whether this line stands: no reversal, and not taken back."""
    undone = aliased(HourEntry)
    return and_(line.kind != EntryKind.REVERSAL, ~exists().where(undone.reverses == line.id))


def booked(line: Any, since: Any = YEAR_AGO) -> ColumnElement[bool]:
    """The lines of these communities since then."""
    return and_(line.community_id.in_(PLACES), line.recorded_at > since)


def near_lines() -> Found:
    """Lines with those of the same person that begin shortly before, where they overlap or
    come to more than a day may hold; whoever wrote them.

    First the index alone is asked which lines begin soon after another; a year is passed
    there, and the few that remain are looked at.
    """
    e = HourEntry
    close = _close_lines()
    clash = case((and_(e.id != close.c.id, e.served_to > close.c.served_from), 1), else_=0)
    of_one: dict[str, Any] = {"partition_by": close.c.id}
    near = (
        select(e.community_id, e.volunteer_id, close.c.id.label("last"), e.served_from, e.id,
               e.minutes, e.served_to, func.sum(e.minutes).over(**of_one).label("total"),
               func.max(clash).over(**of_one).label("clash"))
        .select_from(close)
        .join(e, e.volunteer_id == close.c.volunteer_id)
        .where(NotBefore(e.served_from, close.c.served_from, seconds(NEAR)),
               e.served_from <= close.c.served_from, holds(e))
        .subquery("near")
    ).c  # fmt: skip
    return mark(Rule.TWO_PLACES, near.community_id, near.volunteer_id, near.last,
                near.served_from, other=near.id, amount=near.minutes, till=near.served_to).where(
        or_(near.clash == 1, near.total > MOST_MINUTES)
    )  # fmt: skip


def _close_lines() -> FromClause:
    e, mine = HourEntry, aliased(HourEntry)
    people = select(mine.volunteer_id).where(booked(mine)).distinct()
    before = func.lag(e.served_from).over(
        partition_by=e.volunteer_id, order_by=(e.served_from, e.id)
    )
    of_them = (
        select(e.id, e.volunteer_id, e.served_from, before.label("before"))
        .where(e.volunteer_id.in_(people), e.served_from > NEAR_A_YEAR_AGO)
        .subquery("of_them")
    ).c
    near = Within(of_them.served_from, of_them.before, seconds(NEAR))
    query = select(of_them.id, of_them.volunteer_id, of_them.served_from).where(near)
    return query.cte("close_lines").prefix_with("MATERIALIZED")


def crowded() -> Found:
    """The lines of shifts in which more people have hours than there are seats."""
    e, one, s = HourEntry, aliased(HourEntry), Shift
    people = func.count(one.volunteer_id.distinct())
    full = (
        select(one.shift_id, people.label("people"))
        .where(booked(one), holds(one))
        .group_by(one.shift_id)
        .subquery("full")
    )
    return (
        mark(Rule.CROWDED, e.community_id, e.shift_id, e.id, e.recorded_at,
             other=full.c.people, amount=s.capacity)
        .select_from(full)
        .join(s, s.id == full.c.shift_id)
        .join(e, e.shift_id == s.id)
        .where(full.c.people > s.capacity, holds(e))
    )  # fmt: skip


def outside() -> Found:
    """Lines whose hours lie outside their shift as it is now, or outside its event."""
    e, s = HourEntry, Shift
    return (
        mark(Rule.OUTSIDE, e.community_id, e.volunteer_id, e.id, e.recorded_at)
        .join(s, s.id == e.shift_id)
        .where(booked(e), holds(e),
               or_(e.served_from < s.starts_at, e.served_to > s.ends_at))
    )  # fmt: skip


def strangers() -> Found:
    """Walk-ins of people who were new that day, let in and credited by one account alone."""
    e, v, a = HourEntry, Volunteer, Account
    new = or_(a.verified_at.is_(None), Within(e.seen_at, a.created_at, seconds(NEW)),
              Within(e.seen_at, v.created_at, seconds(NEW)))  # fmt: skip
    alone = (
        select(e.community_id, e.seen_by, e.id, e.seen_at)
        .join(v, v.id == e.volunteer_id)
        .join(a, a.id == v.account_id)
        .where(booked(e), holds(e), e.how == "walk_in",
               e.seen_by == e.recorded_by, new)
        .subquery("alone")
    )  # fmt: skip
    found = in_runs(alone, alone.c.seen_by, alone.c.seen_at, STRANGERS, STRANGERS_FOR)
    return mark(Rule.STRANGERS, found.c.community_id, found.c.seen_by, found.c.id,
                found.c.seen_at).where(found.c.in_a_run == 1)  # fmt: skip


def in_runs(acts: Any, who: Any, at: Any, count: int, within: Any) -> Any:
    """Mark what belongs to `count` acts of one account in one community within so short a time."""
    order: dict[str, Any] = {
        "partition_by": (acts.c.community_id, who),
        "order_by": (at, acts.c.id),
    }
    begun = func.lag(at, count - 1).over(**order)
    ends = (
        select(*acts.c, cast(Within(at, begun, seconds(within)), Integer).label("ends"))
        .subquery()
    )  # fmt: skip
    same: dict[str, Any] = {"partition_by": (ends.c.community_id, ends.c[who.name]),
            "order_by": (ends.c[at.name], ends.c.id)}  # fmt: skip
    near = func.max(func.coalesce(ends.c.ends, 0)).over(**same, rows=(0, count - 1))
    return select(*(c for c in ends.c if c.name != "ends"), near.label("in_a_run")).subquery()
