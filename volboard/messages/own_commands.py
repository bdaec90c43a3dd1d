"""What somebody does with their own messages."""

from datetime import datetime

from sqlalchemy import update

from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.messages.models import Message


def mark_read(account_id: int, until: datetime) -> None:
    """Note that this account has looked at whatever it was told until then, and no later.

    Done twice it changes nothing: the first time stays.
    """
    m, now = Message, clock.now()
    with transaction():
        db.session.execute(
            update(m)
            .where(m.account_id == account_id, m.created_at <= min(until, now), m.read_at.is_(None))
            .values(read_at=now)
            .execution_options(synchronize_session=False)
        )
