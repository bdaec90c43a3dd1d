"""What organizers have to answer: the disputes of their communities."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select, true
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.hours.models import Dispute, HourEntry
from volboard.hours.rules import EntryKind
from volboard.hours.times import Times, told, with_times

MOST_SHOWN = 100


@dataclass(frozen=True)
class DisputeRow:
    """A dispute as an organizer sees it; names are whole, pages mask them."""

    id: int
    community_id: int
    community_name: str
    claim: str
    words: str
    opened_at: datetime
    opened_by: str
    answer: str
    answered_at: datetime | None
    answered_by: str | None
    entry_id: int
    account_id: int
    """Whose household the line is in."""
    volunteer_name: str
    event_title: str
    shift_id: int
    shift_title: str
    served_from: datetime
    served_to: datetime
    minutes: int
    kind: str
    recorded_by: int
    recorded_by_name: str
    recorded_at: datetime
    reversal_id: int | None
    holds_id: int | None
    """The line that holds now for this person and shift; none: all is taken back."""
    holds_minutes: int | None
    times: Times

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def is_reversal(self) -> bool:
        return self.kind == EntryKind.REVERSAL

    @property
    def can_be_corrected(self) -> bool:
        """Whether the disputed line still stands as it was."""
        return self.reversal_id is None and not self.is_reversal

    @property
    def days(self) -> int:
        """For how many whole days it has waited."""
        return (clock.now() - self.opened_at).days


@dataclass(frozen=True)
class DisputeDesk:
    """The disputes within somebody's power."""

    waiting: tuple[DisputeRow, ...]
    answered: tuple[DisputeRow, ...]


def dispute_desk(by: Viewer) -> DisputeDesk:
    """What waits, the oldest first, and what was answered, the newest first; two statements."""
    power = _within_power(by)
    waiting = _rows().where(power, Dispute.answered_at.is_(None)).order_by(Dispute.id)
    answered = _rows().where(power, Dispute.answered_at.is_not(None))
    newest = answered.order_by(Dispute.answered_at.desc(), Dispute.id.desc())
    return DisputeDesk(_shown(waiting), _shown(newest))


def dispute(dispute_id: int, by: Viewer) -> DisputeRow:
    """One dispute, for an organizer of its community; raises NotFound to everybody else."""
    found = _shown(_rows().where(Dispute.id == dispute_id))
    if not found or not by.manages(found[0].community_id):
        raise NotFound
    return found[0]


def waiting_dispute(entry_id: int) -> int | None:
    """The dispute of this line that nobody has answered yet."""
    d = Dispute
    return db.session.scalar(select(d.id).where(d.entry_id == entry_id, d.answered_at.is_(None)))


def _within_power(by: Viewer) -> ColumnElement[bool]:
    return true() if by.is_admin else Dispute.community_id.in_(sorted(by.communities))


def _shown(query: Select[*tuple[Any, ...]]) -> tuple[DisputeRow, ...]:
    rows = db.session.execute(with_times(query).limit(MOST_SHOWN))
    return tuple(DisputeRow(*told(row)) for row in rows)


def _rows() -> Select[*tuple[Any, ...]]:
    d, e, v = Dispute, HourEntry, Volunteer
    opener, answerer, recorder = aliased(v), aliased(v), aliased(v)
    undone, holds, taken = aliased(e), aliased(e), aliased(e)
    same = and_(holds.volunteer_id == e.volunteer_id, holds.shift_id == e.shift_id)
    stands = ~exists().where(taken.reverses == holds.id)
    return (
        select(d.id, d.community_id, Community.name, d.claim, d.words, d.opened_at, opener.name,
               d.answer, d.answered_at, answerer.name, e.id, v.account_id, v.name, Event.title,
               Shift.id, Shift.title, e.served_from, e.served_to, e.minutes + e.extra_minutes,
               e.kind, e.recorded_by, recorder.name, e.recorded_at, undone.id, holds.id,
               holds.minutes + holds.extra_minutes)
        .select_from(d)
        .join(e, e.id == d.entry_id)
        .join(v, v.id == e.volunteer_id)
        .join(Community, Community.id == d.community_id)
        .join(Shift, Shift.id == e.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(opener, and_(opener.account_id == d.opened_by, opener.is_self))
        .join(recorder, and_(recorder.account_id == e.recorded_by, recorder.is_self))
        .outerjoin(answerer, and_(answerer.account_id == d.answered_by, answerer.is_self))
        .outerjoin(undone, undone.reverses == e.id)
        .outerjoin(holds, and_(same, holds.kind != EntryKind.REVERSAL, stands))
    )  # fmt: skip
