"""The proofs of somebody who is deleted: what they said is gone, and whoever checks one is told."""

from sqlalchemy import func, update

from volboard.accounts.leaving import Leaving
from volboard.accounts.rules import GONE
from volboard.certificates.models import Certificate
from volboard.core import clock
from volboard.core.db import db


def forget(leaving: Leaving) -> None:
    """Empty the facts; number and code stay, so that the sheet of paper finds an answer.

    Inside the caller's transaction. A trigger allows it only where the erasure is on record.
    """
    c = Certificate
    emptied = update(c).where(c.volunteer_id.in_(leaving.volunteer_ids)).values(
        facts="", shows_name=False, revoke_reason=GONE,
        revoked_at=func.coalesce(c.revoked_at, clock.now()),
        revoked_by=func.coalesce(c.revoked_by, leaving.account_id),
    )  # fmt: skip
    db.session.execute(emptied.execution_options(synchronize_session=False))
