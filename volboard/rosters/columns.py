"""The people of a table, row by row, from the columns that hold them."""

from collections.abc import Iterator
from dataclasses import dataclass

from volboard.rosters.errors import TooManyRows, TwoHeadings
from volboard.rosters.heads import Kind
from volboard.rosters.layouts import MOBILE, Head, find_head, guessed_head, head_at, is_head
from volboard.rosters.plans import Columns, Plan, chosen, planned
from volboard.rosters.rules import MOST_ROWS
from volboard.rosters.tables import Row, Table


@dataclass(frozen=True)
class Entry:
    """What a row says of one person, as it was typed."""

    number: int
    name: str
    phone: str
    team: str
    skills: str
    has_formula: bool
    is_hidden: bool
    is_across: bool = False
    """One cell reaches from the name to the number."""
    is_name_from_above: bool = False
    """The name stands in a merged cell that begins further up."""


@dataclass(frozen=True)
class Part:
    """Rows of a table under one heading."""

    head: Head | None
    rows: list[Row]


@dataclass(frozen=True)
class People:
    """The people of a table, and what was not read; without columns somebody has to choose."""

    entries: tuple[Entry, ...] = ()
    unread: tuple[str, ...] = ()
    """Headings of columns that were not read."""
    columns: Columns | None = None
    """Of the first block."""


def head_of(table: Table) -> Head | None:
    """The heading, as it is known or as it can be guessed."""
    return find_head(table) or guessed_head(table)


def people_in(table: Table, columns: Columns | None = None) -> People:
    """Everybody below the headings, by the columns that can only be meant, or by those chosen.

    Raises TooManyRows, and TwoHeadings where a choice does not fit a heading further down.
    """
    parts = list(_parts(table, find_head(table) or _labels_over(table, columns)))
    plans = [_plan(part, parts[0], columns) for part in parts]
    if not all(plans):
        return People()
    entries = tuple(
        entry for part, plan in zip(parts, plans, strict=True) for entry in _entries(part, plan)
    )
    if table.is_too_long or len(entries) > MOST_ROWS:
        raise TooManyRows
    return People(entries, _unread(table, parts, plans), plans[0][0])


def _labels_over(table: Table, columns: Columns | None) -> Head | None:
    """The row over the first number, if it is a heading of the column that was chosen.

    Else it may be a person without a number, whom nobody may lose.
    """
    head = guessed_head(table)
    label = head.labels.get(columns.phone, "") if head and columns else ""
    return head if label and not any(sign.isdecimal() for sign in label) else None


def _parts(table: Table, head: Head | None) -> Iterator[Part]:
    """The rows under each heading; the same heading again, as on each printed page, is one."""
    rows: list[Row] = []
    for index, row in enumerate(table.rows):
        if head and index <= head.last:
            rows.extend([row] if _is_above(head, row) else [])
            continue
        if is_head(row):
            lower = head_at(table, index)
            if not head or lower.labels != head.labels:
                yield Part(head, rows)
                head, rows = lower, []
            continue
        rows.append(row)
    yield Part(head, rows)


def _is_above(head: Head, row: Row) -> bool:
    """Whether somebody with a number stands over the heading."""
    return any(MOBILE.fullmatch(row.cells.get(one, "")) for one in head.of_kind(Kind.PHONE))


def _plan(part: Part, first: Part, columns: Columns | None) -> Plan:
    own = planned(part.head, part.rows) if part.head and part.head.meanings else ()
    if columns is None:
        return own
    if part is first:
        return chosen(part.head, columns)
    if not own:
        raise TwoHeadings
    return own


def _entries(part: Part, plan: Plan) -> Iterator[Entry]:
    for row in part.rows:
        for columns in plan:
            read = columns.read
            if any(column in row.cells for column in read):
                yield _entry(row, columns, read)


def _entry(row: Row, columns: Columns, read: set[int]) -> Entry:
    cell = row.cells.get
    across = any(first <= columns.name and columns.phone <= last
                 for first, last in row.wide.items())  # fmt: skip
    return Entry(
        row.number, cell(columns.name, ""), cell(columns.phone, ""), cell(columns.team, ""),
        cell(columns.skills, ""), not read.isdisjoint(row.formulas), row.is_hidden, across,
        columns.name in row.filled,
    )  # fmt: skip


def _unread(table: Table, parts: list[Part], plans: list[Plan]) -> tuple[str, ...]:
    """The headings over columns of which nothing was read, each once."""
    found: dict[str, None] = {}
    for part, plan in zip(parts, plans, strict=True):
        read = {column for columns in plan for column in columns.read}
        for column, label in sorted(part.head.labels.items() if part.head else ()):
            if column not in read:
                found.setdefault(label)
    return tuple(found)
