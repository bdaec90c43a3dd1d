"""A file as rows of text, whatever it was; nothing in it is ever computed."""

from dataclasses import dataclass, field


@dataclass
class Row:
    """A row that holds anything, by its number as Excel shows it."""

    number: int
    cells: dict[int, str]
    """Text by column, from 1; a number as its digits."""
    formulas: frozenset[int] = frozenset()
    is_hidden: bool = False
    wide: dict[int, int] = field(default_factory=dict)
    """Cells merged with their neighbours to the right: first and last column."""
    filled: frozenset[int] = frozenset()
    """Columns whose text stands in a merged cell of a row above."""


@dataclass
class Table:
    """A sheet: what was read, and what was left out."""

    rows: list[Row]
    hidden_columns: tuple[tuple[int, int], ...] = ()
    """First and last of each range, from 1."""
    merged: int = 0
    """How many merged ranges there are."""
    name: str = ""
    is_too_long: bool = False
    """It has more rows than are read; those that it has here are its beginning."""

    def is_hidden(self, column: int) -> bool:
        """Whether nobody who looks at the file sees this column."""
        return any(first <= column <= last for first, last in self.hidden_columns)


@dataclass
class Book:
    """The sheets that one can see, in order; a text file is a book of one sheet."""

    tables: list[Table]
    hidden_sheets: int = 0
