"""Awarding stars, and taking one back whose minutes a correction took away."""

from sqlalchemy import func, select

from volboard.communities.rule_queries import CommunityRules
from volboard.core import clock
from volboard.core.db import db
from volboard.hours.models import HourEntry, StarAward
from volboard.hours.star_rules import notice_ends, rungs, still_stands


def review(volunteer_id: int, rules: CommunityRules) -> None:
    """Make somebody's stars fit their ledger in a community; after every line, in its transaction.

    The caller holds the volunteer's chain, so that two reviews never cross. A correction is two
    lines and one review: what it takes and gives back at once moves no star.
    """
    community_id, now = rules.community_id, clock.now()
    total = _total(volunteer_id, community_id)
    held = set()
    for award in _standing(volunteer_id, community_id):
        if still_stands(total, award.stars, award.hours, rules.ladder):
            held.add(award.stars)
        else:
            award.withdrawn_at = now
    final_at = notice_ends(now, rules.star_notice_days)
    for stars, hours in rungs(total, rules.ladder):
        if stars not in held:
            db.session.add(StarAward(volunteer_id=volunteer_id, community_id=community_id,
                                     stars=stars, hours=hours, reached_at=now,
                                     final_at=final_at))  # fmt: skip
    db.session.flush()


def _total(volunteer_id: int, community_id: int) -> int:
    e = HourEntry
    worth = func.coalesce(func.sum(e.minutes + e.extra_minutes), 0)
    mine = select(worth).where(e.volunteer_id == volunteer_id, e.community_id == community_id)
    return int(db.session.scalar(mine) or 0)


def _standing(volunteer_id: int, community_id: int) -> list[StarAward]:
    a = StarAward
    query = select(a).where(
        a.volunteer_id == volunteer_id, a.community_id == community_id, a.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(query))
