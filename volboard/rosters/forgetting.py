"""What rosters hold of somebody who is deleted."""

from sqlalchemy import delete, or_

from volboard.accounts.leaving import Leaving
from volboard.core.db import db
from volboard.rosters.models import RosterDraft, RosterListing


def forget(leaving: Leaving) -> None:
    """Delete the drafts that name them or that they made; inside the caller's transaction.

    A draft lives for an hour: its organizer takes the file once more.
    """
    words = [*leaving.names, leaving.phone.removeprefix("+86")]
    kept = (RosterDraft.rows, RosterDraft.sheets)
    named = [text.contains(word, autoescape=True) for word in words if word for text in kept]
    drafts = delete(RosterDraft).where(or_(RosterDraft.made_by.in_(leaving.accounts), *named))
    listed = delete(RosterListing).where(RosterListing.account_id.in_(leaving.accounts))
    for statement in (drafts, listed):
        db.session.execute(statement.execution_options(synchronize_session=False))
