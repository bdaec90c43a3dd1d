"""Roster files of every kind, made on the spot as Excel, WPS and a scoundrel would."""

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO

import openpyxl
import xlsxwriter

HEADS = ("姓名", "手机号", "服务队", "技能", "备注")
PING, LAN = ("平安", "13900000001"), ("兰花", "13900000002")


def people(count: int, first: int = 0) -> list[tuple[str, str]]:
    """Names and numbers that nobody of the cast has."""
    return [(f"邻居{n}", f"139{n:08}") for n in range(first, first + count)]


def an_xlsx(rows: Iterable[Sequence[object]], heads: Sequence[object] = HEADS) -> bytes:
    """A plain sheet, as openpyxl writes it: with shared strings, and numbers as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (heads, *rows):
        sheet.append(list(row))
    return saved(book)


def opened(data: bytes) -> openpyxl.Workbook:
    """The file as openpyxl reads it, formulas as they stand there."""
    book: openpyxl.Workbook = openpyxl.load_workbook(BytesIO(data))
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook as a file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def a_shared_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """A sheet whose words all stand in the list that its cells share, as Excel writes it."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("名单")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return file.getvalue()


def a_long_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """A sheet of thousands of rows, as xlsxwriter streams it: with its strings in the cells."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEADS, *rows)):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return file.getvalue()


def a_csv(rows: Iterable[Sequence[str]], encoding: str, between: str = ",") -> bytes:
    """A text file, as Excel saves it."""
    lines = [between.join(row) for row in (HEADS[:2], *rows)]
    return "\r\n".join(lines).encode(encoding)


def with_part(data: bytes, name: str, content: bytes, packing: int = 8) -> bytes:
    """The file with one part more, or another one in its place; 0 packs nothing."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", packing) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return file.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of the file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def a_bomb() -> bytes:
    """Two megabytes of nothing, in a few thousand bytes, as the sheet of a real file."""
    whole = an_xlsx([PING])
    sheet = "xl/worksheets/sheet1.xml"
    return with_part(whole, sheet, part(whole, sheet) + b" " * 30_000_000)


def an_entity_bomb() -> bytes:
    """A sheet whose document type laughs a billion times."""
    whole, sheet = an_xlsx([PING]), "xl/worksheets/sheet1.xml"
    lol = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return with_part(whole, sheet, lol + part(whole, sheet))
