"""How long words of thanks can be changed."""

from datetime import datetime, timedelta

CHANGEABLE = timedelta(days=1)


def can_change(thanked_at: datetime, now: datetime) -> bool:
    """Whether the words can still be changed."""
    return now - thanked_at <= CHANGEABLE
