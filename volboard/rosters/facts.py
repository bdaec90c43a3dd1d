"""What the exports tell: a person at an event, a person at home here, a line of the ledger."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Seat:
    """Somebody with a place in a shift of an event."""

    shift: str
    starts_at: datetime
    ends_at: datetime
    account_id: int
    name: str
    phone: str
    """E.164."""
    state: str
    made_by_other: bool
    asked_at: datetime | None
    """When 还来吗 was asked."""
    said_at: datetime | None
    attendance: str | None
    came_at: datetime | None
    left_at: datetime | None
    minutes: int


@dataclass(frozen=True)
class Resident:
    """Somebody at home in a community."""

    account_id: int
    name: str
    phone: str
    is_self: bool
    relation: str
    skills: str
    since: datetime
    is_verified: bool
    minutes: int
    """Credited in this community."""
    volunteer_id: int
    teams: str = ""


@dataclass(frozen=True)
class Served:
    """A line of the ledger with its evidence; minutes below zero where it takes one back."""

    volunteer_id: int
    account_id: int
    name: str
    phone: str
    event: str
    shift: str
    place: str
    contact: str
    """Who is in charge of the event."""
    kind: str
    served_from: datetime
    served_to: datetime
    minutes: int
    extra_minutes: int
    how: str
    seen_at: datetime
    seen_by: str
    recorded_at: datetime
    recorded_by: str
    reason: str
    is_make_up: bool

    @property
    def worth(self) -> int:
        """What the line adds to the total."""
        return self.minutes + self.extra_minutes
