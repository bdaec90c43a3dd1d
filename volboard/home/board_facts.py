"""The board as its page shows it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Slip:
    """One event on the board. Seats are summed over its shifts that are not over."""

    id: int
    title: str
    title_en: str
    place: str
    mark: str
    community: str
    is_cancelled: bool
    day: date
    """In Beijing: of its next shift; where none is left, of the event."""
    starts_at: datetime
    ends_at: datetime
    """Start and end of the whole event, or of the next shift where the event runs over days."""
    until: date | None
    """The last day of an event that runs over several days."""
    is_on: bool
    is_over: bool
    capacity: int
    waiting: int
    left: int
    """Places for whoever comes next: none in a shift that has a queue."""

    @property
    def taken(self) -> int:
        """Places that nobody can have now, sat on or not."""
        return self.capacity - self.left

    @property
    def state(self) -> str:
        """How the slip looks: open, full, over or off."""
        if self.is_cancelled:
            return "off"
        if self.is_over:
            return "over"
        return "open" if self.left else "full"


@dataclass(frozen=True, slots=True)
class BoardPage:
    """At most a dozen slips by time, and whether there are more."""

    slips: tuple[Slip, ...]
    has_more: bool
