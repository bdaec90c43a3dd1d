"""The rows that something odd rests on, with what an organizer has to know of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, String, cast, func, literal, select, true, union_all
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.hours.models import HourEntry, MakeUp
from volboard.oversight.marks import LINE, MAKE_UP, PRESS, Row
from volboard.oversight.sql_time import Minutes

SEER, MAKER = aliased(Volunteer), aliased(Volunteer)


@dataclass(frozen=True)
class Trace:
    """A line, a make-up or a press. Names are whole; pages mask them."""

    kind: str
    id: int
    community_id: int
    event: str
    shift: str
    shift_id: int
    person: str
    account_id: int
    """Whose household the person belongs to."""
    begins: datetime
    ends: datetime
    minutes: int
    """Of a line; of a make-up, how long it says; of a press, what it came to."""
    seen_by: int
    seen_by_name: str
    made_by: int
    made_by_name: str
    made_at: datetime
    asked_at: datetime
    """Of a make-up; else as `made_at`."""
    words: str
    """Of a press, its action and what is odd about it; of a make-up, both phones."""

    @property
    def title(self) -> str:
        """Event and shift, once where they are called the same."""
        return self.event if self.event == self.shift else f"{self.event} · {self.shift}"

    @property
    def accounts(self) -> frozenset[int]:
        """Who pressed, and whose household it is about."""
        return frozenset((self.seen_by, self.made_by, self.account_id))

    @property
    def url(self) -> str:
        """The page that shows the row to an organizer."""
        if self.kind == LINE:
            return f"/organize/hours/{self.id}/correct"
        if self.kind == MAKE_UP:
            return f"/organize/make-ups/{self.id}"
        return f"/organize/shifts/{self.shift_id}/gate"


def traces(rows: Iterable[Row]) -> dict[Row, Trace]:
    """These rows, in one statement."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, number in rows:
        wanted[kind].add(number)
    found = union_all(_lines(wanted[LINE]), _make_ups(wanted[MAKE_UP]), _presses(wanted[PRESS]))
    told = (Trace(*row) for row in db.session.execute(found))
    return {(one.kind, one.id): one for one in told}


def _lines(ids: Iterable[int]) -> Select[Any]:
    e = HourEntry
    when = (e.served_from, e.served_to, e.minutes + e.extra_minutes)
    query = _told(LINE, e.id, when, (e.seen_by, e.recorded_by), e.recorded_at, e.kind)
    return _placed(query.select_from(e), e, e.volunteer_id).where(e.id.in_(sorted(ids)))


def _make_ups(ids: Iterable[int]) -> Select[Any]:
    m = MakeUp
    when = (m.came_at, m.left_at, Minutes(m.left_at, m.came_at))
    who = (m.asked_by, func.coalesce(m.decided_by, m.asked_by))
    query = _told(MAKE_UP, m.id, when, who, func.coalesce(m.decided_at, m.asked_at),
                  m.asked_with + "\n" + m.decided_with, m.asked_at)  # fmt: skip
    return _placed(query.select_from(m), m, m.volunteer_id).where(m.id.in_(sorted(ids)))


def _presses(ids: Iterable[int]) -> Select[Any]:
    log, a = AttendanceLog, Attendance
    arrived = func.coalesce(log.received_at, log.at)
    who, e = (func.coalesce(log.seen_by, log.by), log.by), HourEntry
    came_to = (
        select(func.coalesce(func.sum(e.minutes + e.extra_minutes), 0))
        .where(e.attendance_id == log.attendance_id)
        .scalar_subquery()
    )
    query = _told(PRESS, log.id, (log.at, arrived, cast(came_to, Integer)), who, arrived,
                  log.action + " " + log.flag)  # fmt: skip
    query = query.select_from(log).join(a, a.id == log.attendance_id)
    return _placed(query, a, a.volunteer_id).where(log.id.in_(sorted(ids)))


def _told(
    kind: str, number: Any, when: tuple[Any, ...], who: tuple[Any, Any], made_at: Any,
    words: Any, asked_at: Any = None,
) -> Select[Any]:  # fmt: skip
    """The columns of `Trace`, without where they come from."""
    return select(cast(literal(kind), String), number, Event.community_id, Event.title,
                  Shift.title, Shift.id, Volunteer.name, Volunteer.account_id, *when,
                  who[0], SEER.name, who[1], MAKER.name, made_at,
                  made_at if asked_at is None else asked_at, words).where(
        SEER.account_id == who[0], SEER.is_self, MAKER.account_id == who[1], MAKER.is_self
    )  # fmt: skip


def _placed(query: Select[Any], row: Any, volunteer: Any) -> Select[Any]:
    return (
        query.join(Volunteer, Volunteer.id == volunteer)
        .join(Shift, Shift.id == row.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(SEER, true())
        .join(MAKER, true())
    )
