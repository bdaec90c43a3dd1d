"""What minutes are worth in a community, as two organizers agreed on it."""

from dataclasses import asdict, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.support.cast import OLGA, OTTO, RIVER
from volboard.communities.models import WorthRule
from volboard.communities.rule_queries import community_rules
from volboard.communities.rules import FOUNDING
from volboard.core import clock
from volboard.core.db import db, transaction

LONG_SINCE = date(2026, 1, 2)


def hold_worth(community: int = RIVER, since: date = LONG_SINCE, **values: Any) -> int:
    """Let these rules hold from a day on, or after what holds last; answers the row's id."""
    with transaction():
        last = community_rules(community).last
        begins = max(since, last.holds_from) if last else since
        agreed: datetime = clock.instant(begins - timedelta(days=1), time(12))
        row = WorthRule(
            community_id=community, replaces=last.id if last else None, state="agreed",
            proposed_by=OLGA.id, proposed_at=agreed, proposed_on="a", decided_by=OTTO.id,
            decided_at=agreed, decided_on="b", holds_from=begins,
            **asdict(replace(last.worth if last else FOUNDING, **values)),
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        return row.id
