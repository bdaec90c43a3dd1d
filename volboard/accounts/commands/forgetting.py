"""Deleting who somebody is: what stays are numbers that mean nobody (PIPL art. 47)."""

import secrets
from datetime import datetime

from sqlalchemy import Delete, delete, literal, or_, select, update

from volboard.accounts.commands.powers import resign_admin
from volboard.accounts.errors import OnlyAdmin
from volboard.accounts.identity_models import HouseholdProposal, NameChange, NameRequest
from volboard.accounts.leaving import Leaving
from volboard.accounts.models import Account, Consent, DeskCode, Erasure, PhoneView, Volunteer
from volboard.accounts.name_rules import RequestState
from volboard.accounts.phones import GONE_NUMBER, is_number
from volboard.accounts.rules import GONE
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound


def hold_leaving(account_id: int, volunteer_id: int | None, cause: str) -> Leaving:
    """Hold the household until the transaction ends, and say who of it leaves.

    Without `volunteer_id` it is everybody with the account. Raises NotFound to strangers, and
    for the account's own person alone; OnlyAdmin.
    """
    a, v = Account, Volunteer
    query = select(v.id, v.name, v.is_self).where(v.account_id == account_id).order_by(v.id)
    everybody = db.session.execute(locked(query, of=v)).all()
    if volunteer_id is not None:
        everybody = [row for row in everybody if row.id == volunteer_id and not row.is_self]
    phone = db.session.scalar(select(a.phone).where(a.id == account_id)) or ""
    if not everybody or not phone or phone.startswith(GONE_NUMBER):
        raise NotFound
    alone = volunteer_id is not None
    if not alone:
        _refuse_only_admin(account_id)
    people = tuple(row for row in everybody if row.name != GONE)
    if not people:
        raise NotFound
    return Leaving(account_id, tuple(row.id for row in people), tuple(row.name for row in people),
                   phone if is_number(phone) and not alone else "", alone, cause)  # fmt: skip


def forget(leaving: Leaving) -> None:
    """Take away names, number, password and e-mail; inside the caller's transaction.

    Who looked at the number and who issued a code stays, as numbers: else whoever had got into
    an account could wipe the traces by deleting it (docs/adr/0043).
    """
    now = clock.now()
    for volunteer_id in leaving.volunteer_ids:
        db.session.execute(
            update(Volunteer)
            .where(Volunteer.id == volunteer_id)
            .values(name=GONE, folded=GONE, initials="", readings="", relation="",
                    skills="", age_band="", code=f"gone-{secrets.token_hex(16)}",
                    removed_at=now)
        )  # fmt: skip
        db.session.add(Erasure(volunteer_id=volunteer_id, erased_at=now, cause=leaving.cause))
    db.session.execute(
        update(Consent)
        .where(Consent.volunteer_id.in_(leaving.volunteer_ids), Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    db.session.flush()
    _forget_names(leaving)
    for account_id in leaving.accounts:
        _forget_account(account_id)
    db.session.flush()


def _forget_names(leaving: Leaving) -> None:
    """Empty what they were called and wished to be called; nobody asks their household again."""
    c, r, p, now = NameChange, NameRequest, HouseholdProposal, clock.now()
    people = leaving.volunteer_ids
    theirs = or_(p.volunteer_id.in_(people), p.account_id.in_(leaving.accounts))
    for statement in (
        update(c).where(c.volunteer_id.in_(people)).values(old_name="", new_name="", reason=""),
        update(r)
        .where(r.volunteer_id.in_(people), r.state == RequestState.WAITING)
        .values(state=RequestState.WITHDRAWN, decided_at=now),
        update(r).where(r.volunteer_id.in_(people)).values(new_name="", reason=""),
        update(p).where(theirs, p.answer == "").values(answer="no", answered_at=now),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


def _forget_account(account_id: int) -> None:
    """The row stays, since what others did refers to it; nobody can sign in to it."""
    a, d = Account, DeskCode
    resign_admin(account_id)
    db.session.execute(
        update(a)
        .where(a.id == account_id)
        .values(phone=f"{GONE_NUMBER}{account_id}", password_hash=None, is_admin=False,
                verified_at=None, verified_by=None,
                session_version=a.session_version + 1, language=None, large_text=None,
                email=None, email_confirmed_at=None,
                last_signed_in_at=None)
    )  # fmt: skip
    db.session.execute(
        update(d).where(d.account_id == account_id).values(code_hash="", agreed_why="")
    )
    db.session.execute(update(PhoneView).where(PhoneView.account_id == account_id).values(place=""))


def forget_old_looks(before: datetime) -> int:
    """Delete who looked at numbers before then; answers how many rows."""
    return _count(delete(PhoneView).where(PhoneView.viewed_at < before))


def forget_old_codes(before: datetime) -> int:
    """Delete codes that ran out before then and that nobody used; answers how many.

    A used one opened an account: that stays on record (`used_code_stays`).
    """
    d = DeskCode
    return _count(delete(d).where(d.expires_at < before, d.used_at.is_(None)))


def _count(statement: Delete) -> int:
    with transaction():
        return len(db.session.execute(statement.returning(literal(1))).all())


def _refuse_only_admin(account_id: int) -> None:
    admins = select(Account.id).where(Account.is_admin).order_by(Account.id)
    if db.session.scalars(locked(admins, of=Account)).all() == [account_id]:
        raise OnlyAdmin
