"""What is odd: the rules in numbers, and how rows become one thing to look at."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

BEIJING = timezone(timedelta(hours=8))
LOOK_BACK = timedelta(days=365)
A_DAY = timedelta(days=1)
LONGEST_LINE = timedelta(hours=16)
"""No shift takes longer, so no line does."""
NEAR = A_DAY + LONGEST_LINE
"""Lines that touch the same day begin within this of each other."""
MOST_MINUTES = 16 * 60
"""More than this of one person in one Beijing day is odd."""
BURST, HASTE = 5, timedelta(minutes=2)
"""So many entries of one account within so short a time; a yes so soon after the asking."""
SOLE, SOLE_FOR = 3, timedelta(days=90)
"""From so many make-ups on it is odd that all of them have one author."""
STRANGERS, STRANGERS_FOR = 3, timedelta(days=30)
"""So many new people, let in and credited by one account alone."""
A_MONTH = timedelta(days=30)
ALONE_MINUTES, ALONE_PERCENT = 20 * 60, 60
"""Minutes in which nobody but one account had a hand: so many, and so much of a community's."""
FORGOTTEN_MINUTES, FORGOTTEN_PERCENT = 10 * 60, 40
"""Minutes that end by rule, nobody having signed out: so many, and so much of one closer's."""
LATE_TOLD = 3 * 60
"""So many minutes that rest on what one account brought in late."""
ADMIN_MINUTES = 10 * 60
"""So many minutes that an admin confirmed, where somebody else could have."""
PAIR, PAIR_FOR = 3, SOLE_FOR
"""So many corrections that added, between the same two accounts."""
SHORT = 2
"""So many rules in 90 days that each held for less than a fortnight."""
MOST_ROWS = 50
"""How many rows of one thing are shown, the newest; its minutes are those of all."""
NEW = A_DAY
"""An account or a person is new when it was made at most this long before it came in."""


class Rule(StrEnum):
    """Why something is shown."""

    TWO_PLACES = "two_places"
    LONG_DAY = "long_day"
    BURST = "burst"
    CROWDED = "crowded"
    SOLE_ASKER = "sole_asker"
    SOLE_APPROVER = "sole_approver"
    OUTSIDE = "outside"
    STRANGERS = "strangers"
    HASTY = "hasty"
    PHONE = "phone"
    ALONE = "alone"
    FORGOTTEN = "forgotten"
    LATE = "late"
    ADMIN = "admin"
    PAIR = "pair"
    SHORT_RULES = "short_rules"


COUNTED = frozenset((
    Rule.LONG_DAY, Rule.ALONE, Rule.FORGOTTEN, Rule.LATE, Rule.ADMIN, Rule.PAIR,
    Rule.SHORT_RULES,
))  # fmt: skip
"""The rules that say themselves about how many minutes they are."""

Stay = tuple[datetime, datetime, int]
"""From, to, and the minutes credited between."""


def day_of(instant: datetime) -> date:
    """The Beijing day of an instant."""
    return instant.astimezone(BEIJING).date()


def overlap(one: Stay, other: Stay) -> bool:
    """Whether two lines share any time; touching is none."""
    return one[0] < other[1] and other[0] < one[1]


def minutes_on(day: date, stays: Iterable[Stay]) -> int:
    """The minutes of these lines that lie in one Beijing day.

    A line over midnight counts with the part of its time that lies in the day, rounded down.
    """
    begins = datetime(day.year, day.month, day.day, tzinfo=BEIJING)
    ends = begins + A_DAY
    total = 0
    for came, left, minutes in stays:
        inside = min(left, ends) - max(came, begins)
        if inside > timedelta():
            total += int(minutes * (inside / (left - came)))
    return total


def long_days(stays: Sequence[Stay]) -> dict[date, int]:
    """The Beijing days on which these lines of one person come to more than 16 hours."""
    days = {day_of(came) for came, _left, _minutes in stays}
    days |= {day_of(left) for _came, left, _minutes in stays}
    told = {day: minutes_on(day, stays) for day in days}
    return {day: minutes for day, minutes in told.items() if minutes > MOST_MINUTES}


def runs(instants: Sequence[datetime], count: int, within: timedelta) -> list[range]:
    """Part instants in order into groups of at least `count` within so short a time.

    What follows a group that closely belongs to it; what stands alone belongs to none.
    """
    groups: list[range] = []
    at = 0
    while at < len(instants):
        till = at
        while till < len(instants) and instants[till] - instants[at] <= within:
            till += 1
        if till - at >= count:
            groups.append(range(at, till))
            at = till
            continue
        if groups and groups[-1].stop == at and instants[at] - instants[at - 1] <= within:
            groups[-1] = range(groups[-1].start, at + 1)
        at += 1
    return groups


def key_of(rule: Rule, *numbers: int) -> str:
    """What one odd thing is called, by the rows that it rests on: a new row, a new name."""
    return "-".join([rule, *map(str, numbers)])


def is_hasty(asked_at: datetime, decided_at: datetime) -> bool:
    """Whether the yes came within two minutes of the asking."""
    return decided_at - asked_at <= HASTE
