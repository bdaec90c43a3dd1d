"""What a volunteer reads of their hours: total, months, and each line with its evidence."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, and_, exists, func, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.hours.facts import Ledger, Line, Month
from volboard.hours.models import EntryReason, HourEntry, MakeUp
from volboard.hours.rules import EntryKind, Stay
from volboard.hours.star_queries import EVER, WORTH, shelves
from volboard.hours.times import told, with_times

__all__ = ["Ledger", "Line", "Month"]
LINES_A_PAGE = 30
MONTHS = 12


def ledger(volunteer_id: int, page: int = 1, within: Stay | None = None) -> Ledger:
    """The whole of a volunteer's hours in three statements, newest service first.

    With `within` only the lines of service that began in that time; the totals stay whole.
    """
    inside = _began(within)
    shelf = shelves((volunteer_id,), inside).get(volunteer_id, ())
    pages = max(1, -(-sum(one.lines for one in shelf) // LINES_A_PAGE))
    page = min(max(1, page), pages)
    return Ledger(volunteer_id, _lines(volunteer_id, page, inside), _months(volunteer_id),
                  shelf, page, pages)  # fmt: skip


def _began(within: Stay | None) -> ColumnElement[bool]:
    if within is None:
        return EVER
    return and_(HourEntry.served_from >= within[0], HourEntry.served_from < within[1])


def _lines(volunteer_id: int, page: int, inside: ColumnElement[bool]) -> tuple[Line, ...]:
    e, m, seen, recorded = HourEntry, MakeUp, aliased(Volunteer), aliased(Volunteer)
    approved, undone, anew = aliased(Volunteer), aliased(HourEntry), aliased(HourEntry)
    lasts = and_(e.kind == EntryKind.REVERSAL, ~exists().where(anew.replaces == e.reverses))
    query = (
        select(e.id, e.kind, e.minutes, e.extra_minutes, e.planned_minutes,
               e.served_from, e.served_to, e.how, e.seen_at, e.device,
               func.coalesce(EntryReason.words, ""), e.recorded_at, Event.id, Event.title,
               Shift.title, Community.name, seen.name, recorded.name,
               undone.id, e.make_up_id, approved.name, m.decided_at, lasts, e.attendance_id)
        .join(Shift, Shift.id == e.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(Community, Community.id == e.community_id)
        .join(seen, (seen.account_id == e.seen_by) & seen.is_self)
        .join(recorded, (recorded.account_id == e.recorded_by) & recorded.is_self)
        .outerjoin(m, m.id == e.make_up_id)
        .outerjoin(approved, (approved.account_id == m.decided_by) & approved.is_self)
        .outerjoin(undone, undone.reverses == e.id)
        .outerjoin(EntryReason, EntryReason.entry_id == e.id)
        .where(e.volunteer_id == volunteer_id, inside)
        .order_by(Shift.starts_at.desc(), e.attendance_id.desc(), e.id.desc())
        .limit(LINES_A_PAGE)
        .offset((page - 1) * LINES_A_PAGE)
    )  # fmt: skip
    rows = db.session.execute(with_times(query))
    return tuple(Line(*told(row)) for row in rows)


def _months(volunteer_id: int) -> tuple[Month, ...]:
    """The last twelve months in Beijing, this one last."""
    firsts = last_months(clock.today(), MONTHS)
    rows = db.session.execute(
        select(HourEntry.served_from, WORTH).where(
            HourEntry.volunteer_id == volunteer_id,
            HourEntry.served_from >= clock.instant(firsts[0], datetime.min.time()),
        )
    )
    sums = month_sums(rows.all())
    return tuple(Month(first, sums.get(first, 0)) for first in firsts)


def month_sums(rows: Iterable[Row[datetime, int]]) -> dict[date, int]:
    """Minutes by the first day of their Beijing month."""
    sums: dict[date, int] = defaultdict(int)
    for served_from, minutes in rows:
        sums[clock.local(served_from).date().replace(day=1)] += minutes
    return dict(sums)


def last_months(today: date, count: int) -> tuple[date, ...]:
    """The first days of the last `count` months, in order, this month included."""
    months = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(count)]
    return tuple(date(year, month + 1, 1) for year, month in reversed(months))
