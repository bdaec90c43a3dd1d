"""When a presence becomes minutes: on whom it rests, and what it still lacks (docs/adr/0032)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

LATE_MINUTES = 6 * 60
"""Evidence that comes in longer after the shift's end than this is late."""
CAP_MINUTES = 12 * 60
CAP_SPAN = timedelta(days=30)
"""Minutes that rest on one organizer for one volunteer wait beyond this in so many days."""
LAPSES_AFTER = timedelta(days=30)
"""After this nobody can confirm any more, until the volunteer asks again."""
FROM_BEFORE = 0
"""Stands for whoever checked the person in before it was kept who did."""


class Role(StrEnum):
    """As whom somebody stands for a presence."""

    ORGANIZER = "organizer"
    VOLUNTEER = "volunteer"
    """The household's own account."""


class Sign(StrEnum):
    """By what somebody stands for a presence."""

    PRESS = "press"
    """An organizer's press for in, out or back."""
    CODE = "code"
    """The volunteer showed their own code."""
    VENUE = "venue"
    """They scanned the code on the venue's screen."""
    WALL_CODE = "wall_code"
    """They scanned the venue's printed code."""
    SIGNUP = "signup"
    """They signed up themselves, before the shift ended."""
    COMING = "coming"
    """They answered that they would come."""
    CONFIRMED = "confirmed"
    """Looked at what the closing saw, and confirmed it."""


class Lack(StrEnum):
    """Why a presence is no line yet."""

    SECOND = "second"
    """Only one stands for it."""
    KNOWN = "known"
    """No organizer but the line's own has ever checked this person in."""
    CAP = "cap"
    """Too much of this person's rests on the same one organizer."""
    LATE = "late"
    """It was typed or sent long after the shift."""
    SUDDEN = "sudden"
    """The shift was made public once it had begun."""
    LONG = "long"
    """The shift is longer than the community's day."""


class UnconfirmedState(StrEnum):
    """What became of a presence that rested on too few."""

    WAITING = "waiting"
    CREDITED = "credited"
    REFUSED = "refused"
    """An organizer said that it was not so, and why."""


@dataclass(frozen=True)
class Witness:
    """Somebody who stands for a presence."""

    account_id: int
    role: Role
    sign: Sign
    at: datetime
    late_minutes: int = 0
    """How long after the shift's end it came in; 0: in time."""
    counts: bool = True
    """False where a desk's code had opened the account, and no other organizer has seen them."""


@dataclass(frozen=True)
class Case:
    """A presence, and all that decides whether it is a line."""

    witnesses: tuple[Witness, ...]
    served_from: datetime
    minutes: int
    known_to: frozenset[int] = frozenset()
    """The organizers who have checked this person in; FROM_BEFORE among them fits every line."""
    announced_by: int = 0
    """Who announced a shift that needs another for it; 0 where nothing is unusual."""
    unusual: Lack | None = None
    """SUDDEN or LONG, where that is so."""
    alone: tuple[tuple[int, datetime, int], ...] = field(default=())
    """Lines of this person that rest on one organizer: who, from when, how many minutes."""

    @property
    def organizers(self) -> frozenset[int]:
        """The line's own organizers."""
        return frozenset(w.account_id for w in self.witnesses if w.role is Role.ORGANIZER)

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What it lacks; empty: it is a line."""
        found = {
            Lack.SECOND: len({w.account_id for w in self.witnesses if w.counts}) < 2,
            Lack.KNOWN: len(self.organizers) < 2 and not self.known_to - self.organizers,
            Lack.CAP: len(self.organizers) == 1 and self._is_beyond_the_cap(),
            Lack.LATE: is_late(self.witnesses) and not self._is_confirmed(),
        }
        if self.unusual:
            found[self.unusual] = not self.organizers - {self.announced_by}
        return tuple(lack for lack, applies in found.items() if applies)

    def _is_confirmed(self) -> bool:
        return any(w.sign is Sign.CONFIRMED and w.counts for w in self.witnesses)

    def _is_beyond_the_cap(self) -> bool:
        same = [(at, minutes) for who, at, minutes in self.alone if who in self.organizers]
        return beyond_the_cap(same, self.served_from, self.minutes)


def is_late(witnesses: Collection[Witness]) -> bool:
    """Whether anything that the presence rests on came in long after the shift."""
    return any(one.late_minutes > LATE_MINUTES for one in witnesses)


def beyond_the_cap(
    lines: Iterable[tuple[datetime, int]], served_from: datetime, minutes: int
) -> bool:
    """Whether any thirty days that hold this service hold more than twelve hours with it."""
    everything = sorted([*lines, (served_from, minutes)])
    spans = [(start, start + CAP_SPAN) for start, _minutes in everything]
    return any(
        sum(length for at, length in everything if start <= at < end) > CAP_MINUTES
        for start, end in spans
        if start <= served_from < end
    )


def late_by(received_at: datetime | None, ends_at: datetime) -> int:
    """How many whole minutes after the shift's end something came in; 0: in time."""
    if received_at is None or received_at <= ends_at:
        return 0
    return int((received_at - ends_at).total_seconds()) // 60


def unusual(
    announced_at: datetime | None, starts_at: datetime, ends_at: datetime, longest: int
) -> Lack | None:
    """What is unusual about a shift, so that its minutes take another organizer.

    `longest`: the community's day, in minutes. Shifts from before it was kept are usual.
    """
    if announced_at is None:
        return None
    if announced_at >= starts_at:
        return Lack.SUDDEN
    return Lack.LONG if ends_at - starts_at > timedelta(minutes=longest) else None


def has_lapsed(since: datetime, now: datetime) -> bool:
    """Whether the time in which it can be confirmed is over."""
    return now - since > LAPSES_AFTER
