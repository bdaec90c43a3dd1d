"""What becomes of each row, as far as the file alone can tell."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from volboard.accounts.commands.family import proper_name
from volboard.accounts.errors import NotAName
from volboard.accounts.name_forms import canonical, folded
from volboard.accounts.phones import normalised
from volboard.accounts.rules import FAMILY_SIZE, SKILLS_LENGTH
from volboard.core.text import is_plain, tidy
from volboard.rosters.columns import Entry
from volboard.rosters.rules import FORMULA_SIGNS, HARMLESS, Verdict

LONGEST_SHOWN = 40
COMMAS = str.maketrans("，、；;", ",,,,")


@dataclass(frozen=True)
class Line:
    """A row of a roster with what becomes of it."""

    number: int
    """Which row of the file it is."""
    name: str
    phone: str
    """E.164; what was typed where that is no mobile number."""
    team: str
    skills: str
    verdict: Verdict
    above: int = 0
    """The row that it repeats."""

    @property
    def is_bad(self) -> bool:
        return self.verdict not in HARMLESS


def line_from(values: list[Any]) -> Line:
    """The line whose values were kept, in their order."""
    number, name, phone, team, skills, verdict, above = values
    return Line(number, name, phone, team, skills, Verdict(verdict), above)


def judged(entries: Iterable[Entry], teams: Mapping[str, int]) -> Iterator[Line]:
    """A line for each row; who the community has already, only the database knows."""
    seen: dict[str, dict[str, int]] = {}
    for entry in entries:
        line = _judged(entry, teams)
        if line.verdict is Verdict.ADD:
            names = seen.setdefault(line.phone, {})
            line = _beside(line, names)
            names.setdefault(folded(line.name), line.number)
        yield line


def _beside(line: Line, names: Mapping[str, int]) -> Line:
    """The line beside the rows above with its number: their names, each with its row."""
    if (same := folded(line.name)) in names:
        return replace(line, verdict=Verdict.REPEAT, above=names[same])
    if not names:
        return line
    verdict = Verdict.OTHER_NAME if len(names) <= FAMILY_SIZE else Verdict.TOO_MANY
    return replace(line, verdict=verdict, above=next(iter(names.values())))


def _judged(entry: Entry, teams: Mapping[str, int]) -> Line:
    if entry.is_hidden:
        return _line(entry, Verdict.HIDDEN, "", "")
    name, phone = canonical(entry.name), normalised(entry.phone)
    verdict = Verdict.FORMULA if entry.has_formula else _of_name(name)
    verdict = verdict or _of_phone(entry.phone, phone)
    skills, team = tidy(entry.skills.translate(COMMAS)), tidy(entry.team)
    verdict = verdict or _of_words(skills, team, teams) or Verdict.ADD
    return _line(entry, verdict, name, phone or entry.phone, team, skills)


def _line(
    entry: Entry, verdict: Verdict, name: str, phone: str, team: str = "", skills: str = "",
    above: int = 0,
) -> Line:  # fmt: skip
    return Line(entry.number, _shown(name), _shown(phone), team, skills, verdict, above)


def _shown(text: str) -> str:
    """The text as far as a page can show it."""
    signs = text if is_plain(text) else "".join(sign for sign in text if is_plain(sign))
    return signs[:LONGEST_SHOWN]


def _of_name(name: str) -> Verdict | None:
    if not name:
        return Verdict.NO_NAME
    try:
        proper_name(name)
    except NotAName:
        return Verdict.BAD_NAME
    return Verdict.BAD_NAME if name.startswith(FORMULA_SIGNS) else None


def _of_phone(typed: str, phone: str | None) -> Verdict | None:
    if not typed.strip():
        return Verdict.NO_PHONE
    if "E+" in typed.upper():
        return Verdict.CUT_PHONE
    return None if phone else Verdict.BAD_PHONE


def _of_words(skills: str, team: str, teams: Mapping[str, int]) -> Verdict | None:
    if len(skills) > SKILLS_LENGTH or not is_plain(skills):
        return Verdict.TOO_LONG
    return Verdict.NO_TEAM if team and team not in teams else None
