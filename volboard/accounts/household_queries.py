"""Who gave a household's number as theirs, and what it said (docs/adr/0034)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select

from volboard.accounts.identity_models import HouseholdProposal
from volboard.accounts.models import Account, Volunteer
from volboard.accounts.name_forms import folded
from volboard.accounts.phones import normalised
from volboard.accounts.queries import Person, person, person_named
from volboard.core.db import db


@dataclass(frozen=True)
class Proposed:
    """Somebody of whom a household is asked whether they are family."""

    id: int
    volunteer_id: int
    name: str
    """Pages mask it until the household has said yes."""
    proposed_at: datetime


def proposed_to(account_id: int) -> tuple[Proposed, ...]:
    """Those about whom the household was asked and has said nothing, the first asked first."""
    p, v = HouseholdProposal, Volunteer
    rows = db.session.execute(
        select(p.id, p.volunteer_id, v.name, p.proposed_at)
        .join(v, v.id == p.volunteer_id)
        .where(p.account_id == account_id, p.answer == "", v.removed_at.is_(None))
        .order_by(p.id)
    )
    return tuple(Proposed(**row._mapping) for row in rows)


def is_own(volunteer_id: int, account_id: int) -> bool:
    """Whether somebody is of this household, or may yet turn out to be: it was asked."""
    p, v = HouseholdProposal, Volunteer
    asked = exists().where(
        p.volunteer_id == v.id, p.account_id == account_id, p.answer == ""
    )  # fmt: skip
    query = select(v.id).where(v.id == volunteer_id, or_(v.account_id == account_id, asked))
    return db.session.scalar(query) is not None


def apart_named(account_id: int, name: str) -> Person | None:
    """Whoever gave this household's number under this name and is not of it."""
    p, v = HouseholdProposal, Volunteer
    found = db.session.scalar(
        select(v.id)
        .join(p, p.volunteer_id == v.id)
        .where(p.account_id == account_id, p.answer != "yes", v.folded == folded(name),
               v.removed_at.is_(None), v.account_id != account_id)
        .order_by(v.id)
        .limit(1)
    )  # fmt: skip
    return person(found) if found else None


def person_by_number(phone: str, name: str) -> Person | None:
    """The one of this name in the household with this number, or who gave it as theirs."""
    account_id = db.session.scalar(select(Account.id).where(Account.phone == normalised(phone)))
    if account_id is None:
        return None
    return person_named(account_id, name) or apart_named(account_id, name)
