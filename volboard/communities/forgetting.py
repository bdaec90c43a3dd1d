"""Where somebody lived and organized who is deleted."""

from datetime import datetime

from sqlalchemy import Delete, Update, delete, select, update

from volboard.accounts.leaving import Leaving
from volboard.accounts.rules import PowerHow
from volboard.communities.models import Community, Membership, Pause, PowerCode, Residency
from volboard.communities.office_commands import OPEN_CODE, leave_office
from volboard.communities.queries import offices
from volboard.core import clock
from volboard.core.db import db, transaction


def forget(leaving: Leaving) -> None:
    """End home and office, and being named as in charge; inside the caller's transaction.

    That there was an office, and codes for one, stays as numbers.
    """
    c, m, r, pause, p = Community, Membership, Residency, Pause, PowerCode
    theirs = select(m.community_id).where(m.account_id.in_(leaving.accounts))
    named = c.id.in_(theirs), c.in_charge.in_(leaving.names)
    _run(update(c).where(*named).values(in_charge=""))
    for account_id in leaving.accounts:
        for community_id in sorted(offices(account_id)):
            leave_office(account_id, community_id, PowerHow.LEAVING, account_id)
    codes = p.account_id.in_(leaving.accounts)
    _run(update(p).where(codes, *OPEN_CODE).values(withdrawn_at=clock.now()))
    _run(update(p).where(codes).values(code_hash=""))
    _run(delete(r).where(r.account_id.in_(leaving.accounts)))
    _run(delete(pause).where(pause.volunteer_id.in_(leaving.volunteer_ids)))


def forget_old_power_codes(before: datetime) -> int:
    """Delete codes that ran out before then and gave nobody anything; answers how many."""
    p = PowerCode
    with transaction():
        gone = delete(p).where(p.expires_at < before, p.used_at.is_(None)).returning(p.id)
        return len(db.session.execute(gone).all())


def _run(statement: Update | Delete) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
