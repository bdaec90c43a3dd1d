"""Everybody whom the printed list of a shift names."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from volboard.accounts.models import Account, Volunteer
from volboard.attendance.models import Attendance
from volboard.attendance.standing import HasState
from volboard.core.db import db
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState


@dataclass(frozen=True)
class Listed(HasState):
    """Somebody with a seat; pages mask name and phone."""

    volunteer_id: int
    account_id: int
    name: str
    phone: str
    state: str | None
    checked_in_at: datetime | None
    checked_out_at: datetime | None


def listed(shift_id: int) -> tuple[Listed, ...]:
    """The seated, in the order of the printed list; one statement."""
    v, a, p = Volunteer, Attendance, Signup
    rows = db.session.execute(
        select(v.id, v.account_id, v.name, Account.phone, a.state, a.checked_in_at,
               a.checked_out_at)
        .select_from(p)
        .join(v, v.id == p.volunteer_id)
        .join(Account, Account.id == v.account_id)
        .outerjoin(a, and_(a.shift_id == p.shift_id, a.volunteer_id == v.id))
        .where(p.shift_id == shift_id, p.state == SignupState.SEATED)
        .order_by(p.seated_at, p.id)
    )  # fmt: skip
    return tuple(Listed(*row) for row in rows)
