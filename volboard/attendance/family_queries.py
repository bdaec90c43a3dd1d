"""Which households the gate can take in with one tap."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from volboard.accounts.models import Volunteer
from volboard.attendance.facts import GateRow
from volboard.attendance.models import Attendance
from volboard.attendance.rules import AttendanceState
from volboard.core.db import db
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState

NOT_HERE = (AttendanceState.UNDONE, AttendanceState.ABSENT)


@dataclass(frozen=True)
class Expected:
    """One of a household who has a seat and is not here; pages mask the name."""

    volunteer_id: int
    name: str


@dataclass(frozen=True)
class Family:
    """Those of one household who are expected in the same shift."""

    shift_id: int
    account_id: int
    people: tuple[Expected, ...]

    @property
    def url(self) -> str:
        """Where one tap takes them all in; any of them names the household."""
        anchor = self.people[0].volunteer_id
        return f"/organize/shifts/{self.shift_id}/families/{anchor}/check-in"


def families(shift_ids: Iterable[int], account_ids: Iterable[int]) -> tuple[Family, ...]:
    """The households that have somebody expected, by shift; one statement."""
    shifts, accounts = set(shift_ids), set(account_ids)
    if not shifts or not accounts:
        return ()
    a, v = Attendance, Volunteer
    rows = db.session.execute(
        select(Signup.shift_id, v.account_id, v.id, v.name)
        .join(v, v.id == Signup.volunteer_id)
        .outerjoin(a, and_(a.shift_id == Signup.shift_id, a.volunteer_id == v.id))
        .where(Signup.shift_id.in_(shifts), v.account_id.in_(accounts), v.removed_at.is_(None))
        .where(Signup.state == SignupState.SEATED)
        .where(or_(a.id.is_(None), a.state.in_(NOT_HERE)))
        .order_by(Signup.shift_id, v.account_id, v.id)
    )
    found: dict[tuple[int, int], list[Expected]] = {}
    for shift, account, volunteer, name in rows:
        found.setdefault((shift, account), []).append(Expected(volunteer, name))
    return tuple(Family(*key, tuple(people)) for key, people in found.items())


def beside(shift_id: int, rows: tuple[GateRow, ...], viewer_id: int) -> tuple[Family, ...]:
    """The households of those who were found, where one tap does more than their own buttons;
    this organizer's own is left out."""
    accounts = {row.account_id for row in rows if row.account_id != viewer_id}
    shown = {row.volunteer_id for row in rows}
    return tuple(
        family
        for family in families((shift_id,), accounts)
        if len(family.people) > 1 or family.people[0].volunteer_id not in shown
    )
