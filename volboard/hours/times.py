"""When somebody came and went, what of it counts, and who said so: the evidence of a line.

The gate stands above this floor, so its table is known here by name only.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, column, table
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.core.db import UTCDateTime
from volboard.events.models import Shift
from volboard.hours.models import HourEntry
from volboard.hours.rules import FORGOTTEN, EntryKind, Stay, read

GATE = table("attendances", column("id"), column("checked_out_at", UTCDateTime()),
             column("checked_out_by"))  # fmt: skip
PREFIX = "times_"


@dataclass(frozen=True)
class Times:
    """What is kept of one line; names are whole, pages mask them."""

    kind: str
    how: str
    seen_at: datetime
    seen_by: str
    device: str
    served_from: datetime
    served_to: datetime
    starts_at: datetime
    ends_at: datetime
    """From when to when the shift was."""
    rule: str
    away: str
    night_minutes: int
    extra_minutes: int
    left_at: datetime | None
    """When they were signed out, as the gate has it now."""
    left_by: str | None
    left_by_account: int | None
    account_id: int
    """Whose household the line is in."""
    closed_at: datetime | None
    closed_by: str | None

    @property
    def breaks(self) -> tuple[Stay, ...]:
        """When the person was away in between."""
        return read(self.away)

    @property
    def is_reversal(self) -> bool:
        return self.kind == EntryKind.REVERSAL

    @property
    def is_from_the_gate(self) -> bool:
        """Whether the gate saw these very times: not made up, corrected or taken back."""
        return self.kind == EntryKind.CREDIT

    @property
    def forgot_to_sign_out(self) -> bool:
        return self.rule == FORGOTTEN

    @property
    def signed_out_at(self) -> datetime | None:
        """When they were signed out, where that is what the line rests on: the gate may have
        heard of another time after the line was written."""
        is_kept = self.left_at is not None and min(self.left_at, self.ends_at) == self.served_to
        return self.left_at if is_kept and not self.forgot_to_sign_out else None

    @property
    def signed_out_alone(self) -> bool:
        """Whether their own phone did it."""
        return self.left_by_account == self.account_id


NAMES = tuple(field.name for field in fields(Times))


def with_times(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The query of lines (`HourEntry` and its `Shift`), with what `told` reads."""
    e, s, a = HourEntry, Shift, GATE.c
    whose, seen, out, closer = (aliased(Volunteer) for _name in range(4))
    columns = {
        "kind": e.kind, "how": e.how, "seen_at": e.seen_at, "seen_by": seen.name,
        "device": e.device, "served_from": e.served_from, "served_to": e.served_to,
        "starts_at": s.starts_at, "ends_at": s.ends_at, "rule": e.rule, "away": e.breaks,
        "night_minutes": e.night_minutes, "extra_minutes": e.extra_minutes,
        "left_at": a.checked_out_at, "left_by": out.name, "left_by_account": a.checked_out_by,
        "account_id": whose.account_id, "closed_at": s.closed_at, "closed_by": closer.name,
    }  # fmt: skip
    return (
        query.add_columns(*(columns[name].label(PREFIX + name) for name in NAMES))
        .join(whose, whose.id == e.volunteer_id)
        .join(seen, and_(seen.account_id == e.seen_by, seen.is_self))
        .outerjoin(GATE, a.id == e.attendance_id)
        .outerjoin(out, and_(out.account_id == a.checked_out_by, out.is_self))
        .outerjoin(closer, and_(closer.account_id == s.closed_by, closer.is_self))
    )


def told(row: Row[*tuple[Any, ...]]) -> list[Any]:
    """The columns of a query before `with_times`, and the `Times` that it added."""
    times = Times(**{name: getattr(row, PREFIX + name) for name in NAMES})
    return [*list(row)[: -len(NAMES)], times]
