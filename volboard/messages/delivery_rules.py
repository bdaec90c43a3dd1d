"""How often a delivery is tried, and when nobody can know any more what became of it."""

from datetime import datetime, timedelta

from volboard.messages.rules import Quiet, quiet_around

LEASE = timedelta(minutes=5)
"""So long may a worker be with a gateway; longer than every timeout of a sender."""
DELAYS = (1, 5, 15, 60, 120, 240)
"""Minutes until the next try after a gateway certainly did not take a message."""
MISSES = 3
"""After so many in a row that did not reach a gateway, it is left alone for a while."""
LONGEST_REST = timedelta(minutes=15)

GRACE = timedelta(minutes=10)
"""So long into quiet hours what was due before them may still go out."""


def postponed(now: datetime, quiet: Quiet, ring_by: datetime | None) -> datetime | None:
    """Until when a message waits that is only now on its way, so that it rings nobody at night.

    A try after a failure comes at any hour, and so does a worker that was away. None: it may go.
    """
    end = quiet_around(now - GRACE, quiet)[1]
    if end is None or end <= now:
        return None
    return end if ring_by is None or end <= ring_by else None


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many tries in vain; none: it has failed for good."""
    if attempts > len(DELAYS):
        return None
    return now + timedelta(minutes=DELAYS[attempts - 1])


def rest_after(misses: int) -> timedelta:
    """How long a gateway is left alone after so many misses in a row; doubles with each."""
    if misses < MISSES:
        return timedelta()
    return min(timedelta(minutes=2 ** min(misses - MISSES, 10)), LONGEST_REST)
