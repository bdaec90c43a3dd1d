"""Who gets a seat, until when it can be given back, and what overlaps."""

from datetime import datetime, timedelta
from enum import StrEnum

CHANGE_OF_MIND = timedelta(minutes=10)
"""What a resident did can be taken back for at least ten minutes (MIIT 2021, annex 1)."""
COMING_AHEAD = timedelta(hours=48)
"""How long before a shift people are asked whether they still come."""


class SignupState(StrEnum):
    """Where a person stands in a shift."""

    SEATED = "seated"
    """Has a place."""
    WAITING = "waiting"
    """In the queue, in the order in which signups committed."""
    CANCELLED = "cancelled"
    """Given back, or called off; kept for the record."""


def place_for(capacity: int, seated: int, waiting: int) -> SignupState:
    """A seat if one is free and nobody waits for it; else the end of the queue."""
    free = seated < capacity and waiting == 0
    return SignupState.SEATED if free else SignupState.WAITING


def is_open(opens_at: datetime | None, ends_at: datetime, now: datetime) -> bool:
    """Signing up begins at `opens_at` (at once without one) and ends with the shift."""
    return (opens_at is None or opens_at <= now) and now < ends_at


def can_give_back(
    starts_at: datetime, notice_minutes: int, signed_up_at: datetime, now: datetime
) -> bool:
    """Until the deadline, and for ten minutes after signing up; never once it has begun."""
    in_time = now <= starts_at - timedelta(minutes=notice_minutes)
    just_now = now - signed_up_at <= CHANGE_OF_MIND
    return now < starts_at and (in_time or just_now)


def is_old_enough(ages: str, age_band: str) -> bool:
    """Whether a post takes somebody of this age at all; `age_band` is empty for adults."""
    return ages != "adults" or not age_band


def freed_seats(capacity: int, seated: int, waiting: int) -> int:
    """How many of the queue can sit down."""
    return max(0, min(capacity - seated, waiting))


def may_ask_coming(starts_at: datetime, now: datetime) -> bool:
    """还来吗 is asked in the last two days before a shift begins: earlier nobody knows."""
    return starts_at - COMING_AHEAD <= now < starts_at
