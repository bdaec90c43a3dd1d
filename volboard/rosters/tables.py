"""A file as rows of text, whatever it was; nothing in it is ever computed."""

from dataclasses import dataclass, field


@dataclass
class Row:
    """A row that holds anything, by its number in the file."""

    number: int
    cells: dict[int, str]
    """Text by column, from 1; a number as its digits."""
    formulas: frozenset[int] = frozenset()
    is_hidden: bool = False


@dataclass
class Table:
    """What was read, and what was left out."""

    rows: list[Row]
    hidden_columns: tuple[tuple[int, int], ...] = ()
    """First and last of each range, from 1."""
    merged: int = 0
    """How many merged ranges there are."""
    other_sheets: tuple[str, ...] = field(default=())

    def is_hidden(self, column: int) -> bool:
        """Whether nobody who looks at the file sees this column."""
        return any(first <= column <= last for first, last in self.hidden_columns)
