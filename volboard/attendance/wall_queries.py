"""The posts of an event as they are kept right now, in one statement."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import and_, or_, select

from volboard.accounts.models import Volunteer
from volboard.attendance.models import Attendance
from volboard.attendance.rules import CAME, EARLY
from volboard.attendance.wall_facts import Guest, Post, Posts
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Shift
from volboard.events.queries import ManagedShift
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState

LATELY = timedelta(hours=1)


def posts(managed: ManagedShift) -> Posts:
    """This shift, and the event's others whose gate is open or that ended within the hour.

    The people of each in the order in which they came. One statement.
    """
    s, v, a, now = Shift, Volunteer, Attendance, clock.now()
    near = and_(s.starts_at <= now + EARLY, s.ends_at > now - LATELY)
    shifts = select(s.id).where(s.event_id == managed.event.id)
    seated = select(Signup.shift_id, Signup.volunteer_id).where(
        Signup.shift_id.in_(shifts), Signup.state == SignupState.SEATED
    )
    came = select(a.shift_id, a.volunteer_id).where(a.shift_id.in_(shifts), a.state.in_(CAME))
    known = seated.union(came).subquery()
    rows = db.session.execute(
        select(s.id, s.title, s.starts_at, s.ends_at, s.closed_at, s.called_off_at, v.name, a.state,
               a.checked_in_at)
        .select_from(s)
        .outerjoin(known, known.c.shift_id == s.id)
        .outerjoin(v, v.id == known.c.volunteer_id)
        .outerjoin(a, and_(a.shift_id == s.id, a.volunteer_id == v.id))
        .where(s.event_id == managed.event.id, or_(near, s.id == managed.shift.id))
        .order_by(s.starts_at, s.id, a.checked_in_at, v.initials, v.id)
    ).all()  # fmt: skip
    of_each = groupby(rows, lambda row: row[0])
    return Posts(managed.shift.id, tuple(_post(list(group)) for _id, group in of_each))


def _post(rows: list[Any]) -> Post:
    shift_id, title, starts_at, ends_at, closed_at, called_off_at = rows[0][:6]
    is_open = closed_at is None and called_off_at is None
    people = tuple(Guest(*row[6:]) for row in rows if row[6] is not None)
    return Post(shift_id, title, starts_at, ends_at, is_open, people)
