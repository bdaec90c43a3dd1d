"""One-time codes of the desk for a lost password: a door that one person can open."""

import secrets

from flask import current_app
from sqlalchemy import select, update

from volboard.accounts.commands.passwords import end_codes, enter_anew
from volboard.accounts.errors import AgreedAlready, HelpedLately, WrongCode
from volboard.accounts.giving_away import TELL_OF_HELP, Entry, Help, TellOfHelp
from volboard.accounts.help_queries import held
from volboard.accounts.models import Account, DeskCode
from volboard.accounts.passwords import hashed_password, password_matches
from volboard.accounts.phones import normalised
from volboard.accounts.rules import CODE_ATTEMPTS, CODE_DIGITS, CODE_LASTS
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound


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
        end_codes(account_id)
        db.session.add(
            DeskCode(account_id=account_id, code_hash=code_hash, issued_by=by, issued_at=now,
                     expires_at=now + CODE_LASTS)
        )  # fmt: skip
    return code


def use_desk_code(phone: str, code: str, new_password: str) -> Entry:
    """Trade a code for a new password, which ends all that the account gave away.

    It makes nobody seen: whoever issued the code may have used it, so the account counts as
    helped (`help_queries`), and the app tells its owner and the other organizers. Every try is
    counted, also of those who press at once. Raises WrongCode.
    """
    live = _count_attempt(normalised(phone) or "")
    if not password_matches(digits_of(code), live.code_hash if live else None) or live is None:
        raise WrongCode
    secret = hashed_password(new_password)
    with transaction():
        ended = enter_anew(live.account_id, secret)  # locks the household and the account first
        _spend(live.id)
        tell: TellOfHelp = current_app.extensions[TELL_OF_HELP]
        tell(Help(live.id, live.account_id, live.issued_by, clock.now()))
        return Entry(live.account_id, ended)


def agree_to_help(code_id: int, by: int, why: str) -> None:
    """Write that another organizer stands for it that the right person came in by this code.

    The caller has decided that `by` may; the database refuses who issued the code, and the
    account itself. Raises AgreedAlready, NotFound for a code that was never used.
    """
    d = DeskCode
    with transaction():
        row = db.session.scalars(locked(select(d).where(d.id == code_id), of=d)).one_or_none()
        if row is None or row.used_at is None:
            raise NotFound
        if row.agreed_by is not None:
            raise AgreedAlready
        row.agreed_by, row.agreed_at, row.agreed_why = by, clock.now(), why
        db.session.flush()


def refuse_held(account_id: int, by: int) -> None:
    """Raise HelpedLately where only the account itself, or who opened it, asks for something
    that a stranger in it could not undo. Another organizer who acts at the desk is the second."""
    opened = held(account_id)
    if opened is not None and by in (account_id, opened.by):
        raise HelpedLately(opened.at)


def digits_of(typed: str) -> str:
    """The digits of a code, however they were typed."""
    return "".join(str(int(sign)) for sign in typed if sign.isdecimal())


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
    """Use the code up; its hash is worth nothing from now on."""
    d = DeskCode
    spent = db.session.execute(
        update(d).where(d.id == code_id, d.used_at.is_(None), d.expires_at > clock.now())
        .values(used_at=clock.now(), code_hash="")
        .returning(d.id)
    ).first()  # fmt: skip
    if spent is None:
        raise WrongCode
