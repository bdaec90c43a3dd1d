"""New people: by joining, by a quick signup, at the gate."""

from sqlalchemy.exc import IntegrityError

from volboard.accounts.commands.family import hold_household, new_volunteer, proper_name
from volboard.accounts.commands.households import propose
from volboard.accounts.errors import NotAPhone, PhoneKnown, PhoneTaken
from volboard.accounts.household_queries import apart_named
from volboard.accounts.models import Account
from volboard.accounts.passwords import hashed_password
from volboard.accounts.phones import normalised
from volboard.accounts.queries import Person, account_by_phone, person_named
from volboard.core import clock
from volboard.core.db import db, transaction


def join(name: str, phone: str, password: str | None) -> int:
    """Make an account and its own volunteer; answers the account's id.

    Raises PhoneTaken for a number that has one, NotAPhone, NotAName.
    """
    secret = hashed_password(password) if password else None
    with transaction():
        return _new_account(name, phone, secret).account_id


def quick_account(name: str, phone: str) -> Person:
    """Make an unverified account without a password, for a signup in twenty seconds.

    Raises PhoneKnown for a number that has an account: it never signs anybody in.
    """
    try:
        with transaction():
            return _new_account(name, phone, None)
    except PhoneTaken:
        raise PhoneKnown from None


def person_at_the_gate(name: str, phone: str, by: int) -> Person:
    """Whom an organizer means by a name and a number; made where they are new.

    A new number makes an account without a password. A known number with the name of one of its
    household is that one; with any other name it is a person of their own, of whom the household
    is asked. `by` is the organizer who told them what is kept and typed their yes (PIPL art. 17).
    Raises NotAName, NotAPhone, OwnHousehold.
    """
    with transaction():
        known = account_by_phone(phone)
        if known is None:
            try:
                return _new_account(name, phone, None, by)
            except PhoneTaken:  # by the next gate, a moment ago
                return person_at_the_gate(name, phone, by)
        hold_household(known.id)
        name = proper_name(name)
        return (
            person_named(known.id, name)
            or apart_named(known.id, name)
            or propose(known.id, name, by)
        )


def _new_account(name: str, phone: str, secret: str | None, by: int | None = None) -> Person:
    name, number = proper_name(name), normalised(phone)
    if number is None:
        raise NotAPhone
    account = Account(phone=number, password_hash=secret, created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        raise PhoneTaken from None
    return new_volunteer(account.id, name, "", is_self=True, agreed_by=by)
