"""How presence becomes whole minutes, and how far it is to the next star."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MINUTE = 60
STARS = (100, 300, 600, 1000, 1500)
"""Hours of the five stars: the ministry's draft of 2012, which many communities kept."""
FORGOTTEN = "forgotten_sign_out"


class EntryKind(StrEnum):
    """What a line of the ledger does."""

    CREDIT = "credit"
    """Minutes for one attendance."""
    REVERSAL = "reversal"
    """Takes another line back, wholly."""
    CORRECTION = "correction"
    """Stands in for a line that was taken back."""


@dataclass(frozen=True)
class Presence:
    """When a person was at the post, cut to the shift's window."""

    start: datetime
    end: datetime
    rule: str
    """FORGOTTEN where nobody signed the person out; else empty."""

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded down; 0 where the person left before the shift began."""
        return max(0, int((self.end - self.start).total_seconds()) // MINUTE)


def presence(
    came: datetime, left: datetime | None, starts_at: datetime, ends_at: datetime, closed: datetime
) -> Presence:
    """Cut the real in and out to the shift's window.

    Without a sign-out the stated rule stands in: present until the shift's planned end, or
    until the gate was closed, whichever came first.
    """
    out = min(left or closed, ends_at)
    return Presence(max(came, starts_at), out, "" if left else FORGOTTEN)


@dataclass(frozen=True)
class StarProgress:
    """How many stars are reached and how much is missing to the next."""

    stars: int
    reached: int
    """Minutes beyond the last star."""
    needed: int
    """Minutes from the last star to the next; 0 at the top."""

    @property
    def percent(self) -> int:
        """Of the way to the next star, rounded down; 100 at the top."""
        return 100 if not self.needed else self.reached * 100 // self.needed


def star_progress(minutes: int, ladder: tuple[int, ...] = STARS) -> StarProgress:
    """Where a total stands on a ladder of hours."""
    steps = [0, *(hours * 60 for hours in ladder)]
    stars = sum(minutes >= step for step in steps[1:])
    last = steps[stars]
    needed = steps[stars + 1] - last if stars < len(ladder) else 0
    return StarProgress(stars, max(0, minutes - last), needed)


def needs_second_person(minutes_before: int, minutes_after: int) -> bool:
    """Whether a correction adds minutes, which no one person may do alone."""
    return minutes_after > minutes_before
