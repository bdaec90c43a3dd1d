"""Proofs as their holders, the community's organizers, and strangers see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import Select, select

from volboard.accounts.models import Erasure, Volunteer
from volboard.certificates.errors import Broken
from volboard.certificates.models import Certificate
from volboard.certificates.rules import (
    Facts,
    FormerName,
    facts_of,
    holds,
    is_number,
    may_be_code,
    seal_key,
)
from volboard.certificates.service_queries import minutes_now
from volboard.certificates.verdicts import Checked, Verdict
from volboard.communities.models import Community
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.core.formats import as_date, masked_name

ROWS_A_PAGE = 30
NO_FACTS = " " * 2000
"""What is sealed in vain for a code that nobody has, so that both answers take their time."""
Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Proof:
    """A proof whose seal holds, with all that it says."""

    number: str
    code: str
    account_id: int
    facts: Facts
    issued_at: datetime
    revoked_at: datetime | None
    revoke_reason: str

    @property
    def is_corrected(self) -> bool:
        """Whether the ledger has other minutes for these days now; one statement."""
        f = self.facts
        first, last = date.fromisoformat(f.first_day), date.fromisoformat(f.last_day)
        return minutes_now(f.volunteer_id, f.community_id, first, last) != f.minutes


@dataclass(frozen=True)
class Row:
    """A proof in a list."""

    number: str
    name: str
    """The full name as it is today; pages of organizers mask it."""
    community_id: int
    community_name: str
    first_day: date
    last_day: date
    minutes: int
    issued_at: datetime
    revoked_at: datetime | None
    revoke_reason: str


@dataclass(frozen=True)
class Found:
    """A row, whose household it is, and whether its holder was deleted."""

    row: Certificate
    account_id: int
    is_erased: bool

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is empty because its holder left; empty without that, it is forged."""
        return self.is_erased and not self.row.facts


def find(number: str, by: Viewer) -> Proof:
    """The proof, for its holder's household and the community's organizers; one statement.

    Raises NotFound to everybody else, Broken where what is stored is not what was sealed.
    """
    found = _found(Certificate.number == number) if is_number(number) else None
    if found is None or found.is_withdrawn:
        raise NotFound
    row = found.row
    if not (found.account_id == by.id or by.manages(row.community_id)):
        raise NotFound
    if not is_genuine(row):
        raise Broken
    return Proof(row.number, row.code, found.account_id, facts_of(row.facts), row.issued_at,
                 row.revoked_at, row.revoke_reason)  # fmt: skip


def check(code: str) -> Checked:
    """What a stranger learns from the code; one statement, whatever it is."""
    return _told(_found(Certificate.code == (code if may_be_code(code) else "")))


def code_of(number: str, minutes: int) -> str:
    """The code of the proof with this number and total; empty if none says so."""
    found = _found(Certificate.number == number)
    told = _told(found)
    is_it = told.verdict != Verdict.UNKNOWN and told.minutes == minutes
    return found.row.code if found and is_it else ""


def of_household(account_id: int) -> tuple[Row, ...]:
    """All proofs of the account and its family, the newest first."""
    query = _rows().where(Volunteer.account_id == account_id)
    return tuple(Row(*list(row)) for row in db.session.execute(query))


def of_communities(by: Viewer, page: int) -> tuple[Row, ...]:
    """One page of what the communities issued that this person organizes, and one row more."""
    query = _rows().limit(ROWS_A_PAGE + 1).offset((page - 1) * ROWS_A_PAGE)
    theirs = select(Community.id) if by.is_admin else by.communities
    query = query.where(Certificate.community_id.in_(theirs))
    return tuple(Row(*list(row)) for row in db.session.execute(query))


def is_genuine(row: Certificate) -> bool:
    """Whether the seal holds, and every column says what the sealed facts say."""
    secret = seal_key(str(current_app.config["SECRET_KEY"]))
    if not holds(secret, row.number, row.code, row.facts, row.seal):
        return False
    f = facts_of(row.facts)
    stands = (row.volunteer_id, row.community_id, row.first_day.isoformat(), row.minutes,
              row.last_day.isoformat(), row.shows_name, row.ledger_digest)  # fmt: skip
    sealed = (f.volunteer_id, f.community_id, f.first_day, f.minutes, f.last_day, f.shows_name,
              f.ledger_digest)  # fmt: skip
    return stands == sealed and as_date(row.issued_at).isoformat() == f.issued_on


def _told(found: Found | None) -> Checked:
    if found is None or found.is_withdrawn:
        holds(b"", "", "", NO_FACTS, "")
        if found is None:
            return Checked(Verdict.UNKNOWN)
        return Checked(Verdict.WITHDRAWN, minutes=found.row.minutes)
    row = found.row
    if not is_genuine(row):
        return Checked(Verdict.UNKNOWN)
    f = facts_of(row.facts)
    verdict = Verdict.REVOKED if row.revoked_at else Verdict.GENUINE
    shown = str if f.shows_name else masked_name
    former = tuple(FormerName(shown(one.old), shown(one.new), one.day) for one in f.former)
    return Checked(verdict, row.number, shown(f.name), f.community, f.first_day, f.last_day,
                   f.minutes, f.issued_on, row.revoked_at, former)  # fmt: skip


def _found(condition: Any) -> Found | None:
    found = db.session.execute(
        select(Certificate, Volunteer.account_id, Erasure.erased_at)
        .join(Volunteer, Volunteer.id == Certificate.volunteer_id)
        .outerjoin(Erasure, Erasure.volunteer_id == Certificate.volunteer_id)
        .where(condition)
    ).one_or_none()
    return Found(found[0], found[1], found[2] is not None) if found else None


def _rows() -> Rows:
    c = Certificate
    return (
        select(c.number, Volunteer.name, c.community_id, Community.name, c.first_day, c.last_day,
               c.minutes, c.issued_at, c.revoked_at, c.revoke_reason)
        .join(Volunteer, Volunteer.id == c.volunteer_id)
        .join(Community, Community.id == c.community_id)
        .where(c.facts != "")
        .order_by(c.issued_at.desc(), c.id.desc())
    )  # fmt: skip
