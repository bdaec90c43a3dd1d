"""What is odd in the communities within somebody's power, and what was said of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, select, union_all

from volboard.accounts.models import Volunteer
from volboard.communities.queries import communities
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.oversight import act_sql as acts
from volboard.oversight import line_sql as lines
from volboard.oversight.anomalies import anomalies
from volboard.oversight.asked import asked
from volboard.oversight.leaning_sql import leaning
from volboard.oversight.marks import Anomaly, Mark
from volboard.oversight.models import AnomalyReview
from volboard.oversight.rules import COUNTED, LOOK_BACK, Rule
from volboard.oversight.traces import Trace, traces
from volboard.oversight.worth_sql import short_rules

MOST = 100
"""How many are shown; the others follow when these are looked at."""


@dataclass(frozen=True)
class Review:
    """That somebody looked at something odd, and what they found."""

    community_id: int
    key: str
    words: str
    account_id: int
    reviewed_by: str
    reviewed_at: datetime


@dataclass(frozen=True)
class Odd:
    """Something odd with its rows and what was said of it; pages mask the names."""

    anomaly: Anomaly
    community: str
    rows: tuple[Trace, ...]
    review: Review | None
    viewer: Viewer
    names: Mapping[int, str]
    """Of the accounts that it is about, where it is about one or two."""

    @property
    def url(self) -> str:
        return f"/organize/anomalies/{self.anomaly.community_id}/{self.anomaly.key}"

    @property
    def shown(self) -> tuple[Trace, ...]:
        """The rows within the viewer's power; of others only the time is theirs to know."""
        return tuple(row for row in self.rows if self.viewer.manages(row.community_id))

    @property
    def hidden(self) -> int:
        """How many rows are of communities beyond the viewer's power."""
        return len(self.rows) - len(self.shown)

    @property
    def minutes(self) -> int:
        """How many minutes it is about: as the rule counts them, or those of the rows shown."""
        if self.anomaly.rule in COUNTED:
            return self.anomaly.amount
        return sum(abs(row.minutes) for row in {(row.kind, row.id): row for row in self.shown}
                   .values())  # fmt: skip

    @property
    def is_own(self) -> bool:
        """Whether it is about what the viewer pressed, or about the viewer's household."""
        about = {self.anomaly.who, self.anomaly.other}.union(
            self.anomaly.hands, *(row.accounts for row in self.rows)
        )
        return self.viewer.id in about


@dataclass(frozen=True)
class OddDesk:
    """What `/organize/anomalies` shows."""

    waiting: tuple[Odd, ...]
    more: int
    """How many wait beyond those shown."""
    reviewed: tuple[Odd, ...]

    @property
    def minutes(self) -> int:
        """Of those shown that wait; a line that is odd in two ways counts twice."""
        return sum(one.minutes for one in self.waiting)


def odd_desk(by: Viewer) -> OddDesk:
    """All that is odd, the newest first; five statements."""
    places = {place.id: place.name for place in communities() if by.manages(place.id)}
    found, said = find(places), _reviews(places)
    waiting = [one for one in found if (one.community_id, one.key) not in said]
    reviewed = [one for one in found if (one.community_id, one.key) in said][:MOST]
    shown = waiting[:MOST] + reviewed
    rows, names = traces(row for one in shown for row in one.rows), _names(shown)

    def told(one: Anomaly) -> Odd:
        mine = tuple(rows[row] for row in one.rows if row in rows)
        review = said.get((one.community_id, one.key))
        return Odd(one, places[one.community_id], mine, review, by, names)

    return OddDesk(tuple(map(told, waiting[:MOST])), max(len(waiting) - MOST, 0),
                   tuple(map(told, reviewed)))  # fmt: skip


def odd(community_id: int, key: str, by: Viewer) -> Odd:
    """One odd thing; raises NotFound to strangers, and where it is not, or not any more."""
    name = next((one.name for one in communities() if one.id == community_id), "")
    if not name or not by.manages(community_id):
        raise NotFound
    found = next((one for one in find((community_id,)) if one.key == key), None)
    if found is None:
        raise NotFound
    rows = traces(found.rows)
    review = _reviews((community_id,)).get((community_id, key))
    told = tuple(rows[row] for row in found.rows if row in rows)
    return Odd(found, name, told, review, by, _names((found,)))


def not_reviewed(places: Iterable[int]) -> int:
    """How many odd things nobody has looked at; two statements."""
    places = tuple(places)
    said = _reviews(places)
    return sum((one.community_id, one.key) not in said for one in find(places))


def find(places: Iterable[int]) -> tuple[Anomaly, ...]:
    """Everything odd of the last twelve months in these communities; one statement."""
    mine = frozenset(places)
    rows = db.session.execute(statement(), asked(mine, clock.now()))
    return anomalies((Mark(**row._mapping) for row in rows), mine)


@cache
def statement() -> CompoundSelect[Any]:
    """All rules in one statement, which is always the same: built once in a process."""
    return union_all(
        lines.near_lines(), lines.crowded(), lines.outside(), lines.strangers(), acts.bursts(),
        acts.sole(Rule.SOLE_ASKER), acts.sole(Rule.SOLE_APPROVER), acts.hasty(),
        acts.odd_phones(), *leaning(), short_rules(),
    )  # fmt: skip


def _names(found: Iterable[Anomaly]) -> Mapping[int, str]:
    v, about = Volunteer, {account for one in found for account in (one.who, one.other)}
    rows = db.session.execute(
        select(v.account_id, v.name).where(v.account_id.in_(sorted(about)), v.is_self)
    )
    return {row.account_id: row.name for row in rows}


def _reviews(places: Iterable[int]) -> dict[tuple[int, str], Review]:
    r, v = AnomalyReview, Volunteer
    rows = db.session.execute(
        select(r.community_id, r.key, r.words, r.reviewed_by, v.name, r.reviewed_at)
        .join(v, (v.account_id == r.reviewed_by) & v.is_self)
        .where(r.community_id.in_(sorted(places)), r.reviewed_at > clock.now() - LOOK_BACK)
    )
    return {(row.community_id, row.key): Review(*row) for row in rows}
