"""When somebody is reminded of their shift."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from volboard.messages.rules import WAY, Kind, Quiet, due, quiet_around

AHEAD = timedelta(hours=53)
"""No reminder is due earlier: a day before people gather, which is four hours before the start at
most, and the longest quiet hours before that."""


@dataclass(frozen=True)
class Plan:
    """One of the reminders; all times count back from when people gather for the shift."""

    kind: Kind
    wanted: timedelta
    until: timedelta
    """It is not told later than this, even if nothing could be told before."""
    seated: timedelta
    """Only for who had the seat this long before: others have just heard of it."""


PLANS = (
    Plan(Kind.REMINDER_DAY, timedelta(hours=24), timedelta(hours=6), timedelta(hours=36)),
    Plan(Kind.REMINDER_SOON, timedelta(hours=2), timedelta(), timedelta(hours=6)),
)


def is_ripe(plan: Plan, gathers_at: datetime, quiet: Quiet, now: datetime) -> bool:
    """Whether it should be told now: it is due, not too late, and no quiet hour.

    What falls into quiet hours that last until it is too late is told before they begin.
    """
    calm = quiet_around(now, quiet) == (None, None)
    ring_by = gathers_at - max(plan.until, WAY)
    is_due = due(gathers_at - plan.wanted, quiet, ring_by) <= now
    return calm and is_due and now < gathers_at - plan.until
