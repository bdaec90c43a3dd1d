"""Tables made by a test, and who would be added from them."""

from collections.abc import Sequence

import openpyxl

from tests.rosters.files import saved
from volboard.rosters.arranging import Choice, Reading, arranged
from volboard.rosters.judging import Line, judged
from volboard.rosters.reading import read
from volboard.rosters.rules import Verdict

ONE, TWO, THREE = "13911110001", "13911110002", "13911110003"
ASKED = "asked"
Rows = Sequence[Sequence[object]]


def of_rows(*rows: Sequence[object], merged: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet with these rows; cells that hold nothing are not written."""
    return book_of({"名单": rows}, merged)


def book_of(sheets: dict[str, Rows], merged: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell if cell != "" else None for cell in row])
        for span in merged:
            sheet.merge_cells(span)
    return saved(book)


def reading(data: bytes, choice: Choice | None = None) -> Reading:
    return arranged(read(data, "名单"), choice)


def lines(data: bytes, choice: Choice | None = None) -> list[Line]:
    return list(judged(reading(data, choice).people.entries, {"红帽队": 1}))


def added(data: bytes, choice: Choice | None = None) -> object:
    """Who would be added with which number; or that something is asked first."""
    if reading(data, choice).is_asked:
        return ASKED
    found = lines(data, choice)
    assert not any(line.is_bad for line in found), [line for line in found if line.is_bad]
    wanted = (Verdict.ADD, Verdict.OTHER_NAME)
    return {line.name: line.phone.removeprefix("+86") for line in found if line.verdict in wanted}


PEOPLE = (("姓名", "手机号"), ("张试", ONE))
