"""What the judge reads from the rows of a book, and what it makes of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Press:
    """A press as it stands in the log."""

    action: str
    at: datetime
    arrived: datetime
    """When the server had it."""
    by: int
    how: str
    order: tuple[Any, ...]
    phone: tuple[int, str]
    offline: bool


@dataclass(frozen=True)
class Visit:
    """Somebody's attendance of a shift."""

    attendance: int
    volunteer: int
    account: int
    shift: int
    starts: datetime
    ends: datetime
    recorded_at: datetime
    """When it became a line."""


@dataclass(frozen=True)
class Hand:
    """Who asked or approved, and on which phone."""

    account: int | None
    phone: str | None


@dataclass(frozen=True)
class Line:
    """A line of the ledger."""

    id: int
    kind: str
    volunteer: int
    attendance: int
    recorded_by: int
    minutes: int
    extra: int
    served_from: datetime
    before: int
    """Minutes of the line that it replaces; without one no line could better it."""
    is_undone: bool
    request: tuple[Hand, Hand] | None
    """Who asked for it and who approved, where it was made up."""

    @property
    def holds(self) -> bool:
        return self.kind != "reversal" and not self.is_undone


@dataclass(frozen=True)
class Stand:
    """Who really stands for a line."""

    organizers: frozenset[int]
    own: bool
    """Whether the household's own phone does, and nobody else's hand on it."""
    accounts: frozenset[int]
    """Everybody who pressed or signed, whether it counts or not."""
