"""The daily heads over all chains: reading them, and sealing when a timer says so."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.hours.chain import seal_before
from volboard.hours.models import LedgerSeal


@dataclass(frozen=True)
class Seal:
    """The head over all chains at the end of a Beijing day."""

    day: date
    sealed_at: datetime
    entries: int
    """How many lines all chains held together."""
    digest: str
    """64 hex digits; whoever kept them can tell whether anything before was rewritten."""


def latest_seals(limit: int) -> tuple[Seal, ...]:
    """The last seals, the newest first; one statement."""
    s = LedgerSeal
    rows = db.session.execute(
        select(s.day, s.sealed_at, s.entries, s.digest).order_by(s.day.desc()).limit(limit)
    )
    return tuple(Seal(*row) for row in rows)


def seal_now() -> Seal | None:
    """Seal what the ledger holds as the end of yesterday; none where nothing is to be sealed."""
    with transaction():
        if not seal_before(clock.today()):
            return None
        return latest_seals(1)[0]
