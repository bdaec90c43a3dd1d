"""What is taken from each part of an Excel file."""

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache

from volboard.rosters.errors import TooManyRows, Unreadable
from volboard.rosters.rules import CELL_LENGTH, HEADER_WITHIN, MOST_CELLS, MOST_ROWS
from volboard.rosters.tables import Row
from volboard.rosters.xml_parts import Handler

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
LAST_COLUMN = 16_384
LONGEST = CELL_LENGTH + 1
"""Of a cell's text: enough to see that it is too long."""
WORDS = frozenset({"t", "v"})
YES = ("1", "true")
Attributes = Mapping[str, str]
Span = tuple[tuple[int, int], tuple[int, int]]


class Contents(Handler):
    """The sheets of a workbook: name and relation of each that one can see, in order."""

    def __init__(self) -> None:
        super().__init__({"sheet": self._sheet})
        self.visible: list[tuple[str, str]] = []
        self.hidden = 0

    def _sheet(self, attributes: Attributes) -> None:
        if attributes.get("state", "visible") != "visible":
            self.hidden += 1
            return
        key = next(value for name, value in attributes.items() if name.endswith(":id"))
        self.visible.append((attributes["name"], key))


class Relations(Handler):
    """Which part each relation means, and as what; `folder` is where it is told from."""

    def __init__(self, folder: str) -> None:
        super().__init__({"Relationship": self._relation})
        self.folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def _relation(self, attributes: Attributes) -> None:
        target = attributes["Target"].replace("\\", "/")
        path = posixpath.normpath(posixpath.join("/", self.folder, target))
        self.found[attributes["Id"]] = (attributes["Type"], path.lstrip("/"))

    def only(self, kind: str, usual: str) -> str:
        """The part of a kind; the usual one if none is told of."""
        return next((path for told, path in self.found.values() if told.endswith(kind)), usual)


class Words(Handler):
    """Collects text, without what only helps to read it aloud (`rPh`)."""

    def __init__(self) -> None:
        super().__init__({"rPh": self._aside}, {"rPh": self._aside_over}, WORDS)
        self._before_aside = 0

    def _aside(self, _attributes: Attributes) -> None:
        self._before_aside = len(self.words)

    def _aside_over(self) -> None:
        del self.words[self._before_aside :]

    def taken(self) -> str:
        """What was collected, and begin anew."""
        found = "".join(self.words)[:LONGEST]
        self.words.clear()
        return ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), found) if "_x" in found else found


class Strings(Words):
    """The strings that the cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.ends["si"] = self._keep
        self.found: list[str] = []

    def _keep(self) -> None:
        self.found.append(self.taken().strip())


class Sheet(Words):
    """The rows of a sheet that hold anything; how a cell looks does not count."""

    def __init__(self, strings: list[str], cells: int = MOST_CELLS) -> None:
        super().__init__()
        self.starts |= {"row": self._row, "c": self._cell, "f": self._formula, "v": self._value,
                        "col": self._columns, "mergeCell": self._merge}  # fmt: skip
        self.ends |= {"c": self._keep_cell, "row": self._keep_row}
        self.strings = strings
        self.cells_left = cells
        self.rows: list[Row] = []
        self.is_too_long = False
        self.hidden: list[tuple[int, int]] = []
        self.merged: list[Span] = []
        self.row = Row(0, {})
        self.column = 0
        self.kind = "n"
        self.has_formula = self.is_computed = False

    def _row(self, attributes: Attributes) -> None:
        number = int(attributes.get("r") or self.row.number + 1)
        if number <= self.row.number:
            raise Unreadable
        self.row = Row(number, {}, is_hidden=attributes.get("hidden") in YES)
        self.column = 0

    def _cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        self.column = _column(place.rstrip("0123456789")) if place else self.column + 1
        self.kind = attributes.get("t", "n")
        self.has_formula = self.is_computed = False

    def _formula(self, _attributes: Attributes) -> None:
        self.has_formula = True

    def _value(self, _attributes: Attributes) -> None:
        self.is_computed = self.kind == "str"

    def _columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in YES:
            self.hidden.append((int(attributes["min"]), int(attributes["max"])))

    def _merge(self, attributes: Attributes) -> None:
        self.merged.append(span_of(attributes["ref"]))

    def _keep_cell(self) -> None:
        """A formula that was computed to nothing is an empty cell; one never computed is not."""
        typed = self.taken().strip()
        if self.kind == "s" and typed:
            typed = self.strings[int(typed)]
        elif self.kind == "n":
            typed = digits_of(typed)
        is_formula = self.has_formula and bool(typed or not self.is_computed)
        if is_formula:
            self.row.formulas |= {self.column}
        if typed or is_formula:
            self.row.cells[self.column] = typed
            self.cells_left -= 1

    def _keep_row(self) -> None:
        if self.cells_left < 0:
            raise TooManyRows
        if self.row.cells and not self.is_too_long:
            self.rows.append(self.row)
            self.is_too_long = len(self.rows) > MOST_ROWS + HEADER_WITHIN


def span_of(reference: str) -> Span:
    """Column and row of both corners: A2:C9 is ((1, 2), (3, 9))."""
    first, _colon, last = reference.partition(":")
    corners = [PLACE.fullmatch(one) for one in (first, last or first)]
    top, bottom = ((_column(one[1]), int(one[2])) for one in corners if one)
    return top, bottom


@lru_cache(maxsize=256)
def _column(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= LAST_COLUMN:
        raise Unreadable
    return number


def digits_of(number: str) -> str:
    """A number as people read it: 13800000001, however the file writes it."""
    if number.isdecimal() or not number:
        return number
    value = float(number)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else number
