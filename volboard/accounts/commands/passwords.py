"""Passwords; with an old one ends everything that the account gave away."""

import secrets
from dataclasses import replace

from flask import current_app
from sqlalchemy import ColumnElement, and_, select, update

from volboard.accounts.errors import WrongPassword
from volboard.accounts.giving_away import ENDING, Ended, Ending
from volboard.accounts.models import Account, DeskCode, Volunteer
from volboard.accounts.passwords import hashed_password, password_matches
from volboard.accounts.rules import GONE
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound


def change_password(account_id: int, current: str, new: str) -> Ended:
    """Write a new password, which ends every session of the account, this one too.

    Where it replaces one, it also ends what the account gave away; a first password takes no
    card from grandma's purse. Raises WrongPassword if there is one and `current` is not it.
    """
    a = Account
    old = db.session.scalar(select(a.password_hash).where(a.id == account_id))
    if old and not password_matches(current, old):
        raise WrongPassword
    secret = hashed_password(new)
    with transaction():
        ended = take_back(account_id) if old else Ended()
        unchanged = a.password_hash == old if old else a.password_hash.is_(None)
        if not _write_password(and_(a.id == account_id, unchanged), secret):
            raise WrongPassword
        end_codes(account_id)
        return ended


def enter_anew(account_id: int, secret: str) -> Ended:
    """Give the account this password (a hash) whatever the old one was, and end what it gave away.

    Inside the caller's transaction, which spends a code for it. Raises NotFound.
    """
    ended = take_back(account_id)
    _write_password(Account.id == account_id, secret)
    return ended


def take_back(account_id: int) -> Ended:
    """End all secrets that the account gave away; inside the caller's transaction.

    Calendar and hand-over addresses show nothing any more, everybody's card says another code,
    and an e-mail address that nobody has confirmed is forgotten (its letter knows the old
    password's number). The household's rows are locked first, then what the floors above lock.
    """
    v = Volunteer
    everybody = select(v.id).where(v.account_id == account_id, v.name != GONE).order_by(v.id)
    people = db.session.scalars(locked(everybody, of=v)).all()
    if not people:
        raise NotFound
    end_above: Ending = current_app.extensions[ENDING]
    ended = end_above(account_id)
    for volunteer_id in people:
        db.session.execute(update(v).where(v.id == volunteer_id).values(code=secrets.token_hex(16)))
    db.session.execute(
        update(Account)
        .where(Account.id == account_id, Account.email_confirmed_at.is_(None))
        .values(email=None)
    )
    return replace(ended, cards=len(people))


def end_codes(account_id: int) -> None:
    """Let no desk code of the account open it any more; inside the caller's transaction."""
    d = DeskCode
    db.session.execute(
        update(d)
        .where(d.account_id == account_id, d.used_at.is_(None), d.expires_at > clock.now())
        .values(expires_at=clock.now())
    )


def _write_password(condition: ColumnElement[bool], secret: str) -> bool:
    a = Account
    written = db.session.execute(
        update(a)
        .where(condition)
        .values(password_hash=secret, session_version=a.session_version + 1)
        .returning(a.id)
    )
    return written.first() is not None
