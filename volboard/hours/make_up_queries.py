"""Requests to enter hours afterwards, as organizers read them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, Volunteer
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.devices import kind_in
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.hours.models import MakeUp
from volboard.hours.rules import MakeUpState, Presence

MOST = 50
LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True)
class Request:
    """A request with everything that the one who decides should know; pages mask names."""

    id: int
    community_id: int
    community_name: str
    volunteer_id: int
    volunteer_name: str
    account_id: int
    """Whose household the volunteer belongs to."""
    phone: str
    shift_id: int
    event_title: str
    shift_title: str
    starts_at: datetime
    ends_at: datetime
    came_at: datetime
    left_at: datetime
    reason: str
    asked_by: int
    asked_by_name: str
    asked_at: datetime
    asked_on: str
    """The random name of the phone: for comparing, never for showing."""
    asked_with: str
    state: str
    decided_by_name: str | None
    decided_at: datetime | None
    decided_with: str
    answer: str

    @property
    def minutes(self) -> int:
        """Whole minutes asked for, without what a night may add."""
        return Presence(self.came_at, self.left_at, "").minutes

    @property
    def planned_minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def title(self) -> str:
        """Event and shift, once where they are called the same."""
        same = self.shift_title == self.event_title
        return self.event_title if same else f"{self.event_title} · {self.shift_title}"

    @property
    def is_waiting(self) -> bool:
        return self.state == MakeUpState.WAITING

    @property
    def phones_look_alike(self) -> bool:
        """Whether both phones say the same browser and system."""
        return self.looks_like(self.decided_with)

    def looks_like(self, name: str) -> bool:
        """Whether the phone of this short name says the same browser and system."""
        return bool(kind_in(name)) and kind_in(name) == kind_in(self.asked_with)


@dataclass(frozen=True)
class MakeUpDesk:
    """What an organizer sees of make-ups: to decide, their own that wait, and the decided."""

    to_decide: tuple[Request, ...]
    mine: tuple[Request, ...]
    for_others: tuple[Request, ...]
    """For the viewer's own household: another organizer has to decide."""
    decided: tuple[Request, ...]


@dataclass(frozen=True)
class Habit:
    """How many requests somebody made in the last thirty days, and whose yes they had."""

    asked: int
    approved_by_viewer: int


def request(make_up_id: int, by: Viewer) -> Request:
    """The request, for an organizer of its community; raises NotFound."""
    row = db.session.execute(_requests().where(MakeUp.id == make_up_id)).one_or_none()
    found = Request(*list(row)) if row else None
    if found is None or not by.manages(found.community_id):
        raise NotFound
    return found


def desk(by: Viewer) -> MakeUpDesk:
    """All that wait and the latest that were decided, in two statements."""
    within = true() if by.is_admin else MakeUp.community_id.in_(sorted(by.communities))
    waits = MakeUp.state == MakeUpState.WAITING
    open_still = _rows(_requests().where(within, waits).order_by(MakeUp.asked_at, MakeUp.id))
    decided = _rows(
        _requests().where(within, ~waits).order_by(MakeUp.decided_at.desc(), MakeUp.id.desc())
    )
    others = tuple(row for row in open_still if row.asked_by != by.id)
    return MakeUpDesk(
        to_decide=tuple(row for row in others if row.account_id != by.id),
        mine=tuple(row for row in open_still if row.asked_by == by.id),
        for_others=tuple(row for row in others if row.account_id == by.id),
        decided=decided,
    )


def habit(asked_by: int, by: Viewer) -> Habit:
    """How often this organizer asked lately, and how often the viewer said yes."""
    m = MakeUp
    yes = (m.state == MakeUpState.APPROVED) & (m.decided_by == by.id)
    asked, approved = db.session.execute(
        select(func.count(), func.count().filter(yes)).where(
            m.asked_by == asked_by, m.asked_at > clock.now() - LOOK_BACK
        )
    ).one()
    return Habit(asked, approved)


def _rows(query: Select[Any]) -> tuple[Request, ...]:
    return tuple(Request(*list(row)) for row in db.session.execute(query.limit(MOST)))


def _requests() -> Select[Any]:
    m, asker, decider = MakeUp, aliased(Volunteer), aliased(Volunteer)
    columns: list[Any] = [
        m.id, m.community_id, Community.name, m.volunteer_id, Volunteer.name,
        Volunteer.account_id, Account.phone, m.shift_id, Event.title, Shift.title,
        Shift.starts_at, Shift.ends_at, m.came_at, m.left_at, m.reason, m.asked_by, asker.name,
        m.asked_at, m.asked_on, m.asked_with, m.state, decider.name, m.decided_at,
        m.decided_with, m.answer,
    ]  # fmt: skip
    return (
        select(*columns)
        .join(Community, Community.id == m.community_id)
        .join(Volunteer, Volunteer.id == m.volunteer_id)
        .join(Account, Account.id == Volunteer.account_id)
        .join(Shift, Shift.id == m.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(asker, (asker.account_id == m.asked_by) & asker.is_self)
        .outerjoin(decider, (decider.account_id == m.decided_by) & decider.is_self)
    )
