"""Excel files that tell and never compute: every word is text, every minute a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

from flask import Response

from volboard.core import clock

LONGEST = 32_000
"""Characters; Excel takes 32,767 in a cell."""
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A heading, and how wide the column is in characters."""

    title: str
    width: int = 12


@dataclass(frozen=True)
class Sheet:
    """A sheet; the rows may come one at a time, and are read in the order of the sheets."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file. Rows go to disk as they come, so memory does not grow with their number."""
    import xlsxwriter  # here, so that a worker that exports nothing does not carry it

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"created": clock.local(clock.now()).replace(tzinfo=None)})
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for number, column in enumerate(sheet.columns):
                page.set_column(number, number, column.width)
                page.write_string(0, number, column.title, head)
            for row, cells in enumerate(sheet.rows, 1):
                for number, cell in enumerate(cells):
                    _write(page, row, number, cell)
    return file.getvalue()


def _write(page: object, row: int, column: int, cell: Cell) -> None:
    """Text as text, whatever it begins with; nothing for nothing."""
    if isinstance(cell, str):
        if cell:
            page.write_string(row, column, cell[:LONGEST])  # type: ignore[attr-defined]
    elif cell is not None:
        page.write_number(row, column, cell)  # type: ignore[attr-defined]


def sent(content: bytes, ascii_name: str, name: str) -> Response:
    """The file under a name in Chinese, and in ASCII for who cannot read it (RFC 6266)."""
    fit = "".join(sign if sign.isalnum() or sign in "-·_" else "_" for sign in name)
    response = Response(content, mimetype=TYPE)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{ascii_name}.xlsx"; '
        f"filename*=UTF-8''{quote(fit + '.xlsx', safe='')}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
