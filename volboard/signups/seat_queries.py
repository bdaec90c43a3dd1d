"""One place as its own household sees it, and what the people of a shift said to 还来吗."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select

from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState, may_ask_coming


@dataclass(frozen=True)
class OwnSeat:
    """A place of somebody of the household, and its shift."""

    signup_id: int
    shift_id: int
    event_id: int
    volunteer_id: int
    name: str
    relation: str
    is_self: bool
    state: str
    said_at: datetime | None
    """When they said that they will come."""
    event_title: str
    where: str
    shift_title: str
    starts_at: datetime
    ends_at: datetime
    waiting: int
    """How many wait for a seat in the shift."""
    closed_at: datetime | None

    @property
    def who(self) -> str:
        """What the account calls this member of the family; empty for itself."""
        return "" if self.is_self else self.relation or self.name

    @property
    def has_begun(self) -> bool:
        return self.closed_at is not None or self.starts_at <= clock.now()

    @property
    def is_seated(self) -> bool:
        return self.state == SignupState.SEATED


@dataclass(frozen=True)
class Answers:
    """How many of a shift were asked 还来吗, and what they said."""

    not_asked: int
    yes: int
    no: int
    silent: int
    can_ask: bool
    """Whether it is time to ask."""

    @property
    def asked(self) -> int:
        return self.yes + self.no + self.silent


def own_seat(signup_id: int, account_id: int) -> OwnSeat:
    """The place if it is of this household; else raises NotFound."""
    v, s, e = Volunteer, Shift, Event
    row = db.session.execute(
        select(Signup.id, s.id, e.id, v.id, v.name, v.relation, v.is_self, Signup.state,
               Signup.coming_said_at, e.title, e.place, s.title, s.starts_at, s.ends_at,
               s.waiting, s.closed_at)
        .join(v, v.id == Signup.volunteer_id)
        .join(s, s.id == Signup.shift_id)
        .join(e, e.id == s.event_id)
        .where(Signup.id == signup_id, v.account_id == account_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return OwnSeat(*list(row))


def answers(shift_id: int, starts_at: datetime) -> Answers:
    """What the seated said, and how many gave their seat back after being asked; one statement.

    Who passed the seat on to somebody, or was taken off the list, said neither yes nor no.
    """
    g, v = Signup, Volunteer
    seated, asked = g.state == SignupState.SEATED, g.coming_asked_at.is_not(None)
    silent = and_(seated, g.coming_said_at.is_(None))
    gave_back = and_(
        g.ended_by == v.account_id, g.end_reason == "", g.ended_at >= g.coming_asked_at
    )
    kinds = (
        and_(silent, g.coming_asked_at.is_(None)),
        and_(seated, g.coming_said_at.is_not(None)),
        gave_back,
        and_(silent, asked),
    )
    counts = (func.coalesce(func.sum(case((kind, 1), else_=0)), 0) for kind in kinds)
    row = db.session.execute(
        select(*counts).join(v, v.id == g.volunteer_id).where(g.shift_id == shift_id)
    ).one()
    not_asked, yes, no, left = row
    return Answers(not_asked, yes, no, left, may_ask_coming(starts_at, clock.now()))
