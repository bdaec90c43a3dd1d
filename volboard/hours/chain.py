"""Appending to a volunteer's chain of lines, and sealing all chains for a day."""

import secrets
from datetime import date

from sqlalchemy import func, insert, select, text

from volboard.core import clock
from volboard.core.db import db, locked
from volboard.hours.digests import SIGNED, line_digest, reason_digest, seal_digest
from volboard.hours.models import (
    EntryReason,
    HourChain,
    HourEntry,
    LedgerEnd,
    LedgerSeal,
    SealedChain,
)

SALT_BYTES = 16
BEGIN = text("INSERT INTO hour_chains (volunteer_id) VALUES (:volunteer) ON CONFLICT DO NOTHING")
SEALING = 5_071_203
"""The number of the lock that whoever seals holds on PostgreSQL."""


def append(entry: HourEntry, words: str = "") -> HourEntry:
    """Write the line at the end of its volunteer's chain, under that chain's lock.

    Needs a transaction. Who appends for several people does so in the order of their numbers,
    so that two who do never wait for each other. The first line of a new day seals the days
    before it.
    """
    seal_before(clock.today())
    chain = _hold(entry.volunteer_id)
    entry.id, entry.recorded_at = _next_id(), clock.now()
    salt = secrets.token_hex(SALT_BYTES)
    entry.reason_digest = reason_digest(salt, words) if words else ""
    entry.position, entry.previous_digest = chain.length + 1, chain.digest
    for unset in ("night_minutes", "extra_minutes", "away_seconds"):
        setattr(entry, unset, getattr(entry, unset) or 0)
    for empty in ("rule", "breaks", "witness_digest"):
        setattr(entry, empty, getattr(entry, empty) or "")
    entry.digest = line_digest(getattr(entry, name) for name in SIGNED)
    db.session.add(entry)
    db.session.flush()
    db.session.expire(chain)
    if words:
        db.session.add(EntryReason(entry_id=entry.id, salt=salt, words=words))
        db.session.flush()
    return entry


def _hold(volunteer_id: int) -> HourChain:
    """The end of a chain, held until the transaction ends; a new volunteer's begins here."""
    db.session.execute(BEGIN, {"volunteer": volunteer_id})
    chain = select(HourChain).where(HourChain.volunteer_id == volunteer_id)
    return db.session.scalars(locked(chain, of=HourChain)).one()


def _next_id() -> int:
    """The id that the next line gets: the digest covers it, so it is taken beforehand."""
    if db.engine.dialect.name == "sqlite":
        return (db.session.scalar(select(func.max(HourEntry.id))) or 0) + 1
    sequence = func.pg_get_serial_sequence("hour_entries", "id")
    return int(db.session.scalars(select(func.nextval(sequence))).one())


def seal_before(today: date) -> bool:
    """Seal what all chains hold as the end of the day before `today`; tells whether it did.

    Needs a transaction. The chains are read in one statement, so they fit together. Nothing
    is sealed where that day is sealed already, nothing has grown since, today has begun in
    the ledger, or somebody else is sealing: nobody waits for a seal while holding a chain, so
    no two wait for each other.
    """
    day = date.fromordinal(today.toordinal() - 1)
    if _is_sealed(day) or _has_begun(today) or not _turn_to_seal() or _is_sealed(day):
        return False
    grown = _grown()
    if not grown:
        return False
    before = db.session.scalars(select(LedgerEnd.digest)).one()
    entries, now = db.session.scalar(select(func.sum(HourChain.length))) or 0, clock.now()
    db.session.add(LedgerSeal(day=day, sealed_at=now, entries=entries, previous_digest=before,
                              digest=seal_digest(before, day, now, entries, grown)))  # fmt: skip
    db.session.flush()
    db.session.execute(insert(SealedChain), [
        {"day": day, "volunteer_id": volunteer, "length": length, "digest": digest}
        for volunteer, length, digest in grown
    ])  # fmt: skip
    return True


def _is_sealed(day: date) -> bool:
    return (
        db.session.scalar(select(LedgerSeal.day).where(LedgerSeal.day >= day).limit(1)) is not None
    )


def _has_begun(today: date) -> bool:
    """Whether the newest line is of today: a seal of the day before would cover it too."""
    newest = select(HourEntry.recorded_at).order_by(HourEntry.id.desc()).limit(1)
    at = db.session.scalar(newest)
    return at is not None and clock.local(at).date() >= today


def _turn_to_seal() -> bool:
    """Whether nobody else is sealing now (SQLite has one writer at a time)."""
    if db.engine.dialect.name == "sqlite":
        return True
    return bool(db.session.scalar(select(func.pg_try_advisory_xact_lock(SEALING))))


def _grown() -> list[tuple[int, int, str]]:
    sealed = (
        select(SealedChain.volunteer_id, func.max(SealedChain.length).label("length"))
        .group_by(SealedChain.volunteer_id)
        .subquery()
    )
    rows = db.session.execute(
        select(HourChain.volunteer_id, HourChain.length, HourChain.digest)
        .outerjoin(sealed, sealed.c.volunteer_id == HourChain.volunteer_id)
        .where(HourChain.length > func.coalesce(sealed.c.length, 0))
        .order_by(HourChain.volunteer_id)
    )
    return [(volunteer, length, digest) for volunteer, length, digest in rows]
