"""The messages of somebody who is deleted."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update

from volboard.accounts.leaving import Leaving
from volboard.accounts.rules import GONE
from volboard.core.db import db, transaction
from volboard.messages.models import Delivery, Message


def forget(leaving: Leaving) -> None:
    """Delete what was told to them or of them, sent or not; inside the caller's transaction.

    Where the account stays, its other messages lose the names of who left.
    """
    m = Message
    of_them = or_(
        m.account_id.in_(leaving.accounts), m.volunteer_id.in_(leaving.volunteer_ids)
    )  # fmt: skip
    ids = select(m.id).where(of_them)
    for statement in (
        delete(Delivery).where(Delivery.message_id.in_(ids)),
        delete(m).where(of_them),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))
    for name in leaving.names:
        named = update(m).where(m.account_id == leaving.account_id)
        without = named.values(facts=func.replace(m.facts, name, GONE))
        db.session.execute(without.execution_options(synchronize_session=False))


def forget_old(before: datetime) -> int:
    """Delete what was told before then, however it went out; answers how many messages."""
    m = Message
    with transaction():
        ids = db.session.scalars(select(m.id).where(m.created_at < before)).all()
        for some in _in_portions(ids):
            db.session.execute(delete(Delivery).where(Delivery.message_id.in_(some)))
            db.session.execute(delete(m).where(m.id.in_(some)))
        return len(ids)


def _in_portions(ids: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    """SQLite takes only so many values in one statement."""
    return (ids[start : start + size] for start in range(0, len(ids), size))
