"""What is known of events and shifts, as pages and commands read it."""

from dataclasses import dataclass
from datetime import date, datetime

from volboard.events.rules import Ages, ShiftKind, gathering


@dataclass(frozen=True)
class ShiftFact:
    """One post in one time window, with its seats."""

    id: int
    event_id: int
    title: str
    kind: str
    briefing: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    minimum: int
    opens_at: datetime | None
    cancel_notice: int
    """Minutes before the start until which a place can be given back."""
    seated: int
    waiting: int
    called_off_at: datetime | None
    closed_at: datetime | None
    call_minutes: int = 0
    skill: str = ""
    """What one has to be able to do, in words; empty: nothing special."""
    ages: str = Ages.ANY

    @property
    def call_at(self) -> datetime | None:
        """When people gather; none where they simply come on time."""
        return gathering(self.starts_at, self.call_minutes) if self.call_minutes else None

    @property
    def places_left(self) -> int:
        """Free places for whoever comes next: none while anybody waits."""
        return 0 if self.waiting else max(self.capacity - self.seated, 0)

    @property
    def is_service(self) -> bool:
        """Whether attendance earns hours."""
        return self.kind == ShiftKind.SERVICE

    @property
    def planned_minutes(self) -> int:
        """Length in whole minutes, rounded down."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@dataclass(frozen=True)
class EventFact:
    """An event; `shifts` by their start, empty where a single shift was asked for."""

    id: int
    community_id: int
    community_name: str
    team_id: int | None
    team_name: str | None
    festival: str | None
    mark: str
    title: str
    story: str
    place: str
    safety: str
    contact_name: str
    contact_phone: str
    state: str
    cancel_reason: str
    starts_at: datetime
    ends_at: datetime
    published_at: datetime | None
    series_id: int | None = None
    series_day: date | None = None
    """The day for which its series made it; it may have been moved since."""
    title_en: str = ""
    story_en: str = ""
    """For an English page; empty: it shows the Chinese ones."""
    shifts: tuple[ShiftFact, ...] = ()


@dataclass(frozen=True)
class ManagedShift:
    """A shift with its event (without the event's other shifts)."""

    event: EventFact
    shift: ShiftFact


@dataclass(frozen=True)
class Change:
    """One thing that changed after the announcement."""

    at: datetime
    sentence: str


@dataclass(frozen=True)
class DeskEvent:
    """An event as a line of the desk; the sums leave out shifts that were called off."""

    id: int
    title: str
    mark: str
    festival: str | None
    community_name: str
    state: str
    starts_at: datetime
    ends_at: datetime
    shifts: int
    seated: int
    waiting: int
    capacity: int


@dataclass(frozen=True)
class Held:
    """An event that was held before, from which another can be made."""

    id: int
    title: str
    festival: str | None
    starts_at: datetime


@dataclass(frozen=True)
class DeskPage:
    """One page of the desk's list; `more` tells whether another follows."""

    events: tuple[DeskEvent, ...]
    page: int
    more: bool
