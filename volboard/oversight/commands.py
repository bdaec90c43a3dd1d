"""Saying that something odd was looked at, and what was found."""

from sqlalchemy import select

from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.oversight.errors import AlreadyReviewed, OwnPresses
from volboard.oversight.models import AnomalyReview
from volboard.oversight.queries import odd


def review(community_id: int, key: str, words: str, by: Viewer) -> None:
    """Move it to what was looked at; the same words sent twice change nothing.

    Raises NotFound to strangers and where it is not odd (any more), OwnPresses where it is
    about what this person pressed or about their household, AlreadyReviewed.
    """
    with transaction():
        db.session.execute(
            locked(select(Community.id).where(Community.id == community_id), of=Community)
        )
        found = odd(community_id, key, by)
        if found.review is not None:
            if (found.review.words, found.review.account_id) == (words, by.id):
                return
            raise AlreadyReviewed
        if found.is_own:
            raise OwnPresses
        db.session.add(AnomalyReview(community_id=community_id, key=key, reviewed_by=by.id,
                                     reviewed_at=clock.now(), words=words))  # fmt: skip
        db.session.flush()
