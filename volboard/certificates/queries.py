"""Proofs as their holders, the community's organizers, and strangers see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from volboard.accounts.models import Volunteer
from volboard.certificates.errors import Broken, KeyChanged
from volboard.certificates.models import Certificate
from volboard.certificates.rules import (
    Facts,
    FormerName,
    facts_of,
    holds,
    is_number,
    may_be_code,
)
from volboard.certificates.service_queries import minutes_now
from volboard.certificates.standing import Found, Standing, found_by, standing
from volboard.certificates.verdicts import Checked, Verdict
from volboard.communities.models import Community
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.core.formats import masked_name

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


def find(number: str, by: Viewer) -> Proof:
    """The proof, for its holder's household and the community's organizers; one statement.

    Raises NotFound to everybody else, Broken where what is stored is not what was sealed, and
    KeyChanged where nobody can tell because its key is gone.
    """
    found = found_by(Certificate.number == number) if is_number(number) else None
    if found is None or found.is_withdrawn:
        raise NotFound
    row = found.row
    if not (found.account_id == by.id or by.manages(row.community_id)):
        raise NotFound
    stands = standing(found)
    if stands == Standing.CHANGED:
        raise Broken
    if stands == Standing.KEY_GONE:
        raise KeyChanged
    return Proof(row.number, row.code, found.account_id, facts_of(row.facts), row.issued_at,
                 row.revoked_at, row.revoke_reason)  # fmt: skip


def check(code: str) -> Checked:
    """What a stranger learns from the code; one statement, whatever it is."""
    return _told(found_by(Certificate.code == (code if may_be_code(code) else "")))


def code_of(number: str, minutes: int) -> str:
    """The code of the proof with this number and total; empty if none says so."""
    found = found_by(Certificate.number == number)
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


def _told(found: Found | None) -> Checked:
    if found is None or found.is_withdrawn:
        holds(b"", "", "", NO_FACTS, "")
        if found is None:
            return Checked(Verdict.UNKNOWN)
        return Checked(Verdict.WITHDRAWN, minutes=found.row.minutes)
    row = found.row
    stands = standing(found)
    if stands == Standing.CHANGED:
        return Checked(Verdict.UNKNOWN)
    f = facts_of(row.facts)
    holding = Verdict.GENUINE if stands == Standing.WHOLE else Verdict.KEY_CHANGED
    verdict = Verdict.REVOKED if row.revoked_at else holding
    shown = str if f.shows_name else masked_name
    former = tuple(FormerName(shown(one.old), shown(one.new), one.day) for one in f.former)
    return Checked(verdict, row.number, shown(f.name), f.community, f.first_day, f.last_day,
                   f.minutes, f.issued_on, row.revoked_at, former)  # fmt: skip


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
