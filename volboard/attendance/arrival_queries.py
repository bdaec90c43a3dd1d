"""Who scanned the printed code and waits for an organizer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal_column, select

from volboard.accounts.models import Account, Volunteer
from volboard.attendance.models import Arrival, Attendance
from volboard.attendance.rules import CAME
from volboard.core.db import db
from volboard.events.queries import ManagedShift

MOST = 40
"""How many are shown, and confirmed by one tap; the others follow when these are gone."""
WAITS: ColumnElement[bool] = Arrival.state == literal_column("'waiting'")
"""Written out, so that SQLite sees that its index holds just these rows."""


@dataclass(frozen=True)
class Waiting:
    """Somebody who says that they are here; pages mask name and phone."""

    id: int
    volunteer_id: int
    account_id: int
    name: str
    phone: str
    arrived_at: datetime


@dataclass(frozen=True)
class Arrivals:
    """The list on the gate; also empty, so that it can fill itself."""

    managed: ManagedShift
    rows: tuple[Waiting, ...]
    viewer_id: int
    said: str = ""
    """What the last tap did, or why it could not."""
    is_refusal: bool = False

    @property
    def url(self) -> str:
        return f"/organize/shifts/{self.managed.shift.id}/arrivals"

    @property
    def can_confirm(self) -> tuple[Waiting, ...]:
        """All but this organizer's own household."""
        return tuple(row for row in self.rows if row.account_id != self.viewer_id)


def arrivals(
    managed: ManagedShift, viewer_id: int, said: str = "", is_refusal: bool = False
) -> Arrivals:
    """The list as this organizer sees it on the gate; one statement."""
    return Arrivals(managed, waiting(managed.shift.id), viewer_id, said, is_refusal)


def waiting(shift_id: int) -> tuple[Waiting, ...]:
    """Who scanned and was not checked in meanwhile, the first first; one statement."""
    r, v, a = Arrival, Volunteer, Attendance
    rows = db.session.execute(
        select(r.id, v.id, Account.id, v.name, Account.phone, r.arrived_at)
        .join(v, v.id == r.volunteer_id)
        .join(Account, Account.id == v.account_id)
        .outerjoin(a, and_(a.shift_id == r.shift_id, a.volunteer_id == r.volunteer_id,
                           a.state.in_(CAME)))
        .where(r.shift_id == shift_id, WAITS, a.id.is_(None))
        .order_by(r.arrived_at, r.id)
        .limit(MOST)
    )  # fmt: skip
    return tuple(Waiting(*row) for row in rows)


def open_arrival(shift_id: int, volunteer_id: int) -> int | None:
    """The scan of the printed code that waits for an organizer, if there is one."""
    r = Arrival
    return db.session.scalar(
        select(r.id).where(r.shift_id == shift_id, r.volunteer_id == volunteer_id, WAITS)
    )
