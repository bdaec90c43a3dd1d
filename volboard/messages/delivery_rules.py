"""How often a delivery is tried, and when nobody can know any more what became of it."""

from datetime import datetime, timedelta

LEASE = timedelta(minutes=5)
"""So long may a worker be with a gateway; longer than every timeout of a sender."""
DELAYS = (1, 5, 15, 60, 120, 240)
"""Minutes until the next try after a gateway certainly did not take a message."""
MISSES = 3
"""After so many in a row that did not reach a gateway, it is left alone for a while."""
LONGEST_REST = timedelta(minutes=15)


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
