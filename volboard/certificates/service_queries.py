"""What the ledger holds for a proof: the lines that stand, their sum, and the chain's end."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.accounts.name_queries import names_of
from volboard.certificates.rules import Facts, FormerName, ServiceLine
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db, locked
from volboard.core.formats import as_date, clock_time
from volboard.events.models import Event, Shift
from volboard.hours.models import HourChain, HourEntry, LedgerSeal
from volboard.hours.rules import EntryKind

WORTH = HourEntry.minutes + HourEntry.extra_minutes


@dataclass(frozen=True)
class Served:
    """That one of a household has hours in a community, since when and how many minutes."""

    volunteer_id: int
    name: str
    community_id: int
    community_name: str
    first_day: date
    minutes: int

    @property
    def key(self) -> str:
        """What a form calls this choice."""
        return f"{self.volunteer_id}-{self.community_id}"


def served(account_id: int) -> tuple[Served, ...]:
    """Where the household has hours, itself first; one statement."""
    v, c, e = Volunteer, Community, HourEntry
    rows = db.session.execute(
        select(v.id, v.name, c.id, c.name, func.min(e.served_from), func.sum(WORTH))
        .join(e, e.volunteer_id == v.id)
        .join(c, c.id == e.community_id)
        .where(v.account_id == account_id, v.removed_at.is_(None))
        .group_by(v.id, v.name, v.is_self, c.id, c.name)
        .having(func.sum(WORTH) > 0)
        .order_by(v.is_self.desc(), v.id, c.id)
    )
    return tuple(
        Served(volunteer, name, community, place, as_date(first), int(minutes))
        for volunteer, name, community, place, first, minutes in rows
    )


def hold_chain(volunteer_id: int) -> str:
    """The end of the volunteer's chain, held until the transaction ends; empty without lines."""
    chain = locked(select(HourChain).where(HourChain.volunteer_id == volunteer_id), of=HourChain)
    found = db.session.scalars(chain).one_or_none()
    return found.digest if found else ""


def lines_that_hold(
    volunteer_id: int, community_id: int, first: date, last: date
) -> tuple[ServiceLine, ...]:
    """The lines of the days from `first` to `last` that nothing took back, in order."""
    e, undone = HourEntry, aliased(HourEntry)
    rows = db.session.execute(
        select(e.served_from, e.served_to, Event.title, Shift.title, Event.place, WORTH,
               e.extra_minutes, e.make_up_id.is_not(None))
        .join(Shift, Shift.id == e.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .outerjoin(undone, undone.reverses == e.id)
        .where(e.volunteer_id == volunteer_id, e.community_id == community_id,
               e.kind != EntryKind.REVERSAL, undone.id.is_(None), _within(first, last))
        .order_by(e.served_from, e.id)
    )  # fmt: skip
    return tuple(_line(row) for row in rows)


def former_names(volunteer_id: int, lines: tuple[ServiceLine, ...]) -> tuple[FormerName, ...]:
    """How the volunteer was called since the first of the lines, up to now; one statement."""
    if not lines:
        return ()
    began = clock.instant(date.fromisoformat(lines[0].day), time.fromisoformat(lines[0].came))
    return tuple(
        FormerName(one.old, one.new, as_date(one.at).isoformat())
        for one in names_of(volunteer_id)
        if one.at > began
    )


def minutes_now(volunteer_id: int, community_id: int, first: date, last: date) -> int:
    """What all lines of these days are worth today."""
    e = HourEntry
    query = select(func.coalesce(func.sum(WORTH), 0)).where(
        e.volunteer_id == volunteer_id, e.community_id == community_id, _within(first, last)
    )
    return int(db.session.scalars(query).one())


def ledger_confirms(facts: Facts) -> bool:
    """Whether the ledger, as it ended when a proof was issued, has the minutes that it tells.

    The ledger only grows, so it always does for a proof that nobody changed.
    """
    e = HourEntry
    end = select(e.position).where(
        e.volunteer_id == facts.volunteer_id, e.digest == facts.ledger_digest
    )
    place = db.session.scalar(end)
    if place is None:
        return False
    days = date.fromisoformat(facts.first_day), date.fromisoformat(facts.last_day)
    then = select(func.coalesce(func.sum(WORTH), 0)).where(
        e.volunteer_id == facts.volunteer_id, e.community_id == facts.community_id,
        e.position <= place, _within(*days),
    )  # fmt: skip
    return int(db.session.scalars(then).one()) == facts.minutes


@dataclass(frozen=True)
class Head:
    """The published head over all chains at the end of a day."""

    day: date
    entries: int
    digest: str


def latest_heads(limit: int) -> tuple[Head, ...]:
    """The last published heads, the newest first."""
    s = LedgerSeal
    query = select(s.day, s.entries, s.digest).order_by(s.day.desc()).limit(limit)
    return tuple(Head(*row) for row in db.session.execute(query))


def last_seal() -> tuple[str, str]:
    """Day and digest of the last published head over all chains; empty before the first."""
    heads = latest_heads(1)
    return (heads[0].day.isoformat(), heads[0].digest) if heads else ("", "")


def _within(first: date, last: date) -> ColumnElement[bool]:
    """That a line was served on one of these days in Beijing."""
    begins = clock.instant(first, time())
    ends = clock.instant(last + timedelta(days=1), time())
    return and_(HourEntry.served_from >= begins, HourEntry.served_from < ends)


def _line(row: Any) -> ServiceLine:
    came, left, title, content, place, minutes, extra, make_up = row
    return ServiceLine(as_date(came).isoformat(), clock_time(came), clock_time(left), title,
                       content, place, minutes, extra, bool(make_up))  # fmt: skip
