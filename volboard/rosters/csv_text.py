"""A text file whose columns are parted by commas, tabs or semicolons."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from volboard.rosters.errors import NotATable, OpenQuote, TooManyRows, Unreadable
from volboard.rosters.layouts import MOBILE, find_head
from volboard.rosters.rules import CELL_LENGTH, HEADER_WITHIN, MOST_CELLS, MOST_ROWS
from volboard.rosters.tables import Book, Row, Table

SEPARATORS = ",\t;，|"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ENCODINGS = ("utf-8-sig", "gb18030", "big5", "utf-16-le", "utf-16-be")
BEGINNING = 8_000
"""Characters in which the separator is looked for."""
TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The line that tells Excel the separator; it is no row."""
SWALLOWED = re.compile(rf"\n[^\n]*[,;\t，|][^\n]*{MOBILE.pattern}")
"""A row with a number inside a cell: a quote was opened and never closed."""
LONGEST_CELL = 20_000


def read_csv(data: bytes) -> Book:
    """The rows of a text file; a cell that begins with `=` is marked as a formula.

    Encoding and separator are those with which headings are found; else the first encoding
    that fits, and what stands there most often. Rows have the numbers that Excel shows: a cell
    with line breaks is one row. Raises NotATable, OpenQuote, TooManyRows.
    """
    texts = list(decodings(data))
    if not texts:
        raise NotATable
    for text in texts:
        for separator in by_count(text):
            if _has_head(text, separator):
                return _whole(text, separator)
    return _whole(texts[0], by_count(texts[0])[0])


def decodings(data: bytes) -> Iterator[str]:
    """The file as text in each encoding that fits, the likeliest first."""
    for encoding in ("utf-16",) if data[:2] in UTF_16 else ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            yield text


def by_count(text: str) -> list[str]:
    """What may part the columns, that which stands most often in the first lines first."""
    if told := TOLD.match(text):
        return [told[1]]
    beginning = "".join(text[:BEGINNING].splitlines(keepends=True)[:HEADER_WITHIN])
    return sorted(SEPARATORS, key=beginning.count, reverse=True)


def _has_head(text: str, separator: str) -> bool:
    """Whether headings are found with this separator."""
    try:
        return bool(find_head(Table(_rows(text[:BEGINNING], separator, HEADER_WITHIN))))
    except Unreadable:
        return False


def _whole(text: str, separator: str) -> Book:
    rows = _rows(text, separator, MOST_ROWS + HEADER_WITHIN + 1)
    if len(rows) > MOST_ROWS + HEADER_WITHIN:
        raise TooManyRows
    return Book([Table(rows)])


def _rows(text: str, separator: str, most: int) -> list[Row]:
    """The first rows that hold anything."""
    told = TOLD.match(text)
    lines = StringIO(text[told.end() :] if told else text, newline="")
    rows: list[Row] = []
    seen = 0
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=separator), 1):
            row = _row(number, cells)
            seen += len(row.cells)
            if row.cells:
                rows.append(row)
            if seen > MOST_CELLS:
                raise TooManyRows
            if len(rows) >= most:
                break
    except csv.Error:
        raise NotATable from None
    return rows


def _row(number: int, cells: list[str]) -> Row:
    if any(len(cell) > LONGEST_CELL or SWALLOWED.search(cell) for cell in cells if "\n" in cell):
        raise OpenQuote
    filled = {column: cell.strip()[: CELL_LENGTH + 1] for column, cell in enumerate(cells, 1)}
    kept = {column: cell for column, cell in filled.items() if cell}
    formulas = frozenset(column for column, cell in kept.items() if cell[0] in "=＝")
    return Row(number, kept, formulas)
