"""What an organizer learns of a person by their own code."""

from dataclasses import dataclass
from datetime import datetime

from volboard.accounts.queries import Person
from volboard.attendance.family_queries import Family
from volboard.attendance.rules import EARLY
from volboard.attendance.standing import HasState
from volboard.core import clock, formats
from volboard.signups.rules import SignupState


@dataclass(frozen=True)
class Due(HasState):
    """A shift in which the person has, or had, a place."""

    shift_id: int
    event_title: str
    shift_title: str
    where: str
    starts_at: datetime
    ends_at: datetime
    is_off: bool
    is_closed: bool
    place: str
    turn: int
    """In the queue, from 1; 0 with a seat."""
    given_back_at: datetime | None
    state: str | None
    came_at: datetime | None
    seen_by: str | None

    @property
    def is_live(self) -> bool:
        return self.place != SignupState.CANCELLED

    @property
    def is_waiting(self) -> bool:
        return self.place == SignupState.WAITING

    @property
    def opens_at(self) -> datetime:
        return self.starts_at - EARLY

    @property
    def is_today(self) -> bool:
        """Whether it is on this Beijing day, or its gate is open already (after midnight)."""
        return formats.as_date(self.starts_at) <= clock.today() or self.opens_at <= clock.now()

    @property
    def takes_in(self) -> bool:
        """Whether its gate is open now."""
        is_on = self.opens_at <= clock.now() < self.ends_at
        return is_on and not self.is_off and not self.is_closed

    @property
    def is_awaited(self) -> bool:
        """Whether the person may still come: it is neither over nor called off, and they have
        not been and gone."""
        may_come = not self.is_off and not self.is_closed and not self.has_left
        return may_come and clock.now() < self.ends_at

    @property
    def can_come_in(self) -> bool:
        """Whether one press checks the person in here and now."""
        seated = self.place == SignupState.SEATED
        return seated and self.takes_in and not self.is_here and not self.has_left


@dataclass(frozen=True)
class OpenGate:
    """A shift that takes people in now, for somebody who has no place in it."""

    shift_id: int
    event_title: str
    shift_title: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    seated: int
    waiting: int

    @property
    def needs_reason(self) -> bool:
        """Whether a seat is given only with a reason."""
        return bool(self.waiting) or self.seated >= self.capacity


@dataclass(frozen=True)
class CodePage:
    """What the page of a code shows."""

    person: Person
    due: tuple[Due, ...]
    families: tuple[Family, ...]
    open_gates: tuple[OpenGate, ...]

    @property
    def today(self) -> tuple[Due, ...]:
        return tuple(one for one in self.due if one.is_today)

    @property
    def ready(self) -> tuple[Due, ...]:
        """Where one press checks in now."""
        return tuple(one for one in self.today if one.can_come_in)

    @property
    def gates(self) -> tuple[OpenGate, ...]:
        """Where the person may walk in: nowhere, while one press does or did it elsewhere, and
        at no gate whose shift overlaps a place that they have."""
        if self.ready or any(one.is_here for one in self.due):
            return ()
        return tuple(gate for gate in self.open_gates if not self._is_due_during(gate))

    def _is_due_during(self, gate: OpenGate) -> bool:
        live = (one for one in self.due if one.is_live and not one.is_off)
        return any(one.starts_at < gate.ends_at and one.ends_at > gate.starts_at for one in live)

    @property
    def next(self) -> Due | None:
        """The next place on another day."""
        later = (one for one in self.due if one.is_live and not one.is_off and not one.is_today)
        return next(later, None)

    def family_at(self, shift_id: int) -> Family | None:
        """The household, where more than this person is expected there."""
        found = (one for one in self.families if one.shift_id == shift_id and len(one.people) > 1)
        return next(found, None)
