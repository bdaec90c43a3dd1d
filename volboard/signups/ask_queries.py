"""What somebody was asked to help out in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.signups.models import CoverAsk


@dataclass(frozen=True)
class OwnAsk:
    """A question to one of the household: could they help out?"""

    id: int
    answer: str
    """yes, no, or empty."""
    name: str
    relation: str
    is_self: bool
    event_id: int
    event_title: str
    where: str
    shift_title: str
    briefing: str
    starts_at: datetime
    ends_at: datetime
    free: int
    """Seats that are free now."""
    waiting: int
    stands: bool
    """Whether it was neither called off nor closed."""

    @property
    def who(self) -> str:
        """What the account calls this member of the family; empty for itself."""
        return "" if self.is_self else self.relation or self.name

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered with a yes."""
        return self.stands and clock.now() < self.ends_at

    @property
    def has_seat(self) -> bool:
        return self.free > 0 and not self.waiting


def own_ask(ask_id: int, account_id: int) -> OwnAsk:
    """The question if it is to this household; else raises NotFound."""
    a, v, s, e = CoverAsk, Volunteer, Shift, Event
    stands = (e.state == "published") & s.called_off_at.is_(None) & s.closed_at.is_(None)
    row = db.session.execute(
        select(a.id, a.answer, v.name, v.relation, v.is_self, e.id, e.title, e.place, s.title,
               s.briefing, s.starts_at, s.ends_at, s.capacity - s.seated, s.waiting, stands)
        .join(v, v.id == a.volunteer_id)
        .join(s, s.id == a.shift_id)
        .join(e, e.id == s.event_id)
        .where(a.id == ask_id, v.account_id == account_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return OwnAsk(*list(row))
