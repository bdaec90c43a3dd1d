"""When the gate is open, and how long a slip can be taken back."""

from datetime import datetime, timedelta
from enum import StrEnum

EARLY = timedelta(hours=2)
"""How long before a shift people can be checked in; minutes count from its start."""
UNDO = timedelta(minutes=10)


class AttendanceState(StrEnum):
    """What is known of a person at a shift."""

    PRESENT = "present"
    """Checked in, not out."""
    LEFT = "left"
    """Checked out."""
    ABSENT = "absent"
    """Had a seat and did not come; marked when the gate closed."""
    UNDONE = "undone"
    """Checked in by mistake, and taken back."""


class Gate(StrEnum):
    """Whether people can be checked in now."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"
    CLOSED = "closed"
    CALLED_OFF = "called_off"


def gate_state(
    starts_at: datetime, ends_at: datetime, closed: bool, called_off: bool, now: datetime
) -> Gate:
    """The gate opens two hours before the shift and takes people in until it ends."""
    if called_off:
        return Gate.CALLED_OFF
    if closed:
        return Gate.CLOSED
    if now < starts_at - EARLY:
        return Gate.EARLY
    return Gate.OPEN if now < ends_at else Gate.OVER


def can_undo(done_at: datetime, now: datetime) -> bool:
    """Whether a press at the gate can still be taken back."""
    return now - done_at <= UNDO
