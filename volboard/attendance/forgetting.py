"""What the gate knows of somebody who is deleted: that a number came, and no word."""

from sqlalchemy import delete, exists, select, update

from volboard.accounts.leaving import Leaving
from volboard.attendance.errors import StillHere
from volboard.attendance.models import Arrival, Attendance
from volboard.attendance.rules import CAME
from volboard.core.db import db
from volboard.events.models import Shift


def refuse_here(leaving: Leaving) -> None:
    """Raise StillHere while a gate that let one of them in is open: their minutes are not written.

    Inside the caller's transaction, which holds the volunteers: nobody can check them in now.
    """
    a = Attendance
    inside = exists().where(
        a.volunteer_id.in_(leaving.volunteer_ids), a.state.in_(CAME), Shift.id == a.shift_id,
        Shift.closed_at.is_(None), Shift.called_off_at.is_(None),
    )  # fmt: skip
    if db.session.scalar(select(inside)):
        raise StillHere


def forget(leaving: Leaving) -> None:
    """Take away excuses, answers and the names of phones; inside the caller's transaction."""
    a, r = Attendance, Arrival
    for statement in (
        update(a).where(a.volunteer_id.in_(leaving.volunteer_ids))
        .values(excuse="", answer="", device=""),
        delete(r).where(r.volunteer_id.in_(leaving.volunteer_ids), r.state == "waiting"),
        update(r).where(r.volunteer_id.in_(leaving.volunteer_ids)).values(device=""),
    ):  # fmt: skip
        db.session.execute(statement.execution_options(synchronize_session=False))
