"""The sheets of a file as they wait beside a draft, to be read again with another choice."""

import json
import re

from volboard.rosters.errors import TooManyRows
from volboard.rosters.rules import HEADER_WITHIN, MOST_KEPT
from volboard.rosters.tables import Book, Row, Table

IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
"""The number of an identity card (GB 11643): no roster needs it, so it does not even wait."""
BROKEN = re.compile("[\ud800-\udfff]")
"""Halves of a sign, which no database takes."""
SHOWN_INSTEAD = "\ufffd"


def packed(book: Book) -> str:
    """The sheets as JSON, in which names can be searched; raises TooManyRows if it is too long."""
    sheets = [
        [one.name, one.is_too_long, one.merged, one.hidden_columns,
         [_row(row) for row in (one.rows[:HEADER_WITHIN] if one.is_too_long else one.rows)]]
        for one in book.tables
    ]  # fmt: skip
    text = json.dumps([book.hidden_sheets, sheets], ensure_ascii=False, separators=(",", ":"))
    if len(text) > MOST_KEPT:
        raise TooManyRows
    return BROKEN.sub(SHOWN_INSTEAD, IDENTITY.sub("…", text))


def unpacked(text: str) -> Book:
    """The sheets that were packed."""
    hidden, sheets = json.loads(text)
    return Book(
        [
            Table([_row_from(*values) for values in rows],
                  tuple((first, last) for first, last in ranges), merged, name, too_long)
            for name, too_long, merged, ranges, rows in sheets
        ],
        hidden,
    )  # fmt: skip


def _row(row: Row) -> list[object]:
    return [row.number, row.cells, sorted(row.formulas), row.is_hidden, row.wide,
            sorted(row.filled)]  # fmt: skip


def _row_from(
    number: int, cells: dict[str, str], formulas: list[int], is_hidden: bool,
    wide: dict[str, int], filled: list[int],
) -> Row:  # fmt: skip
    return Row(
        number, {int(one): text for one, text in cells.items()}, frozenset(formulas), is_hidden,
        {int(one): last for one, last in wide.items()}, frozenset(filled),
    )  # fmt: skip
