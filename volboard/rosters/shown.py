"""How a sheet and its columns are shown to who must choose: by letter, heading and first cells."""

import re
from dataclasses import dataclass
from itertools import islice

from volboard.core.formats import HARD_SPACE
from volboard.core.text import is_plain, tidy
from volboard.rosters.columns import head_of
from volboard.rosters.heads import Kind
from volboard.rosters.layouts import MOBILE, Head, has_mobile
from volboard.rosters.plans import Columns
from volboard.rosters.tables import Row, Table

MOST_COLUMNS = 60
DIGITS, ELEVEN = re.compile(r"\d{4}"), re.compile(r"\d{11}")
EXAMPLES = 2
LONGEST = 24
LOOKED_AT = 200
"""Rows in which examples are looked for."""


@dataclass(frozen=True)
class ColumnShown:
    """A column as it can be chosen."""

    number: int
    letter: str
    heading: str
    examples: tuple[str, ...]
    has_digits: bool
    """Whether what may be a number stands in it, or the end of one."""
    has_mobiles: bool

    @property
    def words(self) -> str:
        """B · 手机号 · 139 0000 0001、139 0000 0002"""
        return " · ".join(filter(None, (self.letter, self.heading, "、".join(self.examples))))


def columns_of(table: Table) -> tuple[ColumnShown, ...]:
    """The columns that one can see and that hold anything below their heading."""
    head = head_of(table)
    rows = _below(table, head)[:LOOKED_AT]
    used = {column for row in rows for column in row.cells}
    labels = head.labels if head else {}
    return tuple(
        _shown(column, labels.get(column, ""), [row.cells.get(column, "") for row in rows])
        for column in sorted(used)
        if not table.is_hidden(column)
    )[:MOST_COLUMNS]


def guessed(table: Table) -> Columns | None:
    """What is chosen beforehand where only one column can be meant: never the number."""
    head = head_of(table)
    if head is None:
        return None
    names = [one for one in head.of_kind(Kind.NAME) if not head.meanings[one].is_others]
    teams, skills = head.of_kind(Kind.TEAM), head.of_kind(Kind.SKILLS)
    return Columns(names[0] if len(names) == 1 else 0, 0, (*teams, 0)[0], (*skills, 0)[0])


def people_at_most(table: Table) -> int:
    """How many rows of a sheet have a mobile number."""
    return sum(map(has_mobile, table.rows))


def letter(column: int) -> str:
    """1 is A, 27 is AA, as Excel shows it."""
    letters = ""
    while column:
        column, left = divmod(column - 1, 26)
        letters = chr(65 + left) + letters
    return letters


def _below(table: Table, head: Head | None) -> list[Row]:
    return table.rows[head.last + 1 :] if head else table.rows


def _shown(column: int, label: str, cells: list[str]) -> ColumnShown:
    examples = tuple(islice((_spaced(_short(cell)) for cell in cells if cell), EXAMPLES))
    return ColumnShown(
        column, letter(column), _short(label), examples,
        has_digits=any(DIGITS.search(cell) for cell in cells),
        has_mobiles=any(MOBILE.search(cell) for cell in cells),
    )  # fmt: skip


def _spaced(text: str) -> str:
    """139 1111 0001, so that a narrow line does not break inside."""
    return HARD_SPACE.join((text[:3], text[3:7], text[7:])) if ELEVEN.fullmatch(text) else text


def _short(text: str) -> str:
    plain = "".join(sign for sign in tidy(text.replace("\n", " ")) if is_plain(sign))
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
