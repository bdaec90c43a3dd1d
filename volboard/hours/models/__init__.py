"""The tables of this slice."""

from volboard.hours.models.claims import Dispute, MakeUp
from volboard.hours.models.ledger import (
    EntryReason,
    HourChain,
    HourEntry,
    LedgerEnd,
    LedgerSeal,
    SealedChain,
)
from volboard.hours.models.stars import StarAward

__all__ = [
    "Dispute",
    "EntryReason",
    "HourChain",
    "HourEntry",
    "LedgerEnd",
    "LedgerSeal",
    "MakeUp",
    "SealedChain",
    "StarAward",
]
