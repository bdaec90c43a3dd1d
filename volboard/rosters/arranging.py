"""Which sheet of a file has the people; what is not sure is asked."""

import hashlib
import json
from dataclasses import dataclass

from volboard.rosters.columns import People, head_of, people_in
from volboard.rosters.errors import NobodyInIt, NoHeadings, TooManyRows
from volboard.rosters.layouts import find_head, has_mobile
from volboard.rosters.plans import Columns
from volboard.rosters.tables import Book, Table


@dataclass(frozen=True)
class Choice:
    """What somebody said where more than one reading was possible."""

    sheet: int
    """Its place among the sheets that one can see, from 0."""
    columns: Columns | None = None
    """Nothing: those that can only be meant."""


@dataclass(frozen=True)
class Reading:
    """The people of a file, or what must be chosen first."""

    sheet: int
    """Which sheet was read; -1 while that must be chosen."""
    people: People

    @property
    def is_asked(self) -> bool:
        """Whether somebody must choose the sheet or the columns."""
        return self.people.columns is None


def arranged(book: Book, choice: Choice | None = None) -> Reading:
    """Read the sheet that has the people; raises NoHeadings, NobodyInIt, TooManyRows.

    Nobody is in what is returned where two readings are possible.
    """
    if choice is None:
        offered = candidates(book)
        if len(offered) > 1:
            return Reading(-1, People())
        choice = Choice(offered[0])
    table = book.tables[choice.sheet]
    if table.is_too_long:
        raise TooManyRows
    if not table.rows:
        raise NobodyInIt
    people = people_in(table, choice.columns)
    if people.columns and not people.entries:
        raise NobodyInIt
    return Reading(choice.sheet, people)


def candidates(book: Book) -> list[int]:
    """The sheets that may be meant: those with headings, else those with a mobile number.

    Raises NobodyInIt where there are headings and nothing below them, else NoHeadings.
    """
    numbered = list(enumerate(book.tables))
    heads = [(index, table, find_head(table)) for index, table in numbered]
    headed = [(index, table, head) for index, table, head in heads if head]
    if filled := [index for index, table, head in headed if len(table.rows) > head.last + 1]:
        return filled
    if with_numbers := [index for index, table in numbered if any(map(has_mobile, table.rows))]:
        return with_numbers
    raise NobodyInIt if headed else NoHeadings


def signature(book: Book) -> str:
    """A digest of the headings of a file, by which a choice is remembered; empty without any.

    The names of its sheets are in it where there are several. No row of a person is.
    """
    heads = [(table, head_of(table)) for table in book.tables]
    told = [[_name(table, book), sorted(head.labels.items())]
            for table, head in heads if head and head.labels]  # fmt: skip
    text = json.dumps(told, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest() if told else ""


def _name(table: Table, book: Book) -> str:
    return table.name if len(book.tables) > 1 else ""
