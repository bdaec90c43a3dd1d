"""Passwords, and the one-time codes that replace a forgotten one."""

import secrets

from sqlalchemy import ColumnElement, and_, select, update

from volboard.accounts.commands.records import verify
from volboard.accounts.errors import WrongCode, WrongPassword
from volboard.accounts.models import Account, DeskCode
from volboard.accounts.passwords import hashed_password, password_matches
from volboard.accounts.phones import normalised
from volboard.accounts.rules import CODE_ATTEMPTS, CODE_DIGITS, CODE_LASTS
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound


def change_password(account_id: int, current: str, new: str) -> None:
    """Write a new password, which ends every session of the account, this one too.

    Raises WrongPassword if the account has a password and `current` is not it.
    """
    a = Account
    old = db.session.scalar(select(a.password_hash).where(a.id == account_id))
    if old and not password_matches(current, old):
        raise WrongPassword
    secret = hashed_password(new)
    with transaction():
        unchanged = a.password_hash == old if old else a.password_hash.is_(None)
        if not _write_password(and_(a.id == account_id, unchanged), secret):
            raise WrongPassword
        _end_codes(account_id)


def issue_desk_code(account_id: int, by: int) -> str:
    """A code of eight digits, once, for ten minutes; an older code of the account ends.

    Only its hash is kept, and who handed it out. The caller has decided that `by` may do so.
    """
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    code_hash, now = hashed_password(code), clock.now()
    with transaction():
        found = db.session.execute(
            locked(select(Account.id).where(Account.id == account_id), of=Account)
        )
        if found.first() is None:
            raise NotFound
        _end_codes(account_id)
        db.session.add(
            DeskCode(account_id=account_id, code_hash=code_hash, issued_by=by, issued_at=now,
                     expires_at=now + CODE_LASTS)
        )  # fmt: skip
    return code


def use_desk_code(phone: str, code: str, new_password: str) -> int:
    """Trade a code for a new password; answers the account's id, ends its older sessions.

    The person stood before the organizer, so the account counts as seen. Every try is
    counted, also of those who press at once. Raises WrongCode.
    """
    live = _count_attempt(normalised(phone) or "")
    digits = "".join(sign for sign in code if sign.isdecimal())
    plain = "".join(str(int(sign)) for sign in digits)
    if not password_matches(plain, live.code_hash if live else None) or live is None:
        raise WrongCode
    secret = hashed_password(new_password)
    with transaction():
        _write_password(Account.id == live.account_id, secret)  # locks the account, then codes
        _spend(live.id)
        verify(live.account_id, live.issued_by)
    return live.account_id


def appoint_admin(account_id: int) -> None:
    """Let this account run the site; for the command line only."""
    with transaction():
        db.session.execute(update(Account).where(Account.id == account_id).values(is_admin=True))
        verify(account_id, account_id)


def _count_attempt(number: str) -> DeskCode | None:
    """The code that this number may still try, after counting the try; none if there is none."""
    d = DeskCode
    query = (
        select(d)
        .join(Account, Account.id == d.account_id)
        .where(Account.phone == number, d.used_at.is_(None), d.attempts < CODE_ATTEMPTS)
        .where(d.expires_at > clock.now())
        .order_by(d.id.desc())
        .limit(1)
    )
    with transaction():
        live = db.session.execute(locked(query, of=d)).scalar()
        if live:
            live.attempts += 1
            db.session.flush()
            db.session.expunge(live)
    return live


def _spend(code_id: int) -> None:
    d = DeskCode
    spent = db.session.execute(
        update(d).where(d.id == code_id, d.used_at.is_(None), d.expires_at > clock.now())
        .values(used_at=clock.now())
        .returning(d.id)
    ).first()  # fmt: skip
    if spent is None:
        raise WrongCode


def _end_codes(account_id: int) -> None:
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
