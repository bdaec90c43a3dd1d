"""A copy of everything as a workbook: a sheet a kind, and every cell is text."""

from collections.abc import Iterable
from io import BytesIO

from xlsxwriter import Workbook

from volboard.rights.export_queries import Copy, Sheet
from volboard.rights.wording import heading

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False}  # fmt: skip
WIDTH = 20
LONGEST = 32_000
"""Excel holds 32,767 characters in a cell; a longer text goes on in the JSON copy."""


def workbook(copy: Copy) -> bytes:
    """The file. Nothing in it is computed, so nothing in it can be run."""
    into = BytesIO()
    with Workbook(into, SAFE) as book:
        for sheet in copy.sheets:
            if sheet.rows:
                _write(book, sheet)
        if not book.worksheets():
            book.add_worksheet()
    return into.getvalue()


def _write(book: Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.title)
    page.set_column(0, len(sheet.columns), WIDTH)
    page.freeze_panes(1, 0)
    _line(page, 0, map(heading, sheet.columns))
    for number, row in enumerate(sheet.rows, start=1):
        _line(page, number, (row[name] for name in sheet.columns))


def _line(page: object, number: int, cells: Iterable[object]) -> None:
    for column, value in enumerate(cells):
        text = "" if value is None else str(value)
        page.write_string(number, column, text[:LONGEST])  # type: ignore[attr-defined]
