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
from volboard.hours.models.witnesses import PresenceWitness, Unconfirmed

__all__ = [
    "Dispute",
    "EntryReason",
    "HourChain",
    "HourEntry",
    "LedgerEnd",
    "LedgerSeal",
    "MakeUp",
    "PresenceWitness",
    "SealedChain",
    "StarAward",
    "Unconfirmed",
]
