"""Who organizes in a community: an office begins and ends on record."""

from sqlalchemy import delete, select, update

from volboard.accounts import commands as accounts
from volboard.accounts.models import Account
from volboard.accounts.rules import PowerHow
from volboard.communities.models import Membership, PowerCode
from volboard.communities.queries import offices
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.core.logs import log

OPEN_CODE = (PowerCode.used_at.is_(None), PowerCode.withdrawn_at.is_(None))


def grant(
    account_id: int, community_id: int, by: int | None, how: PowerHow = PowerHow.ADMIN
) -> None:  # fmt: skip
    """Let the account organize in the community, at once; `by` is None for the command line.

    People come to it by a code; only the demonstration calls this as it stands. A second time
    changes nothing.
    """
    with transaction():
        db.session.execute(locked(select(Account.id).where(Account.id == account_id), of=Account))
        if community_id in offices(account_id):
            return
        accounts.record_power(account_id, community_id, True, how, by)
        db.session.add(Membership(account_id=account_id, community_id=community_id,
                                  granted_by=by, granted_at=clock.now()))  # fmt: skip
        db.session.flush()
    log.info("organizer granted", account=account_id, community=community_id, by=by)


def revoke(account_id: int, community_id: int, by: int) -> None:
    """End the account's power in the community, from its next request on, and any code that
    would give it back; raises NotFound."""
    with transaction():
        db.session.execute(locked(select(Account.id).where(Account.id == account_id), of=Account))
        if community_id not in offices(account_id):
            raise NotFound
        leave_office(account_id, community_id, PowerHow.ADMIN, by)
        end_offers(account_id, community_id)
    log.info("organizer revoked", account=account_id, community=community_id, by=by)


def leave_office(account_id: int, community_id: int, how: PowerHow, by: int) -> None:
    """Put on record that a membership ends, and end it; inside the caller's transaction."""
    m = Membership
    accounts.record_power(account_id, community_id, False, how, by)
    db.session.execute(
        delete(m)
        .where(m.account_id == account_id, m.community_id == community_id)
        .execution_options(synchronize_session=False)
    )


def end_offers(account_id: int, community_id: int | None) -> None:
    """Let no open code give this account this power any more; inside the caller's transaction."""
    p = PowerCode
    same = p.community_id.is_(None) if community_id is None else p.community_id == community_id
    db.session.execute(
        update(p)
        .where(p.account_id == account_id, same, *OPEN_CODE)
        .values(withdrawn_at=clock.now())
    )
