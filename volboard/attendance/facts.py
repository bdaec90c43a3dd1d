"""What the gate knows of a person and of a shift, as pages read it."""

from dataclasses import dataclass
from datetime import datetime

from volboard.attendance.rules import AttendanceState, can_undo
from volboard.attendance.standing import HasPlace
from volboard.core import clock
from volboard.events.queries import ManagedShift
from volboard.hours.rules import Stay


@dataclass(frozen=True)
class GateRow(HasPlace):
    """A person at the gate; pages mask name and phone."""

    volunteer_id: int
    account_id: int
    name: str
    phone: str
    place: str | None
    jump_reason: str | None
    state: str | None
    checked_in_at: datetime | None
    checked_in_by: str | None
    checked_out_at: datetime | None
    checked_out_by: str | None
    back_at: datetime | None = None
    """When the person last came back from a break."""
    missed: int = 0
    """How often they did not come lately, where the community wants it seen."""

    @property
    def can_undo(self) -> bool:
        """Whether the last press for this person can still be taken back."""
        last = self.checked_out_at or self.back_at or self.checked_in_at
        return last is not None and can_undo(last, clock.now())


@dataclass(frozen=True)
class Found:
    """Whom a search may mean; `more` where there are others, so that one types on."""

    rows: tuple[GateRow, ...] = ()
    more: bool = False
    alike: frozenset[int] = frozenset()
    """Volunteers whose name is written otherwise and only sounds like what was typed."""


@dataclass(frozen=True)
class GateCount:
    """The live count of a shift."""

    expected: int
    came: int
    """Everybody who was checked in, also those who have left."""
    here: int
    missing: int
    """Who has a seat and has not been checked in."""
    excused: int = 0
    """Of the missing, who got the seat from the queue too late to give it back."""

    @property
    def absent(self) -> int:
        """How many closing would mark."""
        return max(self.missing - self.excused, 0)


@dataclass(frozen=True)
class ResultRow:
    """One line of a closed shift's list."""

    counts: int
    """Whole minutes that the presence amounts to, by the rule of closing."""
    away: tuple[Stay, ...]
    """When the person was away in between."""
    volunteer_id: int
    account_id: int
    name: str
    phone: str
    state: str
    checked_in_at: datetime | None
    checked_in_by: str | None
    checked_out_at: datetime | None
    entry_id: int | None
    """The line that holds now; none where nothing is credited."""
    entry_kind: str | None
    minutes: int | None
    served_from: datetime | None
    served_to: datetime | None
    rule: str | None
    was_credited: bool
    """Whether the ledger ever held a line for this attendance."""
    attendance_id: int
    answer: str
    """What the volunteer says to not having come."""
    excuse: str
    """Why an organizer excused it; empty where nobody did."""
    came_late_in: bool
    """Whether a phone sent a press only after the gate was closed."""

    @property
    def is_absent(self) -> bool:
        return self.state == AttendanceState.ABSENT

    @property
    def asks_for_a_look(self) -> bool:
        """Whether a late press could not change what is credited already."""
        return self.came_late_in and self.was_credited

    @property
    def waits_for_credit(self) -> bool:
        """Came, has minutes, and nobody has credited them yet."""
        return self.counts > 0 and not self.was_credited


@dataclass(frozen=True)
class Result:
    """A closed shift: who came, and what was credited."""

    managed: ManagedShift
    rows: tuple[ResultRow, ...]

    @property
    def came(self) -> tuple[ResultRow, ...]:
        return tuple(row for row in self.rows if not row.is_absent)

    @property
    def absent(self) -> tuple[ResultRow, ...]:
        return tuple(row for row in self.rows if row.is_absent)

    @property
    def minutes(self) -> int:
        """The sum of what the ledger holds for this shift."""
        return sum(row.minutes or 0 for row in self.rows)

    def waiting_for(self, account_id: int) -> int:
        """How many wait for a credit that this account may give."""
        return sum(row.waits_for_credit and row.account_id != account_id for row in self.rows)

    def left_by(self, account_id: int) -> int:
        """How many of this account's own household wait for somebody else."""
        return sum(row.waits_for_credit and row.account_id == account_id for row in self.rows)
