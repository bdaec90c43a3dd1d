"""What waits for a second organizer, and the history of a community's rules."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.communities.models import RuleChange, WorthRule
from volboard.communities.rule_queries import COLUMNS, worth_of
from volboard.communities.rules import FOUNDING, Worth, WorthState
from volboard.core.db import db

ROWS_A_PAGE = 30


@dataclass(frozen=True)
class Step:
    """One change of what minutes are worth, whatever became of it."""

    id: int
    state: str
    before: Worth
    after: Worth
    proposed_by: int | None
    proposed_by_name: str | None
    """The full name; pages mask it. None: see `WorthRule.proposed_by`."""
    proposed_at: datetime
    proposed_on: str
    decided_by_name: str | None
    decided_at: datetime | None
    holds_from: date | None

    @property
    def at(self) -> datetime:
        """When it was proposed."""
        return self.proposed_at


@dataclass(frozen=True)
class Change:
    """One change of a rule that holds at once."""

    rule: str
    before: str
    after: str
    changed_by_name: str
    changed_at: datetime

    @property
    def at(self) -> datetime:
        return self.changed_at


@dataclass(frozen=True)
class History:
    """One page of all changes, the newest first."""

    steps: tuple[Step | Change, ...]
    page: int
    has_more: bool


def waiting(community_id: int) -> Step | None:
    """The proposal that waits for somebody to agree; none, if none does."""
    w = WorthRule
    query = _steps().where(w.community_id == community_id, w.state == WorthState.WAITING)
    row = db.session.execute(query).first()
    return _step(row) if row else None


def history(community_id: int, page: int) -> History:
    """What was changed, proposed and refused in a community; two statements."""
    most = page * ROWS_A_PAGE + 1
    w, c, v = WorthRule, RuleChange, Volunteer
    steps = db.session.execute(
        _steps().where(w.community_id == community_id).order_by(w.id.desc()).limit(most)
    )
    changes = db.session.execute(
        select(c.rule, c.before, c.after, v.name.label("changed_by_name"), c.changed_at)
        .join(v, and_(v.account_id == c.changed_by, v.is_self))
        .where(c.community_id == community_id)
        .order_by(c.id.desc())
        .limit(most)
    )
    found: list[Step | Change] = [_step(row) for row in steps]
    found += [Change(**row._mapping) for row in changes]
    found.sort(key=lambda one: one.at, reverse=True)
    first = most - 1 - ROWS_A_PAGE
    return History(tuple(found[first : most - 1]), page, len(found) >= most)


def _steps() -> Select[*tuple[Any, ...]]:
    w, old, asker, decider = WorthRule, aliased(WorthRule), aliased(Volunteer), aliased(Volunteer)
    before = [getattr(old, column.key).label(f"old_{column.key}") for column in COLUMNS]
    return (
        select(w.id, w.state, w.proposed_by, w.proposed_at, w.proposed_on, w.decided_at,
               w.holds_from, *COLUMNS, *before, old.id.label("old_id"),
               asker.name.label("asker"), decider.name.label("decider"))
        .outerjoin(old, old.id == w.replaces)
        .outerjoin(asker, and_(asker.account_id == w.proposed_by, asker.is_self))
        .outerjoin(decider, and_(decider.account_id == w.decided_by, decider.is_self))
    )  # fmt: skip


def _step(row: Any) -> Step:
    before = FOUNDING
    if row.old_id is not None:
        before = Worth(**{column.key: getattr(row, f"old_{column.key}") for column in COLUMNS})
    return Step(
        id=row.id, state=row.state, before=before, after=worth_of(row),
        proposed_by=row.proposed_by, proposed_by_name=row.asker, proposed_at=row.proposed_at,
        proposed_on=row.proposed_on, decided_by_name=row.decider, decided_at=row.decided_at,
        holds_from=row.holds_from,
    )  # fmt: skip
