"""Which columns of a table are read: by their headings, in whatever row and order these stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from volboard.rosters.errors import NobodyInIt, NoHeadings, TooManyRows
from volboard.rosters.rules import HEADER_WITHIN, MOST_ROWS, heading
from volboard.rosters.tables import Row, Table

NEEDED = {"name", "phone"}


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


@dataclass(frozen=True)
class Sheet:
    """The people of a table, and the headings of columns that were not read."""

    entries: tuple[Entry, ...]
    unread: tuple[str, ...]


def people_in(table: Table) -> Sheet:
    """Everybody below the headings; raises NoHeadings, NobodyInIt, TooManyRows."""
    for index, row in enumerate(table.rows[:HEADER_WITHIN]):
        columns = _columns(table, row)
        if columns.keys() >= NEEDED:
            entries = tuple(_entries(table.rows[index + 1 :], columns))
            _refuse_count(entries)
            read = set(columns.values())
            unread = tuple(cell for column, cell in row.cells.items() if column not in read)
            return Sheet(entries, unread)
    raise NoHeadings


def _refuse_count(entries: tuple[Entry, ...]) -> None:
    if not entries:
        raise NobodyInIt
    if len(entries) > MOST_ROWS:
        raise TooManyRows


def _columns(table: Table, row: Row) -> dict[str, int]:
    """Where each thing stands, if this is the row with the headings; the first of a kind counts."""
    found: dict[str, int] = {}
    for column, cell in sorted(row.cells.items()):
        key = heading(cell)
        if key and not table.is_hidden(column):
            found.setdefault(key, column)
    return found


def _entries(rows: list[Row], columns: dict[str, int]) -> Iterator[Entry]:
    for row in rows:
        typed = {key: row.cells.get(column, "") for key, column in columns.items()}
        formula = any(column in row.formulas for column in columns.values())
        if formula or any(typed.values()):
            yield Entry(row.number, typed["name"], typed["phone"], typed.get("team", ""),
                        typed.get("skills", ""), formula, row.is_hidden)  # fmt: skip
