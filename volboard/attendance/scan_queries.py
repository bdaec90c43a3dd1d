"""The list that a phone takes along, so that the gate works without a network."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select

from volboard.accounts.models import Account, Volunteer
from volboard.attendance.models import Attendance
from volboard.attendance.rules import CAME
from volboard.core.db import db
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState


@dataclass(frozen=True)
class Expected:
    """Somebody with a place in the shift; the page masks and hashes what must not lie open."""

    volunteer_id: int
    account_id: int
    name: str
    phone: str
    initials: str
    code: str
    place: str
    state: str | None
    checked_in_at: datetime | None
    checked_out_at: datetime | None

    @property
    def is_here(self) -> bool:
        return self.state in CAME

    @property
    def since(self) -> datetime | None:
        """When the person came, or left."""
        return (self.checked_out_at or self.checked_in_at) if self.is_here else None


def expected(shift_id: int) -> tuple[Expected, ...]:
    """Everybody with a live place, by name; one statement."""
    v, a, p = Volunteer, Attendance, Signup
    rows = db.session.execute(
        select(v.id, v.account_id, v.name, Account.phone, v.initials, v.code, p.state, a.state,
               a.checked_in_at, a.checked_out_at)
        .select_from(p)
        .join(v, v.id == p.volunteer_id)
        .join(Account, Account.id == v.account_id)
        .outerjoin(a, and_(a.shift_id == p.shift_id, a.volunteer_id == v.id))
        .where(p.shift_id == shift_id)
        .where(or_(p.state == SignupState.SEATED, p.state == SignupState.WAITING))
        .order_by(v.initials, v.name, v.id)
    )  # fmt: skip
    return tuple(Expected(*list(row)) for row in rows)
