"""A seat that is offered by a secret address, as whoever opens it sees it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.signups.models import HandOver, Signup
from volboard.signups.rules import SignupState


@dataclass(frozen=True)
class Offered:
    """The seat, its shift, and what became of the offer."""

    id: int
    signup_id: int
    giver_id: int
    shift_id: int
    event_id: int
    state: str
    """Of the giver's place."""
    taken_by: int | None
    withdrawn_at: datetime | None
    event_title: str
    where: str
    shift_title: str
    briefing: str
    starts_at: datetime
    ends_at: datetime
    waiting: int
    stands: bool
    """Whether the shift was neither called off nor closed."""

    @property
    def obstacle(self) -> str:
        """Why it cannot be taken: taken, withdrawn, gone, over or queue; empty if it can."""
        reasons = {
            "taken": self.taken_by is not None,
            "withdrawn": self.withdrawn_at is not None,
            "gone": self.state != SignupState.SEATED or not self.stands,
            "over": clock.now() >= self.starts_at,
            "queue": self.waiting > 0,
        }
        return next((name for name, holds in reasons.items() if holds), "")


def offered(secret_hash: str) -> Offered:
    """The offer of this secret, as it stands now; raises NotFound."""
    h, g, s, e = HandOver, Signup, Shift, Event
    stands = (e.state == "published") & s.called_off_at.is_(None) & s.closed_at.is_(None)
    row = db.session.execute(
        select(h.id, g.id, g.volunteer_id, s.id, e.id, g.state, h.taken_by, h.withdrawn_at,
               e.title, e.place, s.title, s.briefing, s.starts_at, s.ends_at, s.waiting, stands)
        .join(g, g.id == h.signup_id)
        .join(s, s.id == g.shift_id)
        .join(e, e.id == s.event_id)
        .where(h.secret_hash == secret_hash)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return Offered(*list(row))


def is_offered(signup_id: int) -> bool:
    """Whether an address for this seat is abroad that nobody has used."""
    h = HandOver
    query = select(h.id).where(
        h.signup_id == signup_id, h.taken_at.is_(None), h.withdrawn_at.is_(None)
    )
    return db.session.scalar(query) is not None
