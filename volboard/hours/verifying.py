"""Reading the whole ledger against its digests: what was changed, and where.

Everything is read as the database holds it, in one snapshot, row by row: a million lines need
no more memory than a thousand. Values are compared as they are stored, so that whatever
somebody wrote into a column is a fault and never a crash.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

from volboard.core.db import db
from volboard.hours.digests import (
    SIGNED,
    line_digest,
    reason_digest,
    seal_digest,
    witness_digest,
)
from volboard.hours.faults import Fault, FaultKind
from volboard.hours.verifying_ends import off_the_ends
from volboard.hours.verifying_swaps import named

Row = tuple[Any, ...]
AT_ONCE = 2000
TIMES = tuple(SIGNED.index(name) for name in ("served_from", "served_to", "seen_at", "recorded_at"))
ID, PERSON, POSITION, BEFORE, REASON = (
    SIGNED.index(name)
    for name in ("id", "volunteer_id", "position", "previous_digest", "reason_digest")
)
DIGEST = len(SIGNED)
COLUMNS = ", ".join(f"e.{name}" for name in (*SIGNED, "digest"))
LINES = " ".join(("SELECT", COLUMNS, ", r.salt, r.words, x.volunteer_id FROM hour_entries e",
                  "LEFT JOIN entry_reasons r ON r.entry_id = e.id",
                  "LEFT JOIN erasures x ON x.volunteer_id = e.volunteer_id",
                  "ORDER BY e.volunteer_id, e.position"))  # fmt: skip
WITNESSES = """SELECT e.id, e.volunteer_id, e.witness_digest,
w.account_id, w.role, w.sign, w.at, w.late_minutes
FROM hour_entries e LEFT JOIN presence_witnesses w ON w.attendance_id = e.attendance_id
WHERE e.kind = 'credit' AND e.witness_digest <> '' ORDER BY e.id"""
SEALS = "SELECT day, sealed_at, entries, previous_digest, digest FROM ledger_seals ORDER BY day"
SEALED = """SELECT day, volunteer_id, length, digest FROM sealed_chains
ORDER BY day, volunteer_id"""


@dataclass
class Book:
    """What a reading found so far."""

    lines: int = 0
    seals: int = 0
    head: str = ""
    """The digest of the last seal."""
    heads: set[str] = field(default_factory=set)
    bad: list[Row] = field(default_factory=list)
    """Lines that are not what their digest says, until it is known whether they were swapped."""


def faults(book: Book, against: str = "") -> Iterator[Fault]:
    """Everything that is wrong with the ledger; nothing where it is as it was written.

    `against` is a head, or its first 16 digits or more, that somebody kept from before.
    """
    with snapshot() as read:
        yield from off_the_chain(book, read(LINES))
        yield from named(book.bad)
        yield from off_the_witnesses(read(WITNESSES))
        yield from off_the_seals(book, read(SEALS), read(SEALED))
        yield from off_the_ends(read)
    if against and not any(head.startswith(against.lower()) for head in book.heads):
        yield Fault(FaultKind.HEAD, against)


def off_the_chain(book: Book, lines: Iterator[Row]) -> Iterator[Fault]:
    """Each line against its own digest, the line before it, and its reason."""
    for person, chain in groupby(lines, key=lambda row: row[PERSON]):
        place, known, was_whole = 0, {""}, True
        for row in chain:
            book.lines += 1
            signed = as_signed(row)
            digest, stored = line_digest(signed), row[DIGEST]
            if digest != stored:
                book.bad.append((*signed, stored))
            elif row[POSITION] != place + 1:
                yield Fault(FaultKind.REMOVED, f"它前面的第 {place + 1} 位没有了", row[ID], person)
            elif was_whole and row[BEFORE] not in known:
                yield Fault(FaultKind.CHANGED, f"和前一条（第 {place} 位）接不上", row[ID], person)
            yield from off_the_reason(row)
            place, known, was_whole = row[POSITION], {digest, stored}, digest == stored


def as_signed(row: Row) -> Row:
    """The columns that a digest covers, instants as a digest writes them."""
    values = list(row[:DIGEST])
    for place in TIMES:
        values[place] = as_instant(values[place])
    return tuple(values)


def as_instant(value: object) -> object:
    """What SQLite stores of an instant, as a digest writes it; anything else as it is."""
    if isinstance(value, str) and value[10:11] == " ":
        return f"{value[:10]}T{value[11:]}+00:00"
    return value


def off_the_reason(row: Row) -> Iterator[Fault]:
    """The words of a line's reason against what the line says of them.

    Who was deleted has no words any more (`erasures`); words that are there must still be right.
    """
    salt, words, erased = row[DIGEST + 1 :]
    if words is None and erased is not None:
        return
    found = "" if words is None else reason_digest(str(salt), str(words))
    if found != row[REASON]:
        yield Fault(FaultKind.REASON, "没有了" if words is None else "", row[ID], row[PERSON])


def off_the_witnesses(rows: Iterator[Row]) -> Iterator[Fault]:
    """Those who stand for each line against what the line says of them."""
    for (entry, person, stored), found in groupby(rows, key=lambda row: row[:3]):
        witnesses = [row[3:] for row in found]
        told = ((who, role, sign, as_instant(at), late) for who, role, sign, at, late in witnesses)
        if witness_digest(told) != stored:
            yield Fault(FaultKind.WITNESS, "", entry, person)


def off_the_seals(book: Book, seals: Iterator[Row], sealed: Iterator[Row]) -> Iterator[Fault]:
    """Each seal against what it covers, and against the seal before."""
    known = {""}
    for (day, sealed_at, entries, previous, digest), chains in beside(seals, sealed):
        found = seal_digest(str(previous), day, as_instant(sealed_at), entries, chains)
        if found != digest:
            yield Fault(FaultKind.SEAL, day=day)
        elif previous not in known:
            yield Fault(FaultKind.SEALS, "它前面的一天没有了", day=day)
        known = {digest, found}
        book.seals, book.head = book.seals + 1, str(digest)
        book.heads.add(str(digest))


def beside(
    seals: Iterator[Row], sealed: Iterator[Row]
) -> Iterator[tuple[Row, Iterator[tuple[Any, Any, Any]]]]:
    """Each seal with the chains of its day; both come in the order of their days."""
    days = groupby(sealed, key=lambda row: str(row[0]))
    day, chains = next(days, ("~", iter(())))
    for seal in seals:
        while day < str(seal[0]):
            day, chains = next(days, ("~", iter(())))
        mine = chains if day == str(seal[0]) else iter(())
        yield seal, ((person, length, digest) for _day, person, length, digest in mine)


@contextmanager
def snapshot() -> Iterator[Callable[[str], Iterator[Row]]]:
    """A reader of rows as they are stored, all of one moment."""
    with db.engine.connect() as connection:
        if db.engine.dialect.name != "sqlite":
            connection.execution_options(isolation_level="REPEATABLE READ")
            yield partial(_rows, connection)
            return
        raw: Any = connection.connection.dbapi_connection
        usual, raw.text_factory = raw.text_factory, lambda stored: stored.decode(errors="replace")
        try:
            yield partial(_rows, connection)
        finally:
            raw.text_factory = usual


def _rows(connection: Connection, query: str) -> Iterator[Row]:
    streamed = connection.execution_options(yield_per=AT_ONCE).execute(text(query))
    return (tuple(row) for row in streamed)
