"""Facts about accounts and households."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select

from volboard.accounts.models import Account, Consent, Volunteer
from volboard.accounts.name_forms import folded
from volboard.accounts.passwords import password_matches
from volboard.accounts.phones import normalised
from volboard.accounts.rules import ConsentKind
from volboard.core.db import db

People = Select[int, int, str, str, bool, str, str, str]


@dataclass(frozen=True)
class Person:
    """A volunteer in a household."""

    account_id: int
    volunteer_id: int
    name: str
    relation: str
    """What the account calls them; empty for itself."""
    is_self: bool
    code: str
    """What this person's QR code says."""
    skills: str = ""
    age_band: str = ""


@dataclass(frozen=True)
class AccountFact:
    """An account as its owner sees it."""

    id: int
    volunteer_id: int
    name: str
    phone: str
    """E.164."""
    has_password: bool
    verified_at: datetime | None
    is_admin: bool
    email: str | None = None
    email_confirmed_at: datetime | None = None


def household(account_id: int) -> tuple[Person, ...]:
    """The account's own volunteer first, then the family in the order in which it was added."""
    v = Volunteer
    query = _people().where(v.account_id == account_id).order_by(v.is_self.desc(), v.id)
    return tuple(Person(*row) for row in db.session.execute(query))


def person(volunteer_id: int) -> Person | None:
    """The volunteer; none if there is no such or the household removed them."""
    return _one(_people().where(Volunteer.id == volunteer_id))


def person_by_code(code: str) -> Person | None:
    """Whom a QR code means; none if nobody, or somebody whom the household removed."""
    return _one(_people().where(Volunteer.code == code)) if is_code(code) else None


def person_named(account_id: int, name: str) -> Person | None:
    """The one of this household with this name, however it is written."""
    v = Volunteer
    return _one(_people().where(v.account_id == account_id, v.folded == folded(name)))


def account(account_id: int) -> AccountFact | None:
    """The account with its own name."""
    return _account(Account.id == account_id)


def account_by_phone(phone: str) -> AccountFact | None:
    """Whose number this is, however it was typed. Not for showing to strangers."""
    number = normalised(phone)
    return _account(Account.phone == number) if number else None


def authenticate(phone: str, password: str) -> int | None:
    """The account whose number and password these are.

    Takes as long for a number without an account, so that the time tells nothing.
    """
    row = db.session.execute(
        select(Account.id, Account.password_hash).where(Account.phone == (normalised(phone) or ""))
    ).first()
    matches = password_matches(password, row.password_hash if row else None)
    return row.id if row and matches else None


def session_version(account_id: int) -> int | None:
    """Which password it is, counted; what was given away under an older one has ended."""
    return db.session.scalar(select(Account.session_version).where(Account.id == account_id))


def agreed_to_name() -> ColumnElement[bool]:
    """Whether the volunteer of a query agreed to be shown to everybody by full name."""
    c = Consent
    return exists().where(
        c.volunteer_id == Volunteer.id, c.kind == ConsentKind.PUBLIC_NAME, c.withdrawn_at.is_(None)
    )  # fmt: skip


def is_code(text: str) -> bool:
    """Whether a text may be a person's code at all; scanners hand over anything."""
    return 0 < len(text) <= 64 and text.isascii() and text.isprintable()


def _people() -> People:
    v = Volunteer
    return select(
        v.account_id, v.id, v.name, v.relation, v.is_self, v.code, v.skills, v.age_band
    ).where(v.removed_at.is_(None))


def _one(query: People) -> Person | None:
    row = db.session.execute(query).first()
    return Person(*row) if row else None


def _account(condition: Any) -> AccountFact | None:
    a, v = Account, Volunteer
    query = (
        select(a.id, v.id, v.name, a.phone, a.password_hash.is_not(None), a.verified_at, a.is_admin,
               a.email, a.email_confirmed_at)
        .join(v, and_(v.account_id == a.id, v.is_self))
        .where(condition)
    )  # fmt: skip
    row: Any = db.session.execute(query).first()
    return AccountFact(*row) if row else None
