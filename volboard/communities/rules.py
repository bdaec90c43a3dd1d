"""Whom an organizer may help with a lost password, and what a community may decide."""

from datetime import timedelta
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
