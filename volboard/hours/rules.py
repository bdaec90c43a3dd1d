"""How presence becomes whole minutes, and how far it is to the next star."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MINUTE = 60
DAY = 24 * 60
BEIJING = ZoneInfo("Asia/Shanghai")
FORGOTTEN = "forgotten_sign_out"


class EntryKind(StrEnum):
    """What a line of the ledger does."""

    CREDIT = "credit"
    """Minutes for one attendance."""
    REVERSAL = "reversal"
    """Takes another line back, wholly."""
    MAKE_UP = "make_up"
    """Minutes entered afterwards: one organizer asked, another approved."""
    CORRECTION = "correction"
    """Stands in for a line that was taken back."""


class MakeUpState(StrEnum):
    """What became of a request to enter hours afterwards."""

    WAITING = "waiting"
    """Nobody has decided."""
    APPROVED = "approved"
    """The hours are in the ledger."""
    REFUSED = "refused"
    """Another organizer said no, and why."""
    WITHDRAWN = "withdrawn"
    """The one who asked took it back."""


Stay = tuple[datetime, datetime]
"""From when to when somebody was somewhere, or away."""


def written(breaks: tuple[Stay, ...]) -> str:
    """Breaks as a line keeps them: each from/to in UTC, parted by spaces."""
    return " ".join("/".join(at.astimezone(UTC).isoformat() for at in pause) for pause in breaks)


def read(breaks: str) -> tuple[Stay, ...]:
    """The breaks that a line keeps."""
    pairs = (pause.split("/") for pause in breaks.split())
    return tuple((datetime.fromisoformat(left), datetime.fromisoformat(back))
                 for left, back in pairs)  # fmt: skip


@dataclass(frozen=True)
class Night:
    """When a community's night is, in minutes after midnight in Beijing, and what it adds."""

    percent: int = 0
    begins: int = 22 * 60
    ends: int = 6 * 60


@dataclass(frozen=True)
class Presence:
    """When a person was at the post, cut to the shift's window."""

    start: datetime
    end: datetime
    rule: str
    """FORGOTTEN where nobody signed the person out; else empty."""
    breaks: tuple[Stay, ...] = ()
    """When the person was away in between, in order; each within the presence."""

    @property
    def away_seconds(self) -> int:
        """How long the person was away in between, rounded up to whole seconds."""
        return math.ceil(sum((back - left).total_seconds() for left, back in self.breaks))

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded down; 0 where the person left before the shift began."""
        return max(0, int((self.end - self.start).total_seconds() - self.away_seconds) // MINUTE)

    @property
    def stays(self) -> tuple[Stay, ...]:
        """The times at the post, between the breaks."""
        edges = [self.start, *(edge for pause in self.breaks for edge in pause), self.end]
        return tuple((come, go) for come, go in pairwise_of(edges) if go > come)

    def night_minutes(self, night: Night) -> int:
        """Whole minutes of the stays that lie in the night, rounded down once."""
        if not night.percent:
            return 0
        seconds = sum(night_seconds(come, go, night) for come, go in self.stays)
        return min(int(seconds) // MINUTE, self.minutes)


def pairwise_of(edges: list[datetime]) -> list[Stay]:
    """Edge one and two, three and four, and so on."""
    return list(zip(edges[::2], edges[1::2], strict=True))


def night_seconds(come: datetime, go: datetime, night: Night) -> float:
    """How many seconds between two instants lie in the community's night (Beijing time)."""
    seconds, length = 0.0, timedelta(minutes=(night.ends - night.begins) % DAY)
    day = come.astimezone(BEIJING).date() - timedelta(days=1)
    while day <= go.astimezone(BEIJING).date():
        begins = datetime.combine(day, time(), BEIJING) + timedelta(minutes=night.begins)
        overlap = min(go, begins + length) - max(come, begins)
        seconds += max(overlap.total_seconds(), 0)
        day += timedelta(days=1)
    return seconds


def extra_minutes(night_minutes: int, night: Night) -> int:
    """What a community adds for night work; whole minutes, rounded down, never the day's."""
    return night_minutes * night.percent // 100


def presence(
    came: datetime,
    left: datetime | None,
    starts_at: datetime,
    ends_at: datetime,
    closed: datetime,
    breaks: tuple[Stay, ...] = (),
) -> Presence:
    """Cut the real in and out, and what lay between, to the shift's window.

    Without a sign-out the stated rule stands in: present until the shift's planned end, or
    until the gate was closed, whichever came first.
    """
    start, end = max(came, starts_at), min(left or closed, ends_at)
    return Presence(start, end, "" if left else FORGOTTEN, cut_to(breaks, start, end))


def cut_to(breaks: Iterable[Stay], start: datetime, end: datetime) -> tuple[Stay, ...]:
    """The breaks within these times, in order; those that touch or overlap are one."""
    kept: list[Stay] = []
    for left, back in sorted(breaks):
        gone, here = max(left, start), min(back, end)
        if kept and gone <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], here))
        elif here > gone:
            kept.append((gone, here))
    return tuple(kept)


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


def needs_second_person(
    minutes_before: int, minutes_after: int, extra_before: int = 0, extra_after: int = 0
) -> bool:
    """Whether a correction adds minutes, or worth by the night, which nobody may do alone."""
    return (minutes_after > minutes_before
            or minutes_after + extra_after > minutes_before + extra_before)  # fmt: skip
