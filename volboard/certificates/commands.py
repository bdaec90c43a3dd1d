"""Issuing a proof, and taking it back."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, text

from volboard.accounts.commands import refuse_held
from volboard.accounts.name_queries import is_seen
from volboard.accounts.queries import Person, person
from volboard.certificates.errors import BadPeriod, NothingServed, NotSeen, Revoked
from volboard.certificates.keys import sealing
from volboard.certificates.models import Certificate
from volboard.certificates.rules import (
    FIRST_DAY,
    VERSION,
    Facts,
    ServiceLine,
    certificate_number,
    seal,
)
from volboard.certificates.service_queries import (
    former_names,
    hold_chain,
    last_seal,
    lines_that_hold,
)
from volboard.communities.queries import community, is_resident
from volboard.communities.rule_queries import community_rules
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.core.formats import as_date

CODE_BYTES = 16
NEXT = text(
    "INSERT INTO certificate_books (community_id, year, last) VALUES (:community, :year, 1)"
    " ON CONFLICT (community_id, year) DO UPDATE SET last = certificate_books.last + 1"
    " RETURNING last"
)
"""Takes the next running number; whoever comes second waits for the first to commit."""


def issue(
    volunteer_id: int, community_id: int, first_day: date, last_day: date, shows_name: bool,
    by: Viewer,
) -> str:  # fmt: skip
    """Issue a proof of the lines that hold in these days; answers its number. Free of charge.

    The same proof pressed twice on a day is one. Raises NotFound where `by` is neither the
    household nor an organizer of the community in which it lives, BadPeriod, NothingServed,
    KeyMissing; NotSeen where the household asks for somebody whom no organizer has ever
    checked in; HelpedLately where a desk's code opened the account and only its issuer or it
    itself asks.
    """
    if not FIRST_DAY <= first_day <= last_day <= clock.today():
        raise BadPeriod
    with transaction():
        holder = _holder(volunteer_id, community_id, by)
        refuse_held(holder.account_id, by.id)
        digest = hold_chain(volunteer_id)
        lines = lines_that_hold(volunteer_id, community_id, first_day, last_day)
        if sum(line.minutes for line in lines) < 1:
            raise NothingServed
        if holder.account_id == by.id and not is_seen(volunteer_id):
            raise NotSeen
        now = clock.now()
        who = _who(holder, community_id, shows_name, by)
        facts = _facts(who, (first_day, last_day, as_date(now)), lines, digest)
        return _issued_already(facts) or _write(facts, by, now)


def revoke(number: str, reason: str, by: Viewer) -> None:
    """Take a proof back for good; an organizer of its community says why.

    Raises NotFound to everybody else, Revoked where it was done before, ValueError for no reason.
    """
    if not reason:
        raise ValueError("a revocation needs a reason")
    with transaction():
        row = db.session.scalars(
            locked(select(Certificate).where(Certificate.number == number), of=Certificate)
        ).one_or_none()
        if row is None or not by.manages(row.community_id):
            raise NotFound
        if row.revoked_at is not None:
            raise Revoked
        row.revoked_at, row.revoked_by, row.revoke_reason = clock.now(), by.id, reason


def _holder(volunteer_id: int, community_id: int, by: Viewer) -> Person:
    """The volunteer, if this person may ask for their proof; raises NotFound."""
    holder = person(volunteer_id)
    if holder is None or not by.is_signed_in:
        raise NotFound
    is_family = holder.account_id == by.id
    is_desk = by.manages(community_id) and is_resident(holder.account_id, community_id)
    if not (is_family or is_desk):
        raise NotFound
    return holder


def _who(holder: Person, community_id: int, shows_name: bool, by: Viewer) -> dict[str, Any]:
    """What the proof says of the holder and of the community that issues it."""
    place, rules = community(community_id), community_rules(community_id)
    return {
        "name": holder.name, "volunteer_id": holder.volunteer_id, "shows_name": shows_name,
        "community_id": place.id, "community": place.name, "city": place.city,
        "address": place.address, "phone": place.phone, "in_charge": rules.in_charge,
        "handler": "" if holder.account_id == by.id else by.name,
    }  # fmt: skip


def _facts(
    who: dict[str, Any], days: tuple[date, date, date], lines: tuple[ServiceLine, ...], digest: str
) -> Facts:
    """The proof's facts; `days` are the first, the last and the day of issue."""
    first_day, last_day, issued_on = (day.isoformat() for day in days)
    seal_day, seal_digest = last_seal()
    return Facts(
        version=VERSION, first_day=first_day, last_day=last_day, issued_on=issued_on,
        minutes=sum(line.minutes for line in lines),
        extra_minutes=sum(line.extra_minutes for line in lines),
        make_up_minutes=sum(line.minutes for line in lines if line.make_up),
        ledger_digest=digest, seal_day=seal_day, seal_digest=seal_digest, lines=lines,
        former=former_names(who["volunteer_id"], lines), **who,
    )  # fmt: skip


def _issued_already(facts: Facts) -> str | None:
    """The number of a proof that says exactly this and holds; the chain's lock makes it sure."""
    return db.session.scalar(
        select(Certificate.number).where(
            Certificate.volunteer_id == facts.volunteer_id,
            Certificate.facts == facts.text(),
            Certificate.revoked_at.is_(None),
        )
    )


def _write(facts: Facts, by: Viewer, now: datetime) -> str:
    code = secrets.token_hex(CODE_BYTES)
    year = int(facts.issued_on[:4])
    running = db.session.execute(NEXT, {"community": facts.community_id, "year": year}).scalar_one()
    number = certificate_number(facts.community_id, year, running)
    sealed_with = sealing()
    db.session.add(Certificate(
        number=number, code=code, volunteer_id=facts.volunteer_id,
        community_id=facts.community_id, first_day=date.fromisoformat(facts.first_day),
        last_day=date.fromisoformat(facts.last_day), minutes=facts.minutes,
        shows_name=facts.shows_name, facts=facts.text(),
        seal=seal(sealed_with.key, number, code, facts.text()), key_id=sealed_with.id,
        ledger_digest=facts.ledger_digest,
        issued_by=by.id, issued_at=now, revoke_reason="",
    ))  # fmt: skip
    db.session.flush()
    return number
