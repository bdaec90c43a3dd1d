"""Where the heading of a table is, and which of its columns hold a person's name and number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from volboard.rosters.heads import NEEDED, Kind, Meaning, meaning, others_in
from volboard.rosters.rules import HEADER_WITHIN
from volboard.rosters.tables import Row, Table

MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
HEAD_ROWS = 3
"""A heading takes at most so many rows."""


@dataclass(frozen=True)
class Head:
    """The heading of a table: which rows it takes, and what stands over each column."""

    first: int
    last: int
    """Index of its rows in the table."""
    labels: dict[int, str] = field(hash=False)
    """The lowest text over each column."""
    meanings: dict[int, Meaning] = field(hash=False)

    def of_kind(self, *kinds: Kind) -> list[int]:
        """The columns of these kinds, from the left."""
        return sorted(one for one, found in self.meanings.items() if found.kind in kinds)


def has_mobile(row: Row) -> bool:
    """Whether a mobile number stands in the row."""
    return any(MOBILE.search(cell) for cell in row.cells.values())


def find_head(table: Table) -> Head | None:
    """The first rows that name both people and numbers; none if nothing in the table does."""
    rows = table.rows
    for first, row in enumerate(rows[:HEADER_WITHIN]):
        if meanings_in(row).keys() and (found := _head_from(table, first)):
            return found
    return None


def meanings_in(row: Row) -> dict[int, Meaning]:
    """What the cells of a row mean as headings, as far as names and numbers go."""
    found = ((column, meaning(cell)) for column, cell in row.cells.items())
    return {column: one for column, one in found if one and one.kind in NEEDED}


def is_head(row: Row) -> bool:
    """Whether one row alone names both people and numbers."""
    kinds = {one.kind for one in meanings_in(row).values()}
    return Kind.NAME in kinds and len(kinds) > 1 and not has_mobile(row)


def guessed_head(table: Table) -> Head | None:
    """What stands over the first mobile number, where no heading is known."""
    for index, row in enumerate(table.rows):
        if has_mobile(row):
            above = table.rows[index - 1] if index else None
            if above is None or len(above.cells) < 2:
                return Head(index, index - 1, {}, {})
            return _read(table, index - 1, index - 1)
    return None


def head_at(table: Table, index: int) -> Head:
    """The heading that is one row further down."""
    return _read(table, index, index)


def _head_from(table: Table, first: int) -> Head | None:
    """The heading that begins in a row, down to its lowest row."""
    rows, last, whole = table.rows, first, None
    for index in range(first, min(first + HEAD_ROWS, len(rows))):
        if has_mobile(rows[index]) or (index > first and not meanings_in(rows[index])):
            break
        found = _read(table, first, index)
        kinds = {one.kind for one in found.meanings.values()}
        if Kind.NAME in kinds and len(kinds & NEEDED) > 1:
            whole, last = found, index
    return whole and Head(whole.first, last, whole.labels, whole.meanings)


def _read(table: Table, first: int, last: int) -> Head:
    """What stands over each column in these rows; groups may begin two rows further up."""
    labels: dict[int, str] = {}
    for row in table.rows[first : last + 1]:
        labels.update({column: cell for column, cell in row.cells.items() if cell})
    groups = list(_groups(table.rows[max(0, first - 2) : last + 1]))
    meanings: dict[int, Meaning] = {}
    for column, label in labels.items():
        found = None if table.is_hidden(column) else meaning(label)
        if found:
            theirs = next((group[column] for group in groups if group.get(column)), "")
            meanings[column] = found if found.whose or theirs == found.whose else Meaning(
                found.kind, theirs, found.sure)  # fmt: skip
    return Head(first, last, labels, meanings)


def _groups(rows: list[Row]) -> Iterator[dict[int, str]]:
    """For each row over another one: whose the columns below each of its cells are.

    A cell reaches as far as it is merged, else up to the next one; what stands over all of a
    table, as its title does, tells its columns not apart.
    """
    for upper, lower in pairwise(rows):
        if len(set(upper.cells.values())) < 2 and min(upper.cells) <= min(lower.cells):
            continue
        theirs: dict[int, str] = {}
        for column in lower.cells:
            left = max((one for one in upper.cells if one <= column), default=0)
            reaches = upper.wide.get(left, column if not upper.wide else left)
            if left and column <= reaches:
                theirs[column] = others_in(upper.cells[left])
        yield theirs
