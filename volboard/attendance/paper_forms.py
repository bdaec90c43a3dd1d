"""What is typed in from the printed list: a tick and two clock times for each person."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from flask_babel import gettext as _

from volboard.attendance.paper import PaperLine
from volboard.attendance.paper_queries import Listed
from volboard.attendance.paper_rules import meant, opens
from volboard.core import clock
from volboard.events.queries import ShiftFact

CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")
LONGEST = 40
"""Of what comes back into the field, however long it was."""


@dataclass(frozen=True)
class PaperRow:
    """One person of the list with what was typed beside the name."""

    person: Listed
    is_own: bool
    ticked: bool
    came: str
    left: str
    error: str = ""

    @property
    def can_be_typed(self) -> bool:
        """Whether the list can still tell something of this person, to this organizer."""
        return not self.is_own and not self.person.has_left


def blank_rows(people: Iterable[Listed], shift: ShiftFact, viewer_id: int) -> tuple[PaperRow, ...]:
    """The list before anything was typed: the planned times, as far as they have come."""
    came = as_typed(shift.starts_at)
    left = as_typed(shift.ends_at) if shift.ends_at <= clock.now() else ""
    return tuple(PaperRow(one, one.account_id == viewer_id, False, came, left) for one in people)


def typed_rows(blank: Iterable[PaperRow], sent: Mapping[str, str]) -> tuple[PaperRow, ...]:
    """The list as it was sent; a line without a tick keeps what was typed."""
    return tuple(_typed(row, sent) for row in blank)


def _typed(row: PaperRow, sent: Mapping[str, str]) -> PaperRow:
    if not row.can_be_typed:
        return row
    number = row.person.volunteer_id
    came, left = (sent.get(f"{name}-{number}", "").strip()[:LONGEST] for name in ("came", "left"))
    ticked = f"tick-{number}" in sent
    wrong = ticked and any(typed and _time(typed) is None for typed in (came, left))
    error = _("请按 09:05 这样写时间。") if wrong else ""
    return replace(row, ticked=ticked, came=came, left=left, error=error)


def with_problems(rows: Iterable[PaperRow], problems: Mapping[int, str]) -> tuple[PaperRow, ...]:
    """The list with the sentence at each line that could not be written."""
    return tuple(
        replace(row, error=problems.get(row.person.volunteer_id, row.error)) for row in rows
    )


def lines_of(rows: Iterable[PaperRow], shift: ShiftFact) -> tuple[PaperLine, ...]:
    """The ticked lines, as instants."""
    return tuple(_line(row, shift) for row in rows if row.ticked)


def _line(row: PaperRow, shift: ShiftFact) -> PaperLine:
    starts_at, ends_at = shift.starts_at, shift.ends_at
    came = row.person.checked_in_at if row.person.is_here else None
    if came is None:
        came = _instant(row.came, starts_at, ends_at, opens(starts_at))
    left = _instant(row.left, starts_at, ends_at, came or starts_at)
    return PaperLine(row.person.volunteer_id, came, left)


def _instant(
    typed: str, starts_at: datetime, ends_at: datetime, after: datetime
) -> datetime | None:
    at = _time(typed)
    return meant(at, starts_at, ends_at, after) if at else None


def _time(typed: str) -> time | None:
    if not CLOCK.fullmatch(typed):
        return None
    try:
        hour, minute, second = (int(part) for part in f"{typed}:00".split(":")[:3])
        return time(hour, minute, second)
    except ValueError:
        return None


def as_typed(instant: datetime) -> str:
    """The instant as a time field shows it: 09:05."""
    return clock.local(instant).strftime("%H:%M")
