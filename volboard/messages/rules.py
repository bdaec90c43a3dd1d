"""What there is to tell, whom it must reach, and when it may ring."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


class Kind(StrEnum):
    """What a message tells of."""

    REMINDER_DAY = "reminder_day"
    """A shift begins tomorrow."""
    REMINDER_SOON = "reminder_soon"
    """A shift begins in two hours."""
    CHANGED = "changed"
    CANCELLED = "cancelled"
    PROMOTED = "promoted"
    """A place became free, and it is theirs."""
    COMING = "coming"
    """还来吗: will they come?"""
    COVER = "cover"
    """Could they help out in a shift?"""
    INVITED = "invited"
    """There is an event again at which they were last time."""
    HANDED_OVER = "handed_over"
    """Somebody took the place that they gave away."""
    DISPUTE_WAITS = "dispute_waits"
    APPROVAL_WAITS = "approval_waits"
    DISPUTE_ANSWERED = "dispute_answered"
    APPROVAL_DECIDED = "approval_decided"
    NAME_WAITS = "name_waits"
    """Somebody is to be called otherwise, which takes a second person."""
    NAME_DECIDED = "name_decided"
    HOUSEHOLD = "household"
    """Somebody gave their number at the gate; are they family?"""
    UNCONFIRMED = "unconfirmed"
    """They came, and their minutes wait for another to confirm it."""
    CONFIRM_WAITS = "confirm_waits"
    UNCONFIRMED_REFUSED = "unconfirmed_refused"
    RULE_WAITS = "rule_waits"
    """A change of what minutes are worth waits for another organizer."""
    RULE_DECIDED = "rule_decided"
    LEAVING = "leaving"
    """Nobody came for years; what is kept about them goes soon."""
    HELPED = "helped"
    """Somebody came into their account by a code of the desk."""
    HELP_GIVEN = "help_given"
    """The same, for the other organizers."""
    ADDRESS = "address"
    """Is this e-mail address theirs? Told to the address alone, and on no page."""


FIXED = frozenset({Kind.HELPED, Kind.HELP_GIVEN, Kind.ADDRESS})
"""What no community says in words of its own: they warn of what one of its organizers did, or
prove an address."""
MUST_REACH = frozenset({Kind.CHANGED, Kind.CANCELLED, Kind.PROMOTED, Kind.COMING, Kind.COVER})
"""Whoever has neither e-mail nor a gateway is telephoned for these."""
URGENT = MUST_REACH | {Kind.REMINDER_SOON}
"""Whether somebody sets out hangs on these: in quiet hours they wait only while there is time."""
ALARM = frozenset({Kind.HELPED, Kind.HELP_GIVEN})
"""Somebody may be in an account that is not theirs."""
ANSWERS = frozenset({Kind.ADDRESS})
"""What goes to who pressed for it a moment ago, and waits for it."""
AT_ANY_HOUR = ALARM | ANSWERS
EVENING = timedelta(minutes=30)
"""So long before quiet hours begin rings what would be too late after them."""
WAY = timedelta(hours=1)
"""So long before people gather somebody must know: to get ready, or not to set out."""


@dataclass(frozen=True)
class Quiet:
    """When nobody is rung up: minutes after midnight in Beijing; equal ends mean never."""

    begins: int = 21 * 60
    ends: int = 8 * 60


def ring_by(kind: Kind, gathers_at: datetime | None) -> datetime | None:
    """Until when such a message must have rung; none: it may wait however long the quiet is."""
    return gathers_at - WAY if kind in URGENT and gathers_at else None


def due(wanted: datetime, quiet: Quiet, ring_by: datetime | None) -> datetime:
    """When what is wanted at `wanted` may ring; pages show it all the while.

    In quiet hours it waits for their end. Where that would be too late it rings half an hour
    before they begin; what is told when that is past rings now.
    """
    begin, end = quiet_around(wanted, quiet)
    if begin is None or end is None:
        return wanted
    return end if ring_by is None or end <= ring_by else begin - EVENING


def quiet_around(moment: datetime, quiet: Quiet) -> tuple[datetime | None, datetime | None]:
    """The quiet hours in which the moment lies, from and to; two Nones in between."""
    if quiet.begins == quiet.ends:
        return None, None
    local = moment.astimezone(BEIJING)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    length = timedelta(minutes=(quiet.ends - quiet.begins) % (24 * 60))
    for day in (-1, 0):
        begin = midnight + timedelta(days=day, minutes=quiet.begins)
        if begin <= local < begin + length:
            return begin, begin + length
    return None, None
