"""What the ledger's pages read: a line with its evidence, a month, and the whole."""

from dataclasses import dataclass
from datetime import date, datetime

from volboard.hours.rules import EntryKind
from volboard.hours.star_facts import Shelf
from volboard.hours.times import Times


@dataclass(frozen=True)
class Line:
    """A line of the ledger as its owner reads it; minutes are whole, below zero if taken back."""

    id: int
    kind: str
    minutes: int
    """Of presence."""
    extra_minutes: int
    """What the community adds for the night minutes."""
    planned_minutes: int
    served_from: datetime
    served_to: datetime
    how: str
    seen_at: datetime
    device: str
    reason: str
    recorded_at: datetime
    event_id: int
    event_title: str
    shift_title: str
    community_name: str
    seen_by: str
    """The full name; pages mask it. Of a make-up: who asked for it."""
    recorded_by: str
    reversed_by: int | None
    """The line that took this one back."""
    make_up_id: int | None
    approved_by: str | None
    """Who approved the make-up that the line rests on, and when."""
    approved_at: datetime | None
    is_lasting: bool
    """A reversal that nothing stands in for."""
    attendance_id: int | None
    """The presence that it rests on; none for what was made up."""
    times: Times
    """When they came and went, and who said so."""

    @property
    def worth(self) -> int:
        """What the line adds to the total."""
        return self.minutes + self.extra_minutes

    @property
    def is_make_up(self) -> bool:
        """Whether it was entered afterwards, also where it was corrected or taken back since."""
        return self.make_up_id is not None

    @property
    def is_reversal(self) -> bool:
        return self.kind == EntryKind.REVERSAL

    @property
    def is_correction(self) -> bool:
        return self.kind == EntryKind.CORRECTION


@dataclass(frozen=True)
class Month:
    """The minutes served in a month; the first day names it."""

    first: date
    minutes: int


@dataclass(frozen=True)
class Ledger:
    """A volunteer's hours, also those on other pages."""

    volunteer_id: int
    lines: tuple[Line, ...]
    months: tuple[Month, ...]
    shelves: tuple[Shelf, ...]
    """Community by community, with the stars."""
    page: int
    pages: int

    @property
    def total(self) -> int:
        """The sum of all lines."""
        return sum(shelf.minutes for shelf in self.shelves)

    @property
    def make_up(self) -> int:
        """Of the total, what was entered afterwards."""
        return sum(shelf.make_up for shelf in self.shelves)

    @property
    def shown(self) -> int:
        """The minutes of the lines that were asked for, on all pages."""
        return sum(shelf.within for shelf in self.shelves)
