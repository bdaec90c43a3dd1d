"""Many new people at once, from a roster; and many numbers that were looked at."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert

from volboard.accounts.commands.households import no_number
from volboard.accounts.identity_models import HouseholdProposal
from volboard.accounts.models import Account, Consent, PhoneView, Volunteer
from volboard.accounts.rules import NOTICE_VERSION, ConsentKind
from volboard.core import clock
from volboard.core.db import db, transaction


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be written; the name is proper, the number in E.164."""

    name: str
    phone: str
    skills: str


def write_people(people: Collection[NewPerson], agreed_by: int) -> Mapping[str, tuple[int, int]]:
    """Make unverified accounts without a password; answers account and volunteer by number.

    `agreed_by` asked them all whether they agree to the notice. Inside the caller's transaction;
    numbers are written in their order, so that two who write the same ones cannot wait for each
    other. Raises IntegrityError where a number has got an account by now.
    """
    if not people:
        return {}
    now, ordered = clock.now(), sorted(people, key=lambda one: one.phone)
    rows = [{"phone": one.phone, "created_at": now} for one in ordered]
    made = db.session.execute(insert(Account).returning(Account.phone, Account.id), rows)
    accounts = {phone: account for phone, account in made}
    volunteers = _write_volunteers(ordered, accounts)
    _write_consents(volunteers.values(), agreed_by)
    return {phone: (account, volunteers[account]) for phone, account in accounts.items()}


@dataclass(frozen=True)
class NewApart:
    """Somebody who gave another household's number; the name is proper."""

    account_id: int
    """Whose number it is."""
    name: str
    skills: str


def write_apart(people: Sequence[NewApart], by: int) -> list[tuple[int, int]]:
    """`propose` for many, in their order; answers account and volunteer of each.

    `by` asked them all whether they agree to the notice. Inside the caller's transaction.
    """
    if not people:
        return []
    now, stands = clock.now(), [no_number() for _one in people]
    rows = [{"phone": phone, "created_at": now} for phone in stands]
    made = db.session.execute(insert(Account).returning(Account.phone, Account.id), rows)
    accounts = {phone: account for phone, account in made}
    named = [NewPerson(one.name, phone, one.skills)
             for one, phone in zip(people, stands, strict=True)]  # fmt: skip
    volunteers = _write_volunteers(named, accounts)
    _write_consents(volunteers.values(), by)
    written = [(accounts[phone], volunteers[accounts[phone]]) for phone in stands]
    db.session.execute(insert(HouseholdProposal), [
        {"volunteer_id": volunteer, "account_id": one.account_id, "proposed_by": by,
         "proposed_at": now}
        for one, (_account, volunteer) in zip(people, written, strict=True)
    ])  # fmt: skip
    return written


def record_phone_views(account_ids: Iterable[int], by: int, place: str) -> None:
    """Write down that `by` saw the full numbers of all these accounts, once each; one statement."""
    now = clock.now()
    rows = [{"account_id": one, "viewed_by": by, "viewed_at": now, "place": place[:200]}
            for one in sorted(set(account_ids))]  # fmt: skip
    if rows:
        with transaction():
            db.session.execute(insert(PhoneView), rows)


def _write_consents(volunteer_ids: Iterable[int], given_by: int) -> None:
    now = clock.now()
    db.session.execute(insert(Consent), [
        {"volunteer_id": volunteer, "kind": ConsentKind.USE.value, "version": NOTICE_VERSION,
         "given_by": given_by, "given_at": now} for volunteer in volunteer_ids
    ])  # fmt: skip


def _write_volunteers(people: list[NewPerson], accounts: Mapping[str, int]) -> dict[int, int]:
    now = clock.now()
    rows = [
        {"account_id": accounts[one.phone], "name": one.name,
         "is_self": True, "relation": "", "code": secrets.token_hex(16), "skills": one.skills,
         "created_at": now} for one in people
    ]  # fmt: skip
    made = db.session.execute(insert(Volunteer).returning(Volunteer.account_id, Volunteer.id), rows)
    return {account: volunteer for account, volunteer in made}
