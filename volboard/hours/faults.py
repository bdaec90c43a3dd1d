"""What can be wrong with a ledger, in sentences that name the row."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What somebody did to the ledger past all commands."""

    CHANGED = "改过"
    """A line is not what its digest says."""
    SWAPPED = "调换"
    """Two lines stand in each other's place."""
    REMOVED = "少了"
    """A line is missing before others of its chain."""
    CUT = "截断"
    """Lines are missing at the end of a chain."""
    ADDED = "多出"
    """A line stands behind the end of its chain, or of no chain at all."""
    REASON = "原因改过"
    """The words of a reason are not those that the line was written with, or are gone."""
    WITNESS = "见证改过"
    """Those who stand for a line are not those with whom it was written."""
    CHAIN = "链尾改过"
    """The end of a chain is not its last line."""
    SEAL = "封存改过"
    """A day's seal, or what it covers, is not what its digest says."""
    SEALS = "封存少了"
    """A seal is missing."""
    HEAD = "封存值不在账里"
    """The head that somebody kept is none of this ledger's: it was written anew."""


@dataclass(frozen=True)
class Fault:
    """One fault; at least one of the three tells where."""

    kind: FaultKind
    detail: str = ""
    entry_id: object = None
    volunteer_id: object = None
    day: object = None

    def __str__(self) -> str:
        where = [
            f"第 {self.entry_id} 条" if self.entry_id is not None else "",
            f"志愿者 {self.volunteer_id}" if self.volunteer_id is not None else "",
            f"{self.day} 的封存" if self.day is not None else "",
        ]
        return "，".join(part for part in (*where, str(self.kind), self.detail) if part)
