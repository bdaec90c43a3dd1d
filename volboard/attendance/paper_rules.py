"""What the clock times on a printed list mean."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from volboard.attendance.rules import EARLY

BEIJING = ZoneInfo("Asia/Shanghai")
LATE = timedelta(hours=2)
"""How long after the shift somebody may have signed out on the paper."""


def meant(typed: time, starts_at: datetime, ends_at: datetime, after: datetime) -> datetime:
    """The first instant not before `after` at which Beijing's clocks show this time.

    Where there is none around the shift, the one nearest to its start.
    """
    first = starts_at.astimezone(BEIJING).date()
    days = [first + timedelta(days=number) for number in range(-1, (ends_at - starts_at).days + 3)]
    instants = [datetime.combine(day, typed, BEIJING) for day in days]
    around = [one for one in instants if after <= one <= ends_at + LATE]
    return next(iter(around), min(instants, key=lambda one: abs(one - starts_at)))


def opens(starts_at: datetime) -> datetime:
    """When the first can have come."""
    return starts_at - EARLY
