"""What the gate shows: the live count, whom somebody is looking for, and who was just here."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, case, func, select

from volboard.accounts.models import Volunteer
from volboard.accounts.name_forms import folded
from volboard.attendance.absences import counted_since
from volboard.attendance.facts import Found, GateCount, GateRow
from volboard.attendance.models import Attendance
from volboard.attendance.people_sql import NOT_COME, back_at, closeness, meant, people
from volboard.attendance.rules import CAME, UNDO, AttendanceState, Gate, gate_state
from volboard.attendance.searching import Search, searched
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Shift
from volboard.events.queries import ManagedShift, get_managed_shift
from volboard.events.rules import EventState
from volboard.hours.models import HourEntry
from volboard.signups.models import Signup
from volboard.signups.queries import seat_came_too_late
from volboard.signups.rules import SignupState

MOST_FOUND = 12
MOST_RECENT = 5
MOST_MISSING = 100


def gate(shift_id: int, by: Viewer) -> ManagedShift:
    """The shift if this person stands at its gate; raises NotFound, also for a draft."""
    managed = get_managed_shift(shift_id, by)
    if managed.event.state == EventState.DRAFT:
        raise NotFound
    return managed


def gate_of(managed: ManagedShift) -> Gate:
    """Whether people can be checked in now."""
    shift = managed.shift
    off = shift.called_off_at is not None or managed.event.state == EventState.CANCELLED
    closed = shift.closed_at is not None
    return gate_state(shift.starts_at, shift.ends_at, closed, off, clock.now())


def count(managed: ManagedShift) -> GateCount:
    """How many are expected, here and gone; one statement."""
    a, shift = Attendance, managed.shift
    of_seated = and_(a.shift_id == Signup.shift_id, a.volunteer_id == Signup.volunteer_id)
    seated = (
        select(func.count())
        .select_from(Signup)
        .outerjoin(a, of_seated)
        .where(Signup.shift_id == shift.id, Signup.state == SignupState.SEATED)
    )
    too_late = seat_came_too_late(shift.starts_at, shift.cancel_notice)
    row = db.session.execute(
        select(*(func.coalesce(func.sum(case((a.state == state, 1), else_=0)), 0)
                 for state in CAME),
               seated.where(a.state.in_(CAME)).scalar_subquery(),
               seated.where(NOT_COME, too_late).scalar_subquery())
        .where(a.shift_id == shift.id)
    ).one()  # fmt: skip
    here, left, with_seat, excused = list(row)
    came, missing = int(here + left), max(shift.seated - with_seat, 0)
    return GateCount(shift.seated, came, int(here), missing, excused)


def find(shift_id: int, typed: str) -> Found:
    """The people of the shift whom these last digits, name or pinyin may mean, the surest first.

    Nobody for an empty search. At most a dozen: type more to see fewer.
    """
    search = searched(typed)
    if not search:
        return Found()
    rows = db.session.execute(
        people()
        .where(meant(search))
        .order_by(closeness(search), Volunteer.initials, Volunteer.name, Volunteer.id)
        .limit(MOST_FOUND + 1),
        _known(shift_id),
    )
    found = tuple(GateRow(*list(row)) for row in rows)
    alike = frozenset(row.volunteer_id for row in found if _only_sounds(row.name, search))
    return Found(found[:MOST_FOUND], len(found) > MOST_FOUND, alike)


def person(shift_id: int, volunteer_id: int) -> GateRow:
    """One person of the shift; raises NotFound for a stranger to it."""
    query = people().where(Volunteer.id == volunteer_id)
    row = db.session.execute(query, _known(shift_id)).first()
    if row is None:
        raise NotFound
    return GateRow(*list(row))


def household(shift_id: int, volunteer_id: int) -> Found:
    """Everybody of this person's household in the shift; raises NotFound for a stranger to it."""
    account = select(Volunteer.account_id).where(Volunteer.id == volunteer_id).scalar_subquery()
    query = people().where(Volunteer.account_id == account).order_by(Volunteer.id)
    rows = db.session.execute(query, _known(shift_id))
    found = tuple(GateRow(*list(row)) for row in rows)
    if not any(row.volunteer_id == volunteer_id for row in found):
        raise NotFound
    return Found(found)


def missing(shift_id: int) -> Found:
    """Who has a seat and has not been checked in, by name; a hundred at most; one statement."""
    rows = db.session.execute(
        people()
        .where(Signup.state == SignupState.SEATED, NOT_COME)
        .order_by(Volunteer.initials, Volunteer.name, Volunteer.id)
        .limit(MOST_MISSING + 1),
        _known(shift_id),
    )
    found = tuple(GateRow(*list(row)) for row in rows)
    return Found(found[:MOST_MISSING], more=len(found) > MOST_MISSING)


def recent(shift_id: int) -> tuple[GateRow, ...]:
    """Who was checked in or out within the last ten minutes, the latest first."""
    last = func.coalesce(Attendance.checked_out_at, back_at(), Attendance.checked_in_at)
    rows = db.session.execute(
        people()
        .where(last >= clock.now() - UNDO)
        .order_by(last.desc(), Attendance.id.desc())
        .limit(MOST_RECENT),
        _known(shift_id),
    )
    return tuple(GateRow(*list(row)) for row in rows)


def marks(
    volunteer_ids: tuple[int, ...], event_ids: tuple[int, ...]
) -> Mapping[tuple[int, int], str]:
    """present, left, absent or credited, by shift and volunteer; one statement."""
    a = Attendance
    if not volunteer_ids or not event_ids:
        return {}
    rows = db.session.execute(
        select(a.shift_id, a.volunteer_id, a.state, HourEntry.id)
        .join(Shift, Shift.id == a.shift_id)
        .outerjoin(HourEntry, and_(HourEntry.attendance_id == a.id, HourEntry.kind == "credit"))
        .where(a.volunteer_id.in_(volunteer_ids), Shift.event_id.in_(event_ids))
        .where(a.state != AttendanceState.UNDONE)
    )
    return {(shift, volunteer): "credited" if entry else state
            for shift, volunteer, state, entry in rows}  # fmt: skip


def _only_sounds(name: str, search: Search) -> bool:
    """Whether a name has nothing of what was typed but its sound."""
    return bool(search.sounds) and search.words not in folded(name)


def _known(shift_id: int) -> dict[str, Any]:
    """The parameters of `people`."""
    return {"shift_id": shift_id, "since": counted_since()}
