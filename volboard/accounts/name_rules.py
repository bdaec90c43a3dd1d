"""When a name is the same name, and how a change of it came about."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

REASON_LENGTH = 120


class How(StrEnum):
    """Why a name could change."""

    UNSEEN = "unseen"
    """No organizer had seen the person, so the name was a word and nothing else."""
    TIDIED = "tidied"
    """Only spaces and widths became others."""
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


def is_same_name(old: str, new: str) -> bool:
    """Whether two ways of writing a name differ in spaces and widths only."""
    return _bare(old) == _bare(new)


def _bare(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
