"""What the ledger keeps of somebody who is deleted: minutes and digests, and no word.

No name goes into a digest (`digests`), so every chain, total and seal stays right.
"""

from sqlalchemy import delete, or_, select, update

from volboard.accounts.leaving import Leaving
from volboard.accounts.rules import GONE
from volboard.core import clock
from volboard.core.db import db
from volboard.hours.models import (
    Dispute,
    EntryReason,
    HourEntry,
    MakeUp,
    StarAward,
    Unconfirmed,
)
from volboard.hours.rules import MakeUpState
from volboard.hours.witness_rules import UnconfirmedState


def forget(leaving: Leaving) -> None:
    """Take away reasons, disputes, stars and what was asked; inside the caller's transaction.

    The volunteers' erasure is on record before this: a make-up's words are frozen without it.
    """
    people = leaving.volunteer_ids
    lines = select(HourEntry.id).where(HourEntry.volunteer_id.in_(people))
    m, d = MakeUp, Dispute
    for statement in (
        delete(EntryReason).where(EntryReason.entry_id.in_(lines)),
        update(m).where(m.volunteer_id.in_(people), m.state == MakeUpState.WAITING)
        .values(state=MakeUpState.WITHDRAWN, decided_by=leaving.account_id,
                decided_at=clock.now()),
        update(m).where(m.volunteer_id.in_(people)).values(reason=GONE, answer=""),
        delete(Unconfirmed).where(Unconfirmed.volunteer_id.in_(people),
                                  Unconfirmed.state != UnconfirmedState.CREDITED),
        delete(d).where(or_(d.entry_id.in_(lines), d.opened_by.in_(leaving.accounts))),
        delete(StarAward).where(StarAward.volunteer_id.in_(people)),
    ):  # fmt: skip
        db.session.execute(statement.execution_options(synchronize_session=False))
