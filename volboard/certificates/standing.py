"""Whether a stored proof is what was sealed, and what can be said where its key is gone."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Erasure, Volunteer
from volboard.certificates.keys import key_of
from volboard.certificates.models import Certificate, SealKey
from volboard.certificates.rules import facts_of, holds, seal_key
from volboard.certificates.service_queries import ledger_confirms
from volboard.core.db import db
from volboard.core.formats import as_date

_site = aliased(SealKey)
SITE = (
    select(_site.fingerprint)
    .where(_site.origin == "site", Certificate.key_id.is_(None))
    .correlate(Certificate)
    .scalar_subquery()
)
"""The site's own key, with which a proof that names none was sealed."""


class Standing(StrEnum):
    """What is known of a stored proof."""

    WHOLE = "whole"
    CHANGED = "changed"
    KEY_GONE = "key_gone"


@dataclass(frozen=True)
class Found:
    """A row, whose household it is, whether its holder was deleted, and its key's fingerprint."""

    row: Certificate
    account_id: int
    is_erased: bool
    fingerprint: str | None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is empty because its holder left; empty without that, it is forged."""
        return self.is_erased and not self.row.facts


def standing(found: Found) -> Standing:
    """Whether the seal holds, and every column says what the sealed facts say.

    Where the key is gone the ledger alone speaks: what it does not confirm was never issued so.
    """
    row = found.row
    held = _seal_holds(found)
    if held is False:
        return Standing.CHANGED
    try:
        f = facts_of(row.facts)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Standing.CHANGED
    if not (isinstance(f.name, str) and isinstance(f.community, str)):
        return Standing.CHANGED
    stands = (row.volunteer_id, row.community_id, row.first_day.isoformat(), row.minutes,
              row.last_day.isoformat(), row.shows_name, row.ledger_digest)  # fmt: skip
    sealed = (f.volunteer_id, f.community_id, f.first_day, f.minutes, f.last_day, f.shows_name,
              f.ledger_digest)  # fmt: skip
    if stands != sealed or as_date(row.issued_at).isoformat() != f.issued_on:
        return Standing.CHANGED
    if held:
        return Standing.WHOLE
    return Standing.KEY_GONE if ledger_confirms(f) else Standing.CHANGED


def _seal_holds(found: Found) -> bool | None:
    """Whether the seal is the one of these words; none where its key is not at hand."""
    row, key = found.row, key_of(found.fingerprint)
    if row.key_id is None and key is None:
        present = seal_key(str(current_app.config["SECRET_KEY"]))
        return holds(present, row.number, row.code, row.facts, row.seal) or None
    return None if key is None else holds(key, row.number, row.code, row.facts, row.seal)


def found_by(condition: Any) -> Found | None:
    """The proof, with all that decides whether it stands; one statement."""
    found = db.session.execute(
        select(Certificate, Volunteer.account_id, Erasure.erased_at,
               func.coalesce(SealKey.fingerprint, SITE))
        .join(Volunteer, Volunteer.id == Certificate.volunteer_id)
        .outerjoin(Erasure, Erasure.volunteer_id == Certificate.volunteer_id)
        .outerjoin(SealKey, SealKey.id == Certificate.key_id)
        .where(condition)
    ).one_or_none()  # fmt: skip
    return Found(found[0], found[1], found[2] is not None, found[3]) if found else None
