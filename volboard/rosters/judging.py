"""What becomes of each row, as far as the file alone can tell."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from volboard.accounts.commands.family import proper_name
from volboard.accounts.errors import NotAName
from volboard.accounts.name_forms import canonical, folded
from volboard.accounts.phones import normalised
from volboard.accounts.pinyin import sound_alike
from volboard.accounts.rules import FAMILY_SIZE, GONE, SKILLS_LENGTH
from volboard.core.text import is_plain, tidy
from volboard.rosters.columns import Entry
from volboard.rosters.remarks import (
    ends_in_noughts,
    has_several,
    is_cut,
    is_no_person,
    is_of_another,
    number_in_cell,
)
from volboard.rosters.rules import FORMULA_SIGNS, HARMLESS, Verdict

LONGEST_SHOWN = 40
PART = re.compile(r"(?:1\d{2}\*{4})?\d{4}")
"""138****5678 or 5678."""
NO_NUMBER = "没有手机号"
NO_NUMBERS = (NO_NUMBER, "no number of their own")
"""What our lists write, in each language, for somebody who has no number."""
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
    alike: str = ""
    """The folded name of the same number that sounds the same."""

    @property
    def is_bad(self) -> bool:
        return self.verdict not in HARMLESS


def line_from(values: list[Any]) -> Line:
    """The line whose values were kept, in their order."""
    number, name, phone, team, skills, verdict, *more = values
    return Line(number, name, phone, team, skills, Verdict(verdict), *more)


def alike(line: Line, names: Iterable[str]) -> str:
    """The first of these folded names that is spoken as the row's; empty if none is."""
    return next((name for name in names if sound_alike(name, line.name)), "")


def judged(entries: Iterable[Entry], teams: Mapping[str, int]) -> Iterator[Line]:
    """A line for each row; who the community has already, only the database knows."""
    seen: dict[str, dict[str, int]] = {}
    above, entries = "", tuple(entries)
    are_cut = sum(ends_in_noughts(entry.phone) for entry in entries) > 1
    for entry in entries:
        line = _judged(entry, teams)
        if entry.is_name_from_above and line.verdict is Verdict.ADD and line.phone != above:
            line = replace(line, verdict=Verdict.TWO_PHONES)
        if are_cut and line.verdict is Verdict.ADD and ends_in_noughts(entry.phone):
            line = replace(line, verdict=Verdict.CUT_PHONE)
        above = line.phone
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
    above = next(iter(names.values()))
    if len(names) > FAMILY_SIZE:
        return replace(line, verdict=Verdict.TOO_MANY, above=above)
    if same := alike(line, names):
        return replace(line, verdict=Verdict.ALIKE, above=names[same], alike=same)
    return replace(line, verdict=Verdict.OTHER_NAME, above=above)


def _judged(entry: Entry, teams: Mapping[str, int]) -> Line:
    if entry.is_hidden:
        return _line(entry, Verdict.HIDDEN, "", "")
    name, typed = canonical(entry.name), number_in_cell(entry.phone)
    phone = normalised(typed)
    verdict = _of_nobody(entry, name) or (Verdict.FORMULA if entry.has_formula else None)
    verdict = verdict or _of_name(name) or _of_phone(entry.phone, typed, phone)
    skills, team = tidy(entry.skills.translate(COMMAS)), tidy(entry.team)
    verdict = verdict or _of_words(skills, team, teams) or Verdict.ADD
    return _line(entry, verdict, name, phone or entry.phone, team, skills)


def teams_in(team: str, teams: Mapping[str, int]) -> tuple[str, ...]:
    """The teams that a cell names, one or several with commas between."""
    if team in teams or not team:
        return (team,) if team else ()
    return tuple(filter(None, (one.strip() for one in team.translate(COMMAS).split(","))))


def _line(
    entry: Entry, verdict: Verdict, name: str, phone: str, team: str = "", skills: str = "",
    above: int = 0,
) -> Line:  # fmt: skip
    return Line(entry.number, _shown(name), _shown(phone), team, skills, verdict, above)


def _shown(text: str) -> str:
    """The text as far as a page can show it."""
    signs = text if is_plain(text) else "".join(sign for sign in text if is_plain(sign))
    return signs[:LONGEST_SHOWN]


def _of_nobody(entry: Entry, name: str) -> Verdict | None:
    """Whether the row is no person; the second row of a merged name without a number is none."""
    again = entry.is_name_from_above and not entry.phone.strip()
    nobody = name == GONE or not (name or entry.phone.strip() or entry.has_formula)
    if again or nobody or is_no_person(entry.name, entry.phone, entry.is_across):
        return Verdict.NOBODY
    return None


def _of_name(name: str) -> Verdict | None:
    if not name:
        return Verdict.NO_NAME
    try:
        proper_name(name)
    except NotAName:
        return Verdict.BAD_NAME
    return Verdict.BAD_NAME if name.startswith(FORMULA_SIGNS) else None


def _of_phone(typed: str, number: str, phone: str | None) -> Verdict | None:
    if not typed.strip():
        return Verdict.NO_PHONE
    if is_cut(typed):
        return Verdict.CUT_PHONE
    if has_several(typed):
        return Verdict.TWO_PHONES
    if is_of_another(typed):
        return Verdict.OTHERS_PHONE
    if partly(number):
        return Verdict.PART_PHONE
    return None if phone else Verdict.BAD_PHONE


def partly(number: str) -> str:
    """What a list of ours shows of a number: 138****5678, 5678 or 没有手机号; else nothing."""
    plain = NO_NUMBER if number in NO_NUMBERS else number
    return plain if plain == NO_NUMBER or PART.fullmatch(number) else ""


def _of_words(skills: str, team: str, teams: Mapping[str, int]) -> Verdict | None:
    if len(skills) > SKILLS_LENGTH or not is_plain(skills):
        return Verdict.TOO_LONG
    return None if all(one in teams for one in teams_in(team, teams)) else Verdict.NO_TEAM
