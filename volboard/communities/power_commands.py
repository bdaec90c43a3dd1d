"""Power is handed over in person: the admin gives a code, and its holder accepts with it.

Until then nobody has anything. Whoever signed up first with somebody else's number loses the
account to the person who stands before the admin, and gains nothing (docs/adr/0042).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from volboard.accounts import commands as accounts
from volboard.accounts.commands.desk_codes import digits_of
from volboard.accounts.errors import WrongCode
from volboard.accounts.giving_away import Ended
from volboard.accounts.models import Account
from volboard.accounts.passwords import hashed_password, password_matches
from volboard.accounts.phones import normalised
from volboard.accounts.queries import AccountFact, account_by_phone
from volboard.accounts.rules import PowerHow
from volboard.communities.errors import HasPower, NoSuchAccount
from volboard.communities.models import PowerCode
from volboard.communities.office_commands import OPEN_CODE, end_offers, grant
from volboard.communities.queries import community, offices
from volboard.communities.rules import (
    POWER_CODE_ATTEMPTS,
    POWER_CODE_DIGITS,
    POWER_CODE_LASTS,
)
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.core.logs import log


@dataclass(frozen=True)
class Offer:
    """A code for somebody who is to have power; to be shown once."""

    name: str
    phone: str
    """E.164; pages mask it."""
    code: str
    ends_at: datetime

    @property
    def days(self) -> int:
        """How long it lasts."""
        return POWER_CODE_LASTS.days

    @property
    def spaced(self) -> str:
        """The code in groups of four, as people read it out."""
        return " ".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))


@dataclass(frozen=True)
class Accepted:
    """What somebody accepted, and what of their account ended with its old password."""

    account_id: int
    community_id: int | None
    """None: the site."""
    ended: Ended


def offer_office(phone: str, community_id: int, by: int | None) -> Offer:
    """A code with which whoever has this number takes an office; an older one ends.

    Raises NoSuchAccount, HasPower for an organizer of this community, NotFound (community).
    """
    fresh = _fresh_code()
    with transaction():
        community(community_id)
        known = account_by_phone(phone)
        if known is None:
            raise NoSuchAccount
        if by is not None and community_id in offices(known.id):
            raise HasPower
        return _offer(known, community_id, by, fresh)


def offer_site(phone: str, name: str) -> Offer:
    """A code with which this person comes to run the site; for the command line only.

    Makes the account where there is none. An admin who lost the password gets in by it, too.
    Raises NotAPhone, NotAName.
    """
    fresh = _fresh_code()
    with transaction():
        if account_by_phone(phone) is None:
            accounts.join(name, phone, None)
        known = account_by_phone(phone)
        assert known is not None, "an account that was made a moment ago"
        return _offer(known, None, None, fresh)


def withdraw(code_id: int, by: int) -> None:
    """Let a code that nobody has used be worth nothing; raises NotFound for any other."""
    p = PowerCode
    with transaction():
        ended = db.session.execute(
            update(p).where(p.id == code_id, *OPEN_CODE).values(withdrawn_at=clock.now())
            .returning(p.id)
        ).first()  # fmt: skip
        if ended is None:
            raise NotFound
    log.info("power code withdrawn", code=code_id, by=by)


def accept(phone: str, code: str, new_password: str) -> Accepted:
    """Take the power that a code gives: a new password, no older session, and the office.

    Everything that the account gave away ends, and its e-mail address goes, since somebody else
    may have set it. Every try is counted, also of those who press at once. Raises WrongCode.
    """
    found = _matching(normalised(phone) or "", digits_of(code))
    if found is None:
        raise WrongCode
    secret = hashed_password(new_password)
    with transaction():
        ended = accounts.enter_anew(found.account_id, secret)  # locks the account first
        accounts.set_email(found.account_id, None)
        _spend(found.id)
        if found.community_id is None:
            accounts.appoint_admin(found.account_id, found.issued_by, PowerHow.CODE)
        else:
            grant(found.account_id, found.community_id, found.issued_by, PowerHow.CODE)
    return Accepted(found.account_id, found.community_id, ended)


def _fresh_code() -> tuple[str, str]:
    """A code and its hash, which takes too long to be made while others wait to write."""
    code = f"{secrets.randbelow(10**POWER_CODE_DIGITS):0{POWER_CODE_DIGITS}}"
    return code, hashed_password(code)


def _offer(
    known: AccountFact, community_id: int | None, by: int | None, fresh: tuple[str, str]
) -> Offer:  # fmt: skip
    (code, code_hash), now = fresh, clock.now()
    db.session.execute(locked(select(Account.id).where(Account.id == known.id), of=Account))
    end_offers(known.id, community_id)
    made = PowerCode(account_id=known.id, community_id=community_id, issued_by=by, issued_at=now,
                     code_hash=code_hash, expires_at=now + POWER_CODE_LASTS)  # fmt: skip
    db.session.add(made)
    db.session.flush()
    log.info("power offered", account=known.id, community=community_id, by=by)
    return Offer(known.name, known.phone, code, made.expires_at)


def _matching(number: str, digits: str) -> PowerCode | None:
    """The open code of this number that these digits are, after counting the try on each.

    Takes as long where the number has none.
    """
    codes = _count_attempt(number)
    if not codes:
        password_matches(digits, None)
    return next((one for one in codes if password_matches(digits, one.code_hash)), None)


def _count_attempt(number: str) -> list[PowerCode]:
    p = PowerCode
    query = (
        select(p)
        .join(Account, Account.id == p.account_id)
        .where(Account.phone == number, *OPEN_CODE, p.attempts < POWER_CODE_ATTEMPTS)
        .where(p.expires_at > clock.now())
        .order_by(p.id)
    )
    with transaction():
        live = list(db.session.scalars(locked(query, of=p)))
        for one in live:
            one.attempts += 1
        db.session.flush()
        for one in live:
            db.session.expunge(one)
    return live


def _spend(code_id: int) -> None:
    p = PowerCode
    spent = db.session.execute(
        update(p).where(p.id == code_id, *OPEN_CODE, p.expires_at > clock.now())
        .values(used_at=clock.now(), code_hash="")
        .returning(p.id)
    ).first()  # fmt: skip
    if spent is None:
        raise WrongCode
