"""The thanks that somebody said who is deleted, and their name in what others said."""

from sqlalchemy import delete, func, select, update

from volboard.accounts.leaving import Leaving
from volboard.accounts.rules import GONE
from volboard.attendance.models import Attendance
from volboard.core.db import db
from volboard.thanks.models import Thanks

SHORTEST = 2
"""A name of one character is a word like any other."""


def forget(leaving: Leaving) -> None:
    """Delete their own words, and their names from the thanks for shifts where they were.

    Inside the caller's transaction.
    """
    t, a = Thanks, Attendance
    db.session.execute(delete(t).where(t.thanked_by.in_(leaving.accounts)))
    there = select(a.shift_id).where(a.volunteer_id.in_(leaving.volunteer_ids))
    for name in leaving.names:
        if len(name) >= SHORTEST:
            said = update(t).where(t.shift_id.in_(there), t.words.contains(name, autoescape=True))
            named = said.values(words=func.replace(t.words, name, GONE))
            db.session.execute(named.execution_options(synchronize_session=False))
