"""A copy of everything as a workbook: a sheet a kind, and every cell is text."""

from volboard.rights.export_queries import Copy, Sheet
from volboard.rights.wording import heading
from volboard.rosters import workbooks

WIDTH = 20


def workbook(copy: Copy) -> bytes:
    """The file. Nothing in it is computed, so nothing in it can be run.

    Excel holds 32,767 characters in a cell; a longer text goes on in the JSON copy.
    """
    return workbooks.workbook(_sheet(sheet) for sheet in copy.sheets if sheet.rows)


def _sheet(sheet: Sheet) -> workbooks.Sheet:
    columns = [workbooks.Column(heading(name), WIDTH) for name in sheet.columns]
    lines = ([_text(row[name]) for name in sheet.columns] for row in sheet.rows)
    return workbooks.Sheet(sheet.title, columns, lines)


def _text(value: object) -> str:
    return "" if value is None else str(value)
