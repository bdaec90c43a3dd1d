"""Households are their own: nobody writes into another's, and each says who is of it."""

import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from volboard.accounts.commands.family import hold_household, new_volunteer, refuse_full
from volboard.accounts.errors import HadAHand, NameTaken, OwnHousehold
from volboard.accounts.identity_models import HouseholdProposal
from volboard.accounts.models import Account, Volunteer
from volboard.accounts.phones import APART, GONE_NUMBER
from volboard.accounts.queries import Person, person_named
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound

LETTERS = "abcdefghijkmnpqrstuvwxyz"
"""No digits, so that no search for the end of a number finds it."""


def propose(account_id: int, name: str, by: int) -> Person:
    """Make a person of their own who gave this household's number, and ask the household.

    Inside the caller's transaction; the name is proper. Raises OwnHousehold where it is the
    household of `by`, who adds family on a page of its own.
    """
    if account_id == by:
        raise OwnHousehold
    now = clock.now()
    made = an_account_apart(now)
    person = new_volunteer(made, name, "", is_self=True, agreed_by=by)
    db.session.add(
        HouseholdProposal(volunteer_id=person.volunteer_id, account_id=account_id,
                          proposed_by=by, proposed_at=now)
    )  # fmt: skip
    db.session.flush()
    return person


def answer_household(proposal_id: int, is_ours: bool, by: int) -> tuple[Person, int]:
    """Say whether somebody is of one's household; answers who, and the account that they leave.

    A yes moves them in with all that they did; a no leaves them a person of their own for good.
    Raises NotFound for what was not asked of this household, FamilyFull, NameTaken, HadAHand.
    """
    with transaction():
        hold_household(by)
        proposal = _open(proposal_id, by)
        v = Volunteer
        found = db.session.execute(
            locked(select(v.id, v.account_id, v.name, v.code).where(v.id == proposal.volunteer_id),
                   of=v)
        ).one()  # fmt: skip
        if is_ours and person_named(by, found.name):
            raise NameTaken
        if is_ours:
            refuse_full(by)
        proposal.answer, proposal.answered_at = ("yes" if is_ours else "no"), clock.now()
        db.session.flush()
        if is_ours:
            _move(found.id, found.account_id, by)
        return Person(by, found.id, found.name, "", False, found.code), found.account_id


def no_number() -> str:
    """What stands where a number would: 147 random bits, and nothing that can be dialled."""
    return APART + "".join(secrets.choice(LETTERS) for _sign in range(32))


def an_account_apart(now: datetime) -> int:
    """An account without a number, for somebody who has none of their own."""
    account = Account(phone=no_number(), password_hash=None, created_at=now)
    db.session.add(account)
    db.session.flush()
    return account.id


def _move(volunteer_id: int, from_account: int, to: int) -> None:
    """Let the person belong to the household; the empty account's number is no number any more.

    The database refuses a household that pressed for them or recorded minutes of theirs.
    """
    moved = update(Volunteer).where(Volunteer.id == volunteer_id)
    try:
        with db.session.begin_nested():
            db.session.execute(moved.values(account_id=to, is_self=False, relation=""))
    except IntegrityError as refused:
        if "household_grows_by_agreement" in str(refused.orig):
            raise HadAHand from None
        raise
    db.session.execute(
        update(Account)
        .where(Account.id == from_account)
        .values(phone=f"{GONE_NUMBER}{from_account}")
    )


def _open(proposal_id: int, by: int) -> HouseholdProposal:
    p = HouseholdProposal
    query = select(p).where(p.id == proposal_id, p.account_id == by, p.answer == "")
    found = db.session.scalars(locked(query, of=p)).one_or_none()
    if found is None:
        raise NotFound
    return found
