"""Where somebody lived and organized who is deleted."""

from sqlalchemy import delete, select, update

from volboard.accounts.leaving import Leaving
from volboard.communities.models import Community, Membership, Pause, Residency
from volboard.core.db import db


def forget(leaving: Leaving) -> None:
    """End home and office, and being named as in charge; inside the caller's transaction."""
    c, m, r, p = Community, Membership, Residency, Pause
    offices = select(m.community_id).where(m.account_id.in_(leaving.accounts))
    for statement in (
        update(c).where(c.id.in_(offices), c.in_charge.in_(leaving.names)).values(in_charge=""),
        delete(m).where(m.account_id.in_(leaving.accounts)),
        delete(r).where(r.account_id.in_(leaving.accounts)),
        delete(p).where(p.volunteer_id.in_(leaving.volunteer_ids)),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))
