"""Power: who gains or loses it stands on record first, or the database refuses it."""

from sqlalchemy import select, update

from volboard.accounts.models import Account, PowerChange
from volboard.accounts.rules import PowerHow
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound


def record_power(
    account_id: int, community_id: int | None, gained: bool, how: PowerHow, by: int | None
) -> None:
    """Write that power is gained or lost; inside the caller's transaction, before it is so.

    Without a community it is the power to run the site; `by` is None for the command line.
    """
    db.session.add(
        PowerChange(account_id=account_id, community_id=community_id,
                    change="gained" if gained else "lost", how=how, done_by=by, at=clock.now())
    )  # fmt: skip
    db.session.flush()


def appoint_admin(
    account_id: int, by: int | None = None, how: PowerHow = PowerHow.ADMIN
) -> None:  # fmt: skip
    """Let this account run the site; a second time changes nothing. Raises NotFound.

    People come to it by a code (`communities.power_commands`); only the demonstration calls this
    as it stands.
    """
    a = Account
    with transaction():
        row = locked(select(a.is_admin).where(a.id == account_id), of=a)
        is_admin = db.session.scalar(row)
        if is_admin is None:
            raise NotFound
        if not is_admin:
            record_power(account_id, None, True, how, by)
            db.session.execute(update(a).where(a.id == account_id).values(is_admin=True))


def resign_admin(account_id: int) -> None:
    """Put on record that an admin leaves; inside the caller's transaction, which ends it."""
    if db.session.scalar(select(Account.is_admin).where(Account.id == account_id)):
        record_power(account_id, None, False, PowerHow.LEAVING, account_id)
