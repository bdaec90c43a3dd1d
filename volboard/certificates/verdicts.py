"""What somebody learns who checks a proof."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from volboard.certificates.rules import FormerName


class Verdict(StrEnum):
    """What a stranger is told of a proof."""

    GENUINE = "genuine"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    """Its holder had everything about them deleted."""
    KEY_CHANGED = "key_changed"
    """Its key is gone, and the ledger has what it says."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Checked:
    """The answer to a stranger: the verdict, and no more than six facts."""

    verdict: Verdict
    number: str = ""
    name: str = ""
    """As much of it as the holder chose to show."""
    community: str = ""
    first_day: str = ""
    last_day: str = ""
    minutes: int = 0
    issued_on: str = ""
    revoked_at: datetime | None = None
    former: tuple[FormerName, ...] = ()
    """What the holder was called when serving, masked like the name."""
