"""Telling two lines that changed places from two that were changed."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from volboard.hours.digests import SIGNED, line_digest
from volboard.hours.faults import Fault, FaultKind

Row = tuple[Any, ...]
MOST_COMPARED = 100
"""Beyond so many bad lines each is named as changed: nobody swaps that many."""
ID, PERSON, POSITION = (SIGNED.index(name) for name in ("id", "volunteer_id", "position"))
PLACES = ((ID,), (POSITION,), (PERSON, POSITION), (ID, POSITION), (ID, PERSON, POSITION))
"""What two lines may have exchanged."""


def named(bad: list[Row]) -> Iterator[Fault]:
    """Each bad line, its stored digest last: swapped with which other, or changed."""
    for row in bad:
        other = _partner(row, bad) if len(bad) <= MOST_COMPARED else None
        if other is None:
            yield Fault(FaultKind.CHANGED, "", row[ID], row[PERSON])
        else:
            yield Fault(FaultKind.SWAPPED, f"和第 {other} 条", row[ID], row[PERSON])


def _partner(row: Row, bad: list[Row]) -> object:
    """The id of the line in whose place this one would be right."""
    for other, places in product(bad, PLACES):
        if other is not row:
            values = [(other if n in places else row)[n] for n in range(len(SIGNED))]
            if line_digest(values) == row[-1]:
                return other[ID]
    return None
