"""The rules about what an account did: make-ups, corrections, and presses at the gate."""

from typing import Any

from sqlalchemy import Select, String, and_, cast, func, literal, or_, select, text, union_all
from sqlalchemy.orm import aliased

from volboard.attendance.models import Attendance, AttendanceLog
from volboard.events.models import Event, Shift
from volboard.hours.models import HourEntry, MakeUp
from volboard.hours.rules import EntryKind, MakeUpState
from volboard.oversight.asked import PLACES, QUARTER_AGO, YEAR_AGO
from volboard.oversight.line_sql import Found, booked, in_runs, mark, seconds
from volboard.oversight.rules import BURST, HASTE, SOLE, Rule
from volboard.oversight.sql_time import Within

HEX = "0123456789abcdef"
FLAGGED = text("attendance_log.flag <> ''")
ON_PAPER = text("attendance_log.how = 'paper'")
"""In these very words, for the indexes over such presses are told by them."""


def bursts() -> Found:
    """What one account entered within two minutes: requests, approvals, corrections, lists."""
    m, e = MakeUp, HourEntry
    acts = union_all(
        select(m.community_id, m.asked_by.label("who"), m.id, m.asked_at.label("at"),
               _words("asked").label("what"))
        .where(m.community_id.in_(PLACES), m.asked_at > YEAR_AGO),
        select(m.community_id, m.decided_by, m.id, m.decided_at, _words("approved"))
        .where(m.community_id.in_(PLACES), m.state == MakeUpState.APPROVED,
               m.decided_at > YEAR_AGO),
        select(e.community_id, e.recorded_by, e.id, e.recorded_at, _words("corrected"))
        .where(booked(e), e.kind == EntryKind.REVERSAL),
        presses(and_(ON_PAPER, AttendanceLog.action == "in"), "paper"),
    ).subquery("acts")  # fmt: skip
    found = in_runs(acts, acts.c.who, acts.c.at, BURST, HASTE).c
    return mark(Rule.BURST, found.community_id, found.who, found.id, found.at,
                what=found.what).where(found.in_a_run == 1)  # fmt: skip


def sole(rule: Rule) -> Found:
    """The make-ups of a community of which one account asked for all, or approved all."""
    m, one = MakeUp, aliased(MakeUp)
    approves = rule is Rule.SOLE_APPROVER
    who, whose = (m.decided_by, one.decided_by) if approves else (m.asked_by, one.asked_by)
    counts = (MakeUpState.APPROVED,) if approves else (
        MakeUpState.WAITING, MakeUpState.APPROVED, MakeUpState.REFUSED)  # fmt: skip
    alone = (
        select(one.community_id)
        .where(one.community_id.in_(PLACES), one.state.in_(counts),
               one.asked_at > QUARTER_AGO)
        .group_by(one.community_id)
        .having(func.count() >= SOLE, func.count(whose.distinct()) == 1)
    )  # fmt: skip
    return mark(rule, m.community_id, who, m.id, m.asked_at).where(
        m.community_id.in_(alone), m.state.in_(counts), m.asked_at > QUARTER_AGO
    )


def hasty() -> Found:
    """Make-ups approved within two minutes, or on a phone that looks like the one that asked."""
    m = MakeUp
    alike = and_(func.rtrim(m.asked_with, HEX) == func.rtrim(m.decided_with, HEX),
                 func.rtrim(m.asked_with, HEX) != "")  # fmt: skip
    return mark(Rule.HASTY, m.community_id, m.asked_by, m.id, m.decided_at).where(
        m.community_id.in_(PLACES), m.state == MakeUpState.APPROVED, m.decided_at > YEAR_AGO,
        or_(Within(m.decided_at, m.asked_at, seconds(HASTE)), alike),
    )  # fmt: skip


def odd_phones() -> Found:
    """Presses of phones that were offline, with a wrong clock, cut, or after closing."""
    found = presses(FLAGGED, "flagged").subquery("odd_presses").c
    return mark(Rule.PHONE, found.community_id, found.by, found.id, found.at)


def presses(which: Any, name: str) -> Select[Any]:
    """Presses of one kind in these communities, found by the index over that kind."""
    log, a, s, e = AttendanceLog, Attendance, Shift, Event
    few = (
        select(log.id, log.attendance_id, log.by,
               func.coalesce(log.received_at, log.at).label("at"))
        .where(which, log.at > YEAR_AGO)
        .cte(name)
        .prefix_with("MATERIALIZED")
    ).c  # fmt: skip
    of_them = few.id.table
    return (
        select(e.community_id, few.by, few.id, few.at, _words(name).label("what"))
        .select_from(of_them)
        .join(a, a.id == few.attendance_id)
        .join(s, s.id == a.shift_id)
        .join(e, e.id == s.event_id)
        .where((e.community_id + 0).in_(PLACES))
    )  # fmt: skip


def _words(kind: str) -> Any:
    return cast(literal(kind), String)
