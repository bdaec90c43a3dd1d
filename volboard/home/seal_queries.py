"""The seals of somebody signed in, laid over a page that is the same for everybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.attendance.models import Attendance
from volboard.core.db import db
from volboard.events.models import Shift
from volboard.hours.models import HourEntry
from volboard.signups.models import Signup

STRENGTH = ("credited", "checked-in", "seated", "waiting")


@dataclass(frozen=True, slots=True)
class Seal:
    """What a household has at an event: the strongest of its seals."""

    state: str
    """A state of the seal component: credited, checked-in, seated or waiting."""
    position: int = 0
    """The place in the queue, from 1; 0 for a seat."""
    who: str = ""
    """What the account calls this member of the family; empty for itself."""
    others: int = 0
    """How many more places the household has at this event."""


def seals(account_id: int, event_ids: Collection[int]) -> Mapping[int, Seal]:
    """For each of these events the household's strongest seal, its own before the family's."""
    if not account_id or not event_ids:
        return {}
    ahead = aliased(Signup)
    queue = (
        select(func.count())
        .where(ahead.shift_id == Signup.shift_id, ahead.state == "waiting", ahead.id <= Signup.id)
        .scalar_subquery()
    )
    credited = (
        select(func.count()).where(HourEntry.attendance_id == Attendance.id).scalar_subquery()
    )
    rows = db.session.execute(
        select(Shift.event_id, Signup.state, Attendance.state, credited, queue,
               Volunteer.is_self, Volunteer.relation, Volunteer.name)
        .join(Signup, Signup.shift_id == Shift.id)
        .join(Volunteer, Volunteer.id == Signup.volunteer_id)
        .outerjoin(Attendance, and_(Attendance.shift_id == Shift.id,
                                    Attendance.volunteer_id == Volunteer.id))
        .where(Volunteer.account_id == account_id, Signup.state != "cancelled",
               Shift.event_id.in_(event_ids))
    )  # fmt: skip
    found: dict[int, list[tuple[int, bool, Seal]]] = {}
    for event_id, signup, attendance, entries, position, is_self, relation, name in rows:
        state = _state(signup, attendance, entries)
        who = "" if is_self else relation or name
        seal = Seal(state, position if state == "waiting" else 0, who)
        found.setdefault(event_id, []).append((STRENGTH.index(state), not is_self, seal))
    return {event_id: _strongest(places) for event_id, places in found.items()}


def _state(signup: str, attendance: str | None, entries: int) -> str:
    if attendance in ("present", "left"):
        return "credited" if entries else "checked-in"
    return signup


def _strongest(places: list[tuple[int, bool, Seal]]) -> Seal:
    best = min(places, key=lambda place: place[:2])[2]
    return Seal(best.state, best.position, best.who, len(places) - 1)
