"""What is said about not coming: the volunteer's answer, and an organizer's excuse."""

from sqlalchemy import select

from volboard.attendance.absences import lift_what_no_longer_holds
from volboard.attendance.errors import NotAbsent, OwnExcuse
from volboard.attendance.models import Attendance
from volboard.attendance.rules import AttendanceState
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.events.models import Event, Shift
from volboard.signups.places import Owner, lock_volunteer


def excuse(attendance_id: int, words: str, by: Viewer) -> None:
    """Excuse that somebody did not come; said again, the newer words stand.

    An excused absence counts in no community's rule. Raises NotFound, OwnExcuse for one's own
    household, NotAbsent for somebody who came after all.
    """
    with transaction():
        owner, found = _held(attendance_id)
        community_id = _community(found.shift_id)
        if not by.manages(community_id):
            raise NotFound
        if owner.account_id == by.id:
            raise OwnExcuse
        _refuse_present(found)
        found.excuse, found.excused_by, found.excused_at = words, by.id, clock.now()
        db.session.flush()
        lift_what_no_longer_holds(found.volunteer_id, community_id)


def answer(attendance_id: int, words: str, by_account: int) -> None:
    """Say why one did not come, or that one did; said again, the newer words stand.

    For the household's own account; raises NotFound to others, NotAbsent for who came.
    """
    with transaction():
        owner, found = _held(attendance_id)
        if owner.account_id != by_account:
            raise NotFound
        _refuse_present(found)
        found.answer, found.answered_at = words, clock.now()
        db.session.flush()


def _held(attendance_id: int) -> tuple[Owner, Attendance]:
    """The attendance with its volunteer, held in the order of all locks; raises NotFound."""
    a = Attendance
    volunteer_id = db.session.scalar(select(a.volunteer_id).where(a.id == attendance_id))
    if volunteer_id is None:
        raise NotFound
    owner = lock_volunteer(volunteer_id)
    return owner, db.session.scalars(locked(select(a).where(a.id == attendance_id), of=a)).one()


def _community(shift_id: int) -> int:
    query = select(Event.community_id).join(Shift, Shift.event_id == Event.id)
    return db.session.scalars(query.where(Shift.id == shift_id)).one()


def _refuse_present(found: Attendance) -> None:
    if found.state != AttendanceState.ABSENT:
        raise NotAbsent
