"""What a person may ask of the board; anything else is read as not asked."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

PAGE_SIZE = 12
LAST_PAGE = 500
LONGEST_SEARCH = 60
FIRST_YEAR, LAST_YEAR = 1990, 2100
LAST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """One question to the board; the defaults ask for everything that is to come."""

    festival: str = ""
    community: int = 0
    day: date | None = None
    free: bool = False
    q: str = ""
    past: bool = False
    page: int = 1

    @property
    def words(self) -> tuple[str, ...]:
        """What is looked for, word by word."""
        return tuple(dict.fromkeys(filter(None, re.split(r"[\s，,、。;；]+", self.q))))

    @property
    def active(self) -> int:
        """How many conditions are in force."""
        return sum(map(bool, (self.festival, self.community, self.day, self.free, self.q)))

    def url(self, **changes: object) -> str:
        """The board's address with this question, or one that differs from it in `changes`."""
        asked = replace(self, **changes)  # type: ignore[arg-type]
        words = {
            "q": asked.q, "festival": asked.festival, "community": asked.community or "",
            "date": asked.day or "", "free": "1" if asked.free else "",
            "past": "1" if asked.past else "", "page": asked.page if asked.page > 1 else "",
        }  # fmt: skip
        given = {name: word for name, word in words.items() if word}
        return "/?" + urlencode(given) if given else "/"


def filters_from(asked: Mapping[str, str], festivals: Collection[str]) -> BoardFilters:
    """Read a question from an address; what makes no sense is left out, never an error."""
    festival = asked.get("festival", "")
    return BoardFilters(
        festival=festival if festival in festivals else "",
        community=number_from(asked.get("community", ""), LAST_ID),
        day=_day(asked.get("date", "")),
        free=asked.get("free") == "1",
        q=plain_words(asked.get("q", "")),
        past=asked.get("past") == "1",
        page=number_from(asked.get("page", ""), LAST_PAGE) or 1,
    )


def plain_words(text: str) -> str:
    """The words of a search: whitespace folded, without what no title can contain (NUL)."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:LONGEST_SEARCH].strip()


def number_from(text: str, last: int) -> int:
    """A whole number from 1 to `last`, or 0."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(last))):
        return 0
    number = int(text)
    return number if number <= last else 0


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def year_from(text: str | None, this_year: int) -> int | None:
    """The year that an address asks for; none if it lies outside the lunar calendar."""
    if text is None or not text.strip():
        return this_year
    year = number_from(text, LAST_YEAR)
    return year if year >= FIRST_YEAR else None
