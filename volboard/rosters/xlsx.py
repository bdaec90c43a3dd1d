"""The first sheet that one can see of an Excel file, as text."""

from bisect import bisect_left
from zipfile import ZipFile

from volboard.rosters.archives import archive_of, broken_is_unreadable
from volboard.rosters.errors import Packed, Unreadable
from volboard.rosters.rules import MOST_FILLED
from volboard.rosters.tables import Row, Table
from volboard.rosters.xlsx_parts import Book, Relations, Sheet, Span, Strings
from volboard.rosters.xml_parts import Budget, walk

BOOK, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"


def read_xlsx(data: bytes) -> Table:
    """The rows of the first visible sheet; formulas are marked, and never computed.

    Raises an `Unreadable` with the sentence for whatever is wrong with the file.
    """
    archive, budget = archive_of(data), Budget()
    with broken_is_unreadable():
        book, relations, strings = Book(), Relations(), Strings()
        walk(archive, BOOK, book, budget)
        walk(archive, RELATIONS, relations, budget)
        if STRINGS in archive.namelist():
            walk(archive, STRINGS, strings, budget)
        path, others = _first(book, relations, archive)
        sheet = Sheet(strings.found)
        walk(archive, path, sheet, budget)
        fill_merged(sheet.rows, sheet.merged)
    return Table(sheet.rows, tuple(sheet.hidden), len(sheet.merged), others)


def _first(book: Book, relations: Relations, archive: ZipFile) -> tuple[str, tuple[str, ...]]:
    """The part that holds the first visible sheet, and the names of the others."""
    if not book.visible:
        raise Unreadable
    (_name, key), *others = book.visible
    return relations.paths[key], tuple(name for name, _key in others)


def fill_merged(rows: list[Row], merged: list[Span]) -> None:
    """Write what stands in the top cell of a merged range into each row below it."""
    numbers, left = [row.number for row in rows], MOST_FILLED
    for (column, top), (_last, bottom) in merged:
        first, last = bisect_left(numbers, top), bisect_left(numbers, bottom + 1)
        left -= last - first
        if left < 0:
            raise Packed
        if first < last and rows[first].number == top:
            head = rows[first]
            for row in rows[first + 1 : last]:
                _copy(head, row, column)


def _copy(head: Row, row: Row, column: int) -> None:
    if column in head.cells:
        row.cells[column] = head.cells[column]
    if column in head.formulas:
        row.formulas |= {column}
