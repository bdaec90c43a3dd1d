"""Whatever somebody does to the ledger's file, one reading finds it and says where."""

import os
import random
import shutil
from pathlib import Path

import pytest
from flask import Flask

from tests.drills.ledger_town import found, serve_for_days
from tests.drills.rush import ROUNDS
from tests.drills.tampering import TAMPERINGS, as_dict, digest_of, write
from tests.drills.touching import Touch, open_up
from volboard.core.db import db, sqlite_module
from volboard.hours.digests import seal_digest
from volboard.hours.faults import FaultKind
from volboard.hours.seals import latest_seals
from volboard.hours.verifying import as_instant

TIMES = max(60, 50 * ROUNDS)
SEED = int(os.environ.get("VOLBOARD_SEED", "20270609"))


@pytest.fixture
def town(inside: Flask, tmp_path: Path) -> Path:
    """The file of a ledger that is in order, with a copy beside it to start from again."""
    serve_for_days()
    assert found() == []
    assert len(latest_seals(99)) == 5
    path = tmp_path / "volboard.sqlite3"
    db.session.rollback()
    db.engine.dispose()
    shutil.copy(path, path.with_suffix(".pristine"))
    return path


def as_it_was(path: Path) -> None:
    """Put the untouched file back."""
    db.engine.dispose()
    for leftover in path.parent.glob(path.name + "-*"):
        if not leftover.name.endswith("lock"):
            leftover.unlink()
    shutil.copy(path.with_suffix(".pristine"), path)


def tamper(path: Path, turn: int) -> tuple[str, set[object]]:
    """Do one thing to the file that really changes it; answers what, and who must be named."""
    chance = random.Random(SEED + turn)
    weights = [weight for weight, _touch in TAMPERINGS]
    while True:
        touch = open_up(path, chance)
        _weight, act = chance.choices(TAMPERINGS, weights)[0]
        before = content(touch)
        try:
            names = act(touch)
            touch.db.commit()
            if content(touch) != before:
                return act.__name__, names
        except (sqlite_module().IntegrityError, IndexError):
            touch.db.rollback()
        finally:
            touch.db.close()


def content(touch: Touch) -> list[str]:
    """Everything that the ledger's tables hold."""
    tables = ("hour_entries", "entry_reasons", "hour_chains", "ledger_seals", "sealed_chains",
              "ledger_ends")  # fmt: skip
    return [repr(touch.rows(f"SELECT * FROM {table}")) for table in tables]


def test_every_tampering_is_found_and_named(town: Path) -> None:
    missed = []
    for turn in range(TIMES):
        act, names = tamper(town, turn)
        told = found()
        said = {str(n) for fault in told for n in (fault.entry_id, fault.volunteer_id, fault.day)}
        if not told or not said & {str(name) for name in names}:
            missed.append((turn, act, names, [str(fault) for fault in told]))
        as_it_was(town)
    assert missed == []
    assert found() == []


def test_who_swaps_two_lines_is_told_which(town: Path) -> None:
    touch = open_up(town, random.Random(1))
    for value, row in ((-5, 1), (1, 2), (2, -5)):
        touch.db.execute("UPDATE hour_entries SET id = ? WHERE id = ?", (value, row))
    touch.db.commit()
    touch.db.close()
    swapped = [fault for fault in found() if fault.kind is FaultKind.SWAPPED]
    assert [str(fault) for fault in swapped] == [
        "第 2 条，志愿者 1，调换，和第 1 条",
        "第 1 条，志愿者 2，调换，和第 2 条",
    ]


def test_who_writes_everything_anew_is_found_by_a_head_that_was_kept(town: Path) -> None:
    heads = [seal.digest for seal in reversed(latest_seals(9))]
    touch = open_up(town, random.Random(1))
    line = as_dict(touch, 7)
    write_anew(touch, line | {"minutes": line["minutes"] - 1})
    touch.db.commit()
    touch.db.close()
    assert found() == []
    db.session.rollback()
    anew = [seal.digest for seal in reversed(latest_seals(9))]
    first_after = next(n for n, head in enumerate(heads) if head != anew[n])
    for number, head in enumerate(heads):
        kinds = [fault.kind for fault in found(head)]
        assert kinds == ([FaultKind.HEAD] if number >= first_after else [])
        assert [fault.kind for fault in found(head[:16])] == kinds


def write_anew(touch: Touch, line: dict[str, object]) -> None:
    """Change a line, and every digest from it to the last seal, as only this software could."""
    person = line["volunteer_id"]
    later = touch.rows("SELECT id FROM hour_entries WHERE volunteer_id = ? AND position > ?"
                       " ORDER BY position", person, line["position"])  # fmt: skip
    write(touch, line)
    digest = digest_of(line)
    for (rowid,) in later:
        following = as_dict(touch, rowid) | {"previous_digest": digest}
        write(touch, following)
        digest = digest_of(following)
    touch.db.execute("UPDATE hour_chains SET digest = ? WHERE volunteer_id = ?", (digest, person))
    touch.db.execute("UPDATE sealed_chains SET digest = (SELECT e.digest FROM hour_entries e"
                     " WHERE e.volunteer_id = sealed_chains.volunteer_id"
                     " AND e.position = sealed_chains.length)")  # fmt: skip
    head = ""
    for day, at, entries in touch.rows(
        "SELECT day, sealed_at, entries FROM ledger_seals ORDER BY 1"
    ):
        chains = touch.rows("SELECT volunteer_id, length, digest FROM sealed_chains WHERE day = ?"
                            " ORDER BY 1", day)  # fmt: skip
        new = seal_digest(head, day, as_instant(at), entries, chains)
        touch.db.execute("UPDATE ledger_seals SET previous_digest = ?, digest = ? WHERE day = ?",
                         (head, new, day))  # fmt: skip
        head = new
    touch.db.execute("UPDATE ledger_ends SET digest = ?", (head,))
