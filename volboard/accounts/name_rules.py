"""When a name is the same name, and how a change of it came about."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

REASON_LENGTH = 120


class How(StrEnum):
    """Why a name could change."""

    UNSEEN = "unseen"
    """No organizer had seen the person, so the name was a word and nothing else."""
    TIDIED = "tidied"
    """It is only written otherwise: spaces, dots, widths, accents."""
    AGREED = "agreed"
    """One asked, and an organizer agreed."""


class RequestState(StrEnum):
    """What became of the wish for another name."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Renamed:
    """That somebody was called otherwise from an instant on."""

    old: str
    new: str
    at: datetime
    how: How
