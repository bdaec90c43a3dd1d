"""Disputes as the owner of a line reads them, and the line that can be disputed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.communities.models import Community
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.hours.dispute_errors import LineReplaced
from volboard.hours.models import Dispute, HourEntry
from volboard.hours.rules import EntryKind
from volboard.hours.times import Times, told, with_times


@dataclass(frozen=True)
class Said:
    """What was said about a line, and what was answered."""

    id: int
    entry_id: int
    claim: str
    words: str
    opened_at: datetime
    answer: str
    answered_at: datetime | None
    answered_by: str | None
    """The full name; pages mask it."""

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


@dataclass(frozen=True)
class OwnLine:
    """A line of one's household that can be disputed."""

    id: int
    community_id: int
    volunteer_id: int
    volunteer_name: str
    is_self: bool
    event_title: str
    shift_title: str
    served_from: datetime
    served_to: datetime
    minutes: int
    kind: str
    phone: str
    """Of the community's desk."""
    times: Times

    @property
    def is_reversal(self) -> bool:
        return self.kind == EntryKind.REVERSAL


def disputes_of(entry_ids: tuple[int, ...]) -> Mapping[int, tuple[Said, ...]]:
    """What was said about these lines, the newest first; one statement."""
    d, answerer = Dispute, aliased(Volunteer)
    if not entry_ids:
        return {}
    rows = db.session.execute(
        select(d.id, d.entry_id, d.claim, d.words, d.opened_at, d.answer, d.answered_at,
               answerer.name)
        .outerjoin(answerer, and_(answerer.account_id == d.answered_by, answerer.is_self))
        .where(d.entry_id.in_(entry_ids))
        .order_by(d.id.desc())
    )  # fmt: skip
    found: dict[int, tuple[Said, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.entry_id] += (Said(*row),)
    return found


def disputable(entry_id: int, by: Viewer) -> OwnLine:
    """A line in the name of this person's household, in one statement.

    Raises NotFound to everybody else, LineReplaced where another line holds instead of it.
    """
    e, v, later = HourEntry, Volunteer, aliased(HourEntry)
    replaced = exists().where(
        (later.reverses == e.id) | (and_(later.replaces == e.reverses, e.reverses.is_not(None)))
    )
    query = (
        select(v.account_id, replaced, e.id, e.community_id, v.id, v.name, v.is_self,
               Event.title, Shift.title, e.served_from, e.served_to, e.minutes + e.extra_minutes,
               e.kind, Community.phone)
        .join(v, v.id == e.volunteer_id)
        .join(Shift, Shift.id == e.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(Community, Community.id == e.community_id)
        .where(e.id == entry_id)
    )  # fmt: skip
    row = db.session.execute(with_times(query)).one_or_none()
    if row is None or row[0] != by.id:
        raise NotFound
    if row[1]:
        raise LineReplaced
    return OwnLine(*told(row)[2:])
