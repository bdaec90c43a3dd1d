"""What minutes are worth: she wants her own evenings to count as nights."""

from dataclasses import replace
from random import Random

from sqlalchemy import select

from tests.drills.crooked_afterwards import PHONES
from tests.drills.crooked_town import Town
from volboard.communities import worth_commands
from volboard.communities.models import WorthRule
from volboard.communities.rule_queries import community_rules
from volboard.communities.rules import FOUNDING, WorthState
from volboard.core import clock
from volboard.core.db import db

HERS, ANOTHER = PHONES
BY_DAY = (6 * 60, 18 * 60)
NIGHTS = (BY_DAY, BY_DAY, (10 * 60, 20 * 60), (22 * 60, 6 * 60), (6 * 60, 5 * 60 + 59))
PERCENTS = (0, 50, 100, 100)


def propose_worth(town: Town, rng: Random) -> None:
    """Another night, worth more or nothing; what makes nothing worth more takes nobody else."""
    last = community_rules(town.community).last
    (begins, ends), percent = rng.choice(NIGHTS), rng.choice(PERCENTS)
    worth = replace(last.worth if last else FOUNDING, night_from=begins, night_to=ends,
                    night_percent=percent)  # fmt: skip
    made = worth_commands.propose(town.community, worth, town.olga, HERS)
    if made.state == WorthState.LOWERED:
        town.worth.append((clock.now(), percent))


def agree_worth(town: Town, rng: Random) -> None:
    """Somebody agrees to what waits: she herself, her second account, or Otto, who is honest."""
    row = _waiting(town)
    by = rng.choice((town.olga, town.bao, town.otto))
    if row is not None:
        worth_commands.agree(row.id, by, rng.choice((HERS, ANOTHER, ANOTHER)))
        if by is town.otto:
            town.worth.append((clock.now(), row.night_percent))


def withdraw_worth(town: Town, rng: Random) -> None:
    row = _waiting(town)
    if row is not None:
        worth_commands.withdraw(row.id, town.olga, HERS)


def _waiting(town: Town) -> WorthRule | None:
    w = WorthRule
    rows = select(w).where(w.community_id == town.community, w.state == WorthState.WAITING)
    return db.session.scalars(rows.execution_options(populate_existing=True)).one_or_none()
