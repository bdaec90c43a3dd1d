"""Whose account a desk code opened, and whether another organizer has seen the person since."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from volboard.accounts.giving_away import Help
from volboard.accounts.models import DeskCode, Sighting, Volunteer
from volboard.accounts.rules import HELD_FOR
from volboard.core import clock
from volboard.core.db import db


def helped(account_id: int) -> Help | None:
    """The last desk code by which somebody came into this account and after which no other
    organizer than its issuer has seen one of its household (`sightings`).

    A password set in a session that it opened washes nothing: the account is helped, not the
    session. As long as it is, its signs and confirmations are worth no more than the issuer's
    word; the trigger `minutes_rest_on_two_witnesses` reads the same.
    """
    return _one(DeskCode.id == last_unseen(account_id))


def held(account_id: int) -> Help | None:
    """The code that opened this account last, as long as it holds it: three days, unless another
    organizer agreed.

    Seeing the person does not end it: they may have come without knowing that somebody else
    was let into their account.
    """
    d = DeskCode
    recent = d.used_at > clock.now() - HELD_FOR
    return _one(and_(d.id == _last_used(account_id), recent, d.agreed_by.is_(None)))


def seen_since(code: Any = DeskCode) -> ColumnElement[bool]:
    """Whether another organizer than a code's issuer has seen one of the household after its use.

    Who was checked in before sightings were kept, after a code of those days, was seen.
    """
    s, v = aliased(Sighting), aliased(Volunteer)
    return exists().where(
        v.account_id == code.account_id, s.volunteer_id == v.id, s.last_at > code.used_at,
        or_(s.organizer_id.is_(None), s.organizer_id != code.issued_by),
    )  # fmt: skip


def last_unseen(account_id: Any) -> ScalarSelect[int]:
    """The id of the last code that opened an account unseen; none where there is no such code."""
    used = aliased(DeskCode)
    return (
        select(func.max(used.id))
        .where(used.account_id == account_id, used.used_at.is_not(None), ~seen_since(used))
        .scalar_subquery()
    )


def _last_used(account_id: int) -> ScalarSelect[int]:
    used = aliased(DeskCode)
    return (
        select(func.max(used.id))
        .where(used.account_id == account_id, used.used_at.is_not(None))
        .scalar_subquery()
    )


def _one(which: ColumnElement[bool]) -> Help | None:
    d = DeskCode
    query = select(d.id, d.account_id, d.issued_by, d.used_at).where(which)
    row = db.session.execute(query).first()
    if row is None:
        return None
    return Help(code_id=row.id, account_id=row.account_id, by=row.issued_by, at=row.used_at)
