"""A text file whose columns are parted by commas, tabs or semicolons."""

import csv
from io import StringIO

from volboard.rosters.errors import NotATable, TooManyRows
from volboard.rosters.rules import CELL_LENGTH, HEADER_WITHIN, MOST_ELEMENTS, MOST_ROWS
from volboard.rosters.tables import Row, Table

SEPARATORS = ",\t;，"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_csv(data: bytes) -> Table:
    """The rows of a text file; a cell that begins with `=` is marked as a formula.

    UTF-8 (with or without its mark) is tried first, then GB 18030, which knows all of GBK:
    hardly any Chinese text in one is also right in the other. Raises NotATable, TooManyRows.
    """
    text = decoded(data)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text))
    rows: list[Row] = []
    seen = 0
    try:
        for cells in reader:
            seen += 1 + len(cells)
            row = _row(reader.line_num, cells)
            if row.cells:
                rows.append(row)
            if len(rows) > MOST_ROWS + HEADER_WITHIN or seen > MOST_ELEMENTS:
                raise TooManyRows
    except csv.Error:
        raise NotATable from None
    return Table(rows)


def decoded(data: bytes) -> str:
    """The file as text, from the encoding that fits; raises NotATable."""
    tries = ("utf-16",) if data[:2] in UTF_16 else ("utf-8-sig", "gb18030")
    for encoding in tries:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotATable


def _separator(text: str) -> str:
    """Whatever parts the columns in the first lines."""
    beginning = "".join(text.splitlines(keepends=True)[:HEADER_WITHIN])
    return max(SEPARATORS, key=beginning.count)


def _row(number: int, cells: list[str]) -> Row:
    filled = {column: cell.strip()[: CELL_LENGTH + 1] for column, cell in enumerate(cells, 1)}
    kept = {column: cell for column, cell in filled.items() if cell}
    formulas = frozenset(column for column, cell in kept.items() if cell[0] in "=＝")
    return Row(number, kept, formulas)
