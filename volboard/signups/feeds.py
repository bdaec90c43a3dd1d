"""The secret address at which a household's places can be subscribed to."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.signups.models import CalendarFeed

SECRET_BYTES = 16


def renew_feed(account_id: int) -> str:
    """Make an address, or another one in place of the old; answers its secret, which is not kept.

    Of two presses at once the later one holds.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = {"secret_hash": _digest(secret), "made_at": clock.now()}
    with transaction():
        try:
            with db.session.begin_nested():
                db.session.add(CalendarFeed(account_id=account_id, **feed))
        except IntegrityError:
            db.session.execute(
                update(CalendarFeed).where(CalendarFeed.account_id == account_id).values(**feed)
            )
    return secret


def revoke_feed(account_id: int) -> None:
    """Let the address show nothing any more; done twice it changes nothing."""
    with transaction():
        db.session.execute(delete(CalendarFeed).where(CalendarFeed.account_id == account_id))


def feed_since(account_id: int) -> datetime | None:
    """Since when the household has an address; none: it has none."""
    f = CalendarFeed
    return db.session.scalar(select(f.made_at).where(f.account_id == account_id))


def feed_owner(secret: str) -> int | None:
    """Whose address this is; none for one that never was, or was taken back."""
    f = CalendarFeed
    return db.session.scalar(select(f.account_id).where(f.secret_hash == _digest(secret)))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
