"""The sheets that one can see of an Excel file, as text."""

from bisect import bisect_left

from volboard.rosters.archives import Archive, archive_of, broken_is_unreadable
from volboard.rosters.errors import Packed, Unreadable
from volboard.rosters.rules import MOST_CELLS, MOST_FILLED, MOST_SHEETS
from volboard.rosters.tables import Book, Row, Table
from volboard.rosters.xlsx_parts import Contents, Relations, Sheet, Span, Strings
from volboard.rosters.xml_parts import Budget, walk

USUAL_BOOK, USUAL_STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"


def read_xlsx(data: bytes) -> Book:
    """The rows of each visible sheet; formulas are marked, and never computed.

    Parts are found by the relations between them, as the standard has it (ECMA-376 part 2), and
    by their usual names where a program forgot those. Raises an `Unreadable` with the sentence
    for whatever is wrong with the file.
    """
    archive, budget = archive_of(data), Budget()
    with broken_is_unreadable():
        path = _relations("", archive, budget).only("/officeDocument", USUAL_BOOK)
        contents = Contents()
        walk(archive, path, contents, budget)
        relations = _relations(path, archive, budget)
        strings, shared = Strings(), relations.only("/sharedStrings", USUAL_STRINGS)
        if shared in archive:
            walk(archive, shared, strings, budget)
        tables = _tables(contents, relations, strings, archive, budget)
    if not tables:
        raise Unreadable
    return Book(tables, contents.hidden)


def _relations(path: str, archive: Archive, budget: Budget) -> Relations:
    """What a part is related to; the file itself where `path` is empty."""
    folder, _slash, name = path.rpartition("/")
    found = Relations(folder)
    place = f"{folder}/_rels/{name}.rels".lstrip("/")
    if place in archive:
        walk(archive, place, found, budget)
    return found


def _tables(
    contents: Contents, relations: Relations, strings: Strings, archive: Archive, budget: Budget
) -> list[Table]:
    tables: list[Table] = []
    cells = MOST_CELLS
    for name, key in contents.visible[:MOST_SHEETS]:
        kind, path = relations.found[key]
        if not kind.endswith("/worksheet"):
            continue
        sheet = Sheet(strings.found, cells)
        walk(archive, path, sheet, budget)
        cells = sheet.cells_left
        fill_merged(sheet.rows, sheet.merged)
        tables.append(
            Table(sheet.rows, tuple(sheet.hidden), len(sheet.merged), name, sheet.is_too_long)
        )
    return tables


def fill_merged(rows: list[Row], merged: list[Span]) -> None:
    """Write what stands in the top cell of a merged range into each row below it."""
    numbers, left = [row.number for row in rows], MOST_FILLED
    for (column, top), (last_column, bottom) in merged:
        first, last = bisect_left(numbers, top), bisect_left(numbers, bottom + 1)
        left -= last - first
        if left < 0:
            raise Packed
        if first < last and rows[first].number == top:
            head = rows[first]
            if last_column > column:
                head.wide[column] = last_column
            for row in rows[first + 1 : last]:
                _copy(head, row, column)


def _copy(head: Row, row: Row, column: int) -> None:
    if column in head.cells:
        row.cells[column] = head.cells[column]
        row.filled |= {column}
    if column in head.formulas:
        row.formulas |= {column}
