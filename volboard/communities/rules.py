"""Whom an organizer may help with a lost password, and what a community may decide."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

NAME_LENGTH = 40
CITY_LENGTH = 40
ADDRESS_LENGTH = 120
PHONE_LENGTH = 30
SLUG_LENGTH = 40
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*\Z"
"""A short name for files and the command line."""

POWER_CODE_DIGITS = 12
"""40 bits: a code lies in a pocket for days, so it is longer than one for ten minutes."""
POWER_CODE_LASTS = timedelta(days=3)
POWER_CODE_ATTEMPTS = 5
WORD_LENGTH = 80
"""What the second organizer says about a help at the desk."""


def may_help(
    manages: frozenset[int], homes: frozenset[int], offices: frozenset[int], is_admin: bool
) -> bool:
    """Whether an organizer of `manages` may issue a code for somebody who lives in `homes`.

    Never for an admin or for anybody who organizes anything (`offices`): a code signs in, so
    it would hand one person another one's power.
    """
    return bool(manages & homes) and not offices and not is_admin


class AbsenceRule(StrEnum):
    """What it means in a community not to come, unexcused, as often as its limit says."""

    NOTHING = "nothing"
    NOTE = "note"
    """Organizers see how often."""
    PAUSE = "pause"
    """They also cannot sign themselves up for a while."""


MOST_STARS = 5
MOST_HOURS = 100_000


def is_ladder(hours: tuple[int, ...]) -> bool:
    """Whether these can be the hours of a community's stars: one to five, rising."""
    steps = (0, *hours)
    rising = all(lower < higher for lower, higher in pairwise(steps))
    return 0 < len(hours) <= MOST_STARS and rising and steps[-1] <= MOST_HOURS


DAY = 24 * 60
LONGEST_NIGHT = 12 * 60
SHORT_LIVED = timedelta(days=14)
"""What held for less than this may have been set for one occasion."""


class WorthState(StrEnum):
    """What became of a rule about what minutes are worth."""

    FOUNDING = "founding"
    """It held before changes were kept."""
    WAITING = "waiting"
    """Nobody has decided."""
    AGREED = "agreed"
    """A second organizer agreed."""
    LOWERED = "lowered"
    """It makes nothing worth more, so nobody else was asked."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Worth:
    """All that decides what minutes are worth; for the units see `models.WorthRule`."""

    night_percent: int = 0
    night_from: int = 22 * 60
    night_to: int = 6 * 60
    star_ladder: str = "100,300,600,1000,1500"
    star_notice_days: int = 7

    @property
    def ladder(self) -> tuple[int, ...]:
        """Hours of each star, rising."""
        return tuple(int(hours) for hours in self.star_ladder.split(","))


FOUNDING = Worth()
"""What holds in a community that never decided otherwise."""


def night_length(night_from: int, night_to: int) -> int:
    """Minutes from the night's beginning to its end."""
    return (night_to - night_from) % DAY


def lowers(before: Worth, after: Worth) -> bool:
    """Whether a change makes nothing worth more: less for the same night or for none at all, or
    a longer notice. Another ladder or another night is somebody's gain."""
    same_night = (after.night_from, after.night_to) == (before.night_from, before.night_to)
    less = after.night_percent <= before.night_percent and same_night
    return (
        (less or after.night_percent == 0)
        and after.star_ladder == before.star_ladder
        and after.star_notice_days >= before.star_notice_days
    )


def first_day(today: date, last: date | None) -> date:
    """The day from which a change decided today holds: tomorrow, and never before what is to
    come already (`last`), also where the clock was set back."""
    tomorrow = today + timedelta(days=1)
    return tomorrow if last is None else max(tomorrow, last)
