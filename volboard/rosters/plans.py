"""Which columns are read: those that can only be meant, else a person is asked (docs/adr/0047)."""

from collections.abc import Iterable
from dataclasses import dataclass

from volboard.rosters.heads import Kind, Meaning
from volboard.rosters.layouts import MOBILE, Head
from volboard.rosters.tables import Row


@dataclass(frozen=True)
class Columns:
    """Where a person's name, number, team and skills stand, from 1; 0 for what is not read."""

    name: int
    phone: int
    team: int = 0
    skills: int = 0

    @property
    def read(self) -> set[int]:
        return {self.name, self.phone, self.team, self.skills} - {0}


Plan = tuple[Columns, ...]
"""The blocks of columns that stand side by side, each with people of its own; empty: ask."""


def planned(head: Head, rows: list[Row]) -> Plan:
    """The blocks below a heading; nothing if two readings are possible."""
    own = _own_names(head)
    if not own:
        return ()
    blocks: list[Columns] = []
    for first, behind in zip(own, [*own[1:], _behind(head)], strict=True):
        begin = first if len(own) > 1 else 0
        phone = _phone(head, first, begin, behind, rows)
        if not phone:
            return ()
        blocks.append(_with_words(head, Columns(first, phone), begin, behind))
    if len(own) > 1 and any(phone < own[0] for phone in head.of_kind(Kind.PHONE)):
        return ()
    return tuple(blocks)


def chosen(head: Head | None, columns: Columns) -> Plan:
    """The blocks that a person chose by the columns of one of them.

    Where the same two headings stand side by side again, those are meant too.
    """
    labels = head.labels if head else {}
    far = columns.phone - columns.name
    name, phone = labels.get(columns.name), labels.get(columns.phone)
    again = sorted(one for one, label in labels.items() if label == name and name)
    if len(again) < 2 or any(labels.get(one + far) != phone for one in again):
        return (columns,)
    return tuple(
        columns if one == columns.name else Columns(one, one + far) for one in again
    )  # fmt: skip


def _behind(head: Head) -> int:
    return max(head.labels, default=0) + 1


def _own_names(head: Head) -> list[int]:
    """The columns with the names of the people whom the table is about."""
    names = {one: head.meanings[one] for one in head.of_kind(Kind.NAME)}
    nearest = {one: found for one, found in names.items() if not found.whose}
    if nearest:
        top = max(found.sure for found in nearest.values())
        return [one for one, found in nearest.items() if found.sure == top]
    told = {found.whose for found in names.values() if not found.is_others}
    return [one for one, found in names.items() if told == {found.whose}] if told else []


def _phone(head: Head, name: int, begin: int, behind: int, rows: list[Row]) -> int:
    """The column with the numbers of these people; 0 if it could be more than one, or none."""
    whose = head.meanings[name].whose
    within = [one for one in head.of_kind(Kind.PHONE) if begin <= one < behind]
    candidates = [one for one in within if head.meanings[one].whose in ("", whose)]
    if not within:
        tails = [one for one in head.of_kind(Kind.TAIL) if begin <= one < behind]
        return tails[0] if len(tails) == 1 else 0
    if not candidates:
        return 0
    free = [one for one in candidates if not _is_beside_another(head, one)]
    top = max(_sure(head.meanings[one], whose) for one in candidates)
    surest = [one for one in candidates if _sure(head.meanings[one], whose) == top]
    if len(surest) > 1:
        surest = [one for one in surest if one in free and _left(head, one) == name]
        surest = surest if len(candidates) - len(free) >= 1 else []
    if len(surest) != 1 or surest[0] not in free:
        return 0
    rivals = [one for one in free if one != surest[0]]
    return 0 if _is_elsewhere(rows, name, surest[0], rivals) else surest[0]


def _sure(found: Meaning, whose: str) -> int:
    """A number that is said to be of the same person as the name is surer than any."""
    return found.sure + 3 if whose and found.whose == whose else found.sure


def _left(head: Head, column: int) -> int:
    """The nearest column with names to the left; 0 if there is none."""
    return max((one for one in head.of_kind(Kind.NAME) if one < column), default=0)


def _is_beside_another(head: Head, column: int) -> bool:
    """Whether the column is the first with numbers after a column with somebody else's names."""
    left = _left(head, column)
    if not left or left in _own_names(head):
        return False
    return not any(left < one < column for one in head.of_kind(Kind.PHONE))


def _is_elsewhere(rows: Iterable[Row], name: int, phone: int, rivals: list[int]) -> bool:
    """Whether somebody's mobile number stands in another column that may be meant too."""
    return any(
        bool(row.cells.get(name))
        and not MOBILE.search(row.cells.get(phone, ""))
        and any(MOBILE.search(row.cells.get(one, "")) for one in rivals)
        for row in rows
    ) if rivals else False  # fmt: skip


def _with_words(head: Head, columns: Columns, begin: int, behind: int) -> Columns:
    """Team and skills of a block: the first of each, where only this block can mean it."""
    found = {}
    for kind in (Kind.TEAM, Kind.SKILLS):
        near = [one for one in head.of_kind(kind) if begin <= one < behind]
        found[kind.value] = near[0] if near else 0
    return Columns(columns.name, columns.phone, found["team"], found["skills"])
