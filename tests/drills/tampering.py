"""What somebody may do to a ledger's file; each answers who must be named."""

from collections.abc import Callable
from typing import Any

from tests.drills.tampering_seals import (
    change_a_seal,
    change_a_sealed_chain,
    change_the_end_of_the_seals,
    cut_the_seals,
    drop_a_seal,
    drop_a_sealed_chain,
)
from tests.drills.touching import Names, Touch, change
from volboard.hours.digests import SIGNED, line_digest
from volboard.hours.verifying import as_instant

NUMBERS = ("minutes", "night_minutes", "extra_minutes", "planned_minutes", "away_seconds")


def change_a_line(touch: Touch) -> Names:
    rowid, person = touch.one("SELECT id, volunteer_id FROM hour_entries")
    column = touch.chance.choice((*SIGNED, "digest"))
    after = change(touch, "hour_entries", column, rowid)
    return {rowid, person, after} if column in ("id", "volunteer_id") else {rowid}


def change_a_figure(touch: Touch) -> Names:
    (rowid,) = touch.one("SELECT id FROM hour_entries")
    change(touch, "hour_entries", touch.chance.choice(NUMBERS), rowid)
    return {rowid}


def change_a_reason(touch: Touch) -> Names:
    (rowid,) = touch.one("SELECT entry_id FROM entry_reasons")
    column = touch.chance.choice(("salt", "words", "entry_id"))
    after = change(touch, "entry_reasons", column, rowid)
    return {rowid, after}


def drop_a_reason(touch: Touch) -> Names:
    (rowid,) = touch.one("SELECT entry_id FROM entry_reasons")
    touch.db.execute("DELETE FROM entry_reasons WHERE entry_id = ?", (rowid,))
    return {rowid}


def add_a_reason(touch: Touch) -> Names:
    (rowid,) = touch.one("SELECT id FROM hour_entries WHERE reason_digest = ''")
    touch.db.execute("INSERT INTO entry_reasons VALUES (?, 'salt', '因为')", (rowid,))
    return {rowid}


def change_a_chain(touch: Touch) -> Names:
    (person,) = touch.one("SELECT volunteer_id FROM hour_chains")
    column = touch.chance.choice(("volunteer_id", "length", "digest"))
    return {person, change(touch, "hour_chains", column, person)}


def drop_a_chain(touch: Touch) -> Names:
    (person,) = touch.one("SELECT volunteer_id FROM hour_chains")
    touch.db.execute("DELETE FROM hour_chains WHERE volunteer_id = ?", (person,))
    return {person}


def drop_a_line(touch: Touch) -> Names:
    rowid, person = touch.one("SELECT id, volunteer_id FROM hour_entries")
    touch.db.execute("DELETE FROM hour_entries WHERE id = ?", (rowid,))
    touch.db.execute("DELETE FROM entry_reasons WHERE entry_id = ?", (rowid,))
    return {person}


def cut_the_ledger(touch: Touch) -> Names:
    """All lines from one on."""
    rowid, person = touch.one("SELECT id, volunteer_id FROM hour_entries")
    touch.db.execute("DELETE FROM hour_entries WHERE id >= ?", (rowid,))
    touch.db.execute("DELETE FROM entry_reasons WHERE entry_id >= ?", (rowid,))
    return {person}


def swap(touch: Touch, names: tuple[str, ...], same: str) -> Names:
    """Let two lines change places in these columns."""
    first = touch.one("SELECT id, volunteer_id FROM hour_entries")
    second = touch.one(f"SELECT id FROM hour_entries WHERE id <> ? AND {same}", *first)
    for name in names:
        query = f"SELECT {name} FROM hour_entries WHERE rowid = ?"
        kept = [touch.rows(query, row[0])[0][0] for row in (first, second)]
        write = f"UPDATE hour_entries SET {name} = ? WHERE rowid = ?"
        for value, row in ((-5, first[0]), (kept[0], second[0]), (kept[1], first[0])):
            touch.db.execute(write, (value, row))
    return {first[0], second[0]}


def swap_ids(touch: Touch) -> Names:
    """Of any two lines, also of two people."""
    first, second = touch.chance.sample(
        [row[0] for row in touch.rows("SELECT id FROM hour_entries")], 2
    )
    for value, row in ((-5, first), (first, second), (second, -5)):
        touch.db.execute("UPDATE hour_entries SET id = ? WHERE id = ?", (value, row))
    return {first, second}


def swap_positions(touch: Touch) -> Names:
    return swap(touch, ("position",), "volunteer_id = ?")


def swap_figures(touch: Touch) -> Names:
    """Two lines that differ exchange their minutes."""
    first = touch.one("SELECT id, minutes FROM hour_entries")
    second = touch.one("SELECT id, minutes FROM hour_entries WHERE minutes <> ?", first[1])
    for rowid, minutes in ((first[0], second[1]), (second[0], first[1])):
        touch.db.execute("UPDATE hour_entries SET minutes = ? WHERE id = ?", (minutes, rowid))
    return {first[0], second[0]}


def add_a_line(touch: Touch) -> Names:
    """A line as the software would make it, at the end of a chain or of a new one."""
    line = as_dict(touch, touch.one("SELECT id FROM hour_entries")[0])
    if touch.chance.random() < 0.3:
        line |= {"volunteer_id": 99, "position": 1, "previous_digest": ""}
    else:
        end = touch.rows("SELECT length, digest FROM hour_chains WHERE volunteer_id = ?",
                         line["volunteer_id"])[0]  # fmt: skip
        line |= {"position": end[0] + 1, "previous_digest": end[1]}
    line |= {"id": touch.rows("SELECT MAX(id) + 1 FROM hour_entries")[0][0], "kind": "credit",
             "reason_digest": "", "reverses": None, "replaces": None,
             "attendance_id": 10**6}  # fmt: skip
    write(touch, line)
    return {line["id"], line["volunteer_id"]}


def as_dict(touch: Touch, rowid: int) -> dict[str, Any]:
    """A line by its columns."""
    (row,) = touch.rows(f"SELECT {', '.join(SIGNED)} FROM hour_entries WHERE id = ?", rowid)
    return dict(zip(SIGNED, row, strict=True))


def digest_of(line: dict[str, Any]) -> str:
    """The digest that the software would give this line."""
    times = ("served_from", "served_to", "seen_at", "recorded_at")
    return line_digest(as_instant(line[name]) if name in times else line[name] for name in SIGNED)


def write(touch: Touch, line: dict[str, Any]) -> None:
    """Put a line in, or over the one with its id, with the digest that fits."""
    whole = line | {"digest": digest_of(line)}
    names, places = ", ".join(whole), ", ".join("?" * len(whole))
    touch.db.execute(
        f"REPLACE INTO hour_entries ({names}) VALUES ({places})", tuple(whole.values())
    )


TAMPERINGS: tuple[tuple[int, Callable[[Touch], Names]], ...] = (
    (30, change_a_line), (8, change_a_figure), (5, change_a_reason), (3, drop_a_reason),
    (3, add_a_reason), (5, change_a_chain), (3, drop_a_chain), (6, change_a_seal),
    (6, change_a_sealed_chain), (3, drop_a_sealed_chain), (3, drop_a_seal), (4, cut_the_seals),
    (2, change_the_end_of_the_seals), (8, drop_a_line), (5, cut_the_ledger), (5, swap_ids),
    (5, swap_positions), (3, swap_figures), (8, add_a_line),
)  # fmt: skip
"""How often each, of a hundred and fifteen."""
