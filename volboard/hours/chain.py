"""Appending to a volunteer's chain of lines, and sealing all chains for a day."""

import secrets
from datetime import date

from sqlalchemy import Date, bindparam, func, insert, select, text

from volboard.core import clock
from volboard.core.db import UTCDateTime, db, locked
from volboard.hours.digests import line_digest, reason_digest, seal_digest
from volboard.hours.models import EntryReason, HourChain, HourEntry, LedgerSeal, SealedChain

SALT_BYTES = 16
BEGIN = text("INSERT INTO hour_chains (volunteer_id) VALUES (:volunteer) ON CONFLICT DO NOTHING")
SEAL = text(
    "INSERT INTO ledger_seals (day, sealed_at, entries, previous_digest, digest)"
    " VALUES (:day, :at, :entries, :before, :digest) ON CONFLICT DO NOTHING"
).bindparams(bindparam("day", type_=Date), bindparam("at", type_=UTCDateTime))


def append(entry: HourEntry, words: str = "") -> HourEntry:
    """Write the line at the end of its volunteer's chain, under that chain's lock.

    Needs a transaction. Who appends for several people does so in the order of their numbers,
    so that two who do never wait for each other. The first line of a new day seals the days
    before it.
    """
    seal_before(clock.today())
    chain = _hold(entry.volunteer_id)
    entry.recorded_at = clock.now()
    salt = secrets.token_hex(SALT_BYTES)
    entry.reason_digest = reason_digest(salt, words) if words else ""
    entry.position, entry.previous_digest = chain.length + 1, chain.digest
    for unset in ("night_minutes", "extra_minutes", "away_seconds"):
        setattr(entry, unset, getattr(entry, unset) or 0)
    entry.rule = entry.rule or ""
    entry.digest = line_digest(entry, _position(entry.reverses), _position(entry.replaces))
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


def _position(entry_id: int | None) -> int | None:
    if entry_id is None:
        return None
    return db.session.scalar(select(HourEntry.position).where(HourEntry.id == entry_id))


def seal_before(today: date) -> None:
    """Seal what all chains hold as the end of the day before `today`, if it is not sealed.

    Needs a transaction. The chains are read in one statement, so they fit together. Where two
    seal at once, one of them does it.
    """
    last = db.session.scalars(select(LedgerSeal).order_by(LedgerSeal.day.desc()).limit(1)).first()
    day = date.fromordinal(today.toordinal() - 1)
    if last is not None and last.day >= day:
        return
    grown = _grown()
    if not grown:
        return
    before = last.digest if last else ""
    made = db.session.connection().execute(
        SEAL,
        {"day": day, "at": clock.now(), "before": before, "digest": seal_digest(before, day, grown),
         "entries": db.session.scalar(select(func.sum(HourChain.length)))},
    )  # fmt: skip
    if made.rowcount:
        db.session.execute(insert(SealedChain), [
            {"day": day, "volunteer_id": volunteer, "length": length, "digest": digest}
            for volunteer, length, digest in grown
        ])  # fmt: skip


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
