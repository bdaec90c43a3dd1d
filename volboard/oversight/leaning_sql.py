"""The rules about minutes that lean on one person, or on the same two; each counts minutes."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, and_, case, cast, exists, func, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account
from volboard.communities.models import Membership
from volboard.events.models import Shift
from volboard.hours.models import HourEntry, PresenceWitness
from volboard.hours.rules import FORGOTTEN, EntryKind
from volboard.hours.witness_rules import LATE_MINUTES, Role, Sign
from volboard.oversight.asked import MONTH_AGO, QUARTER_AGO
from volboard.oversight.line_sql import Found, booked, holds, mark
from volboard.oversight.rules import (
    ADMIN_MINUTES,
    ALONE_MINUTES,
    ALONE_PERCENT,
    FORGOTTEN_MINUTES,
    FORGOTTEN_PERCENT,
    LATE_TOLD,
    MOST_ROWS,
    PAIR,
    Rule,
)


def leaning() -> tuple[Found, ...]:
    """All of them; those of a month share one reading of its lines.

    Adding nothing (`by_line`) has the witnesses looked up line by line, not all read through.
    """
    month = _month()
    return alone(month), forgotten(month), late(month), by_admin(month), pairs()


def _month() -> FromClause:
    """The lines of a month, each beside the minutes of its whole community."""
    e = HourEntry
    worth = e.minutes + e.extra_minutes
    query = select(
        e.id, e.community_id, e.shift_id, e.attendance_id, e.make_up_id, e.kind, e.rule,
        e.seen_by, e.recorded_by, e.recorded_at, worth.label("worth"),
        func.sum(worth).over(partition_by=e.community_id).label("everything"),
    ).where(booked(e, MONTH_AGO), holds(e))  # fmt: skip
    return query.cte("month_lines").prefix_with("MATERIALIZED")


def alone(month: FromClause) -> Found:
    """Lines in which one account saw, pressed, confirmed, closed and recorded all there is, as
    far as organizers go; a make-up has two by its nature."""
    e, w, s = month.c, PresenceWitness, Shift
    another = exists().where(
        w.attendance_id == e.attendance_id, w.role == Role.ORGANIZER, w.account_id != e.recorded_by
    )
    closed_by_another = exists().where(s.id == e.shift_id, s.closed_by != e.recorded_by)
    rows = select(
        e.id, e.community_id, e.recorded_by.label("who"), e.recorded_at, e.worth, e.everything
    ).where(
        e.seen_by == e.recorded_by, e.make_up_id.is_(None), ~another, ~closed_by_another
    )  # fmt: skip
    return _weighed(Rule.ALONE, rows, ALONE_MINUTES, ALONE_PERCENT)


def forgotten(month: FromClause) -> Found:
    """Lines that end by the stated rule, beside all that the same account closed."""
    e = month.c
    of_closer: dict[str, Any] = {"partition_by": (e.community_id, e.recorded_by)}
    closed = (
        select(e.id, e.community_id, e.recorded_by.label("who"), e.recorded_at, e.worth, e.rule,
               func.sum(e.worth).over(**of_closer).label("everything"))
        .where(e.kind == EntryKind.CREDIT)
        .subquery("closed")
    )  # fmt: skip
    rows = select(closed).where(closed.c.rule == FORGOTTEN)
    return _weighed(Rule.FORGOTTEN, rows, FORGOTTEN_MINUTES, FORGOTTEN_PERCENT)


def late(month: FromClause) -> Found:
    """Lines that rest on what an account typed or sent long after the shift."""
    e, w = month.c, PresenceWitness
    by_line = e.attendance_id + 0
    rows = (
        select(e.id, e.community_id, w.account_id.label("who"), e.recorded_at, e.worth,
               e.everything)
        .join(w, and_(w.attendance_id == by_line, w.sign == Sign.PRESS,
                      w.late_minutes > LATE_MINUTES))
    )  # fmt: skip
    return _weighed(Rule.LATE, rows, LATE_TOLD)


def by_admin(month: FromClause) -> Found:
    """Lines that an admin alone confirmed, in a community where another organizer could have."""
    e, w, other = month.c, PresenceWitness, aliased(PresenceWitness)
    by_line = e.attendance_id + 0
    confirmed_by_another = exists().where(
        other.attendance_id == e.attendance_id, other.sign == Sign.CONFIRMED,
        other.account_id != w.account_id,
    )  # fmt: skip
    somebody_else = exists().where(
        Membership.community_id == e.community_id,
        Membership.account_id.not_in((w.account_id, e.recorded_by, e.seen_by)),
    )
    rows = (
        select(e.id, e.community_id, w.account_id.label("who"), e.recorded_at, e.worth,
               e.everything)
        .join(w, and_(w.attendance_id == by_line, w.sign == Sign.CONFIRMED,
                      w.role == Role.ORGANIZER))
        .join(Account, and_(Account.id == w.account_id, Account.is_admin))
        .where(~confirmed_by_another, somebody_else)
    )  # fmt: skip
    return _weighed(Rule.ADMIN, rows, ADMIN_MINUTES)


def pairs() -> Found:
    """Corrections that added minutes, by whom and to whose line: the same two, again and again.

    Who corrected whom makes no difference; `other` is the second of the two accounts, `of` the
    line that was corrected.
    """
    e, old = HourEntry, aliased(HourEntry)
    added = e.minutes + e.extra_minutes - old.minutes - old.extra_minutes
    added_to = (
        select(e.id, e.community_id, e.recorded_at, old.id.label("old"), added.label("added"),
               case((e.recorded_by < old.recorded_by, e.recorded_by),
                    else_=old.recorded_by).label("one"),
               case((e.recorded_by < old.recorded_by, old.recorded_by),
                    else_=e.recorded_by).label("other"))
        .join(old, old.id == e.replaces)
        .where(booked(e, QUARTER_AGO), e.kind == EntryKind.CORRECTION, holds(e), added > 0)
        .subquery("added_to")
    )  # fmt: skip
    c = added_to.c
    same_two: dict[str, Any] = {"partition_by": (c.community_id, c.one, c.other)}
    told = _told(added_to, c.added, same_two)
    return mark(Rule.PAIR, told.community_id, told.one, told.id, told.recorded_at,
                other=told.other, amount=told.total, count=told.lines, of=told.old).where(
        told.lines >= PAIR, told.nth <= MOST_ROWS
    )  # fmt: skip


def _weighed(rule: Rule, rows: Any, floor: int, percent: int = 0) -> Found:
    """The newest rows of each account whose minutes reach the floor, and such a share."""
    found = rows.subquery(f"{rule}_lines")
    of_one: dict[str, Any] = {"partition_by": (found.c.community_id, found.c.who)}
    told = _told(found, found.c.worth, of_one)
    return mark(rule, told.community_id, told.who, told.id, told.recorded_at,
                amount=told.total, count=told.lines, of=cast(told.everything, Integer)).where(
        told.total >= floor, told.total * 100 >= told.everything * percent,
        told.nth <= MOST_ROWS,
    )  # fmt: skip


def _told(rows: Any, minutes: ColumnElement[int], of_one: dict[str, Any]) -> Any:
    """Each row beside the minutes and the number of its group, the newest being the first."""
    newest = {"order_by": rows.c.id.desc()}
    return select(
        *rows.c,
        cast(func.sum(minutes).over(**of_one), Integer).label("total"),
        cast(func.count().over(**of_one), Integer).label("lines"),
        func.row_number().over(**of_one, **newest).label("nth"),
    ).subquery(f"{rows.name}_told").c  # fmt: skip
