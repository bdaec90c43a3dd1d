"""What organizers wrote about oddities of somebody who is deleted."""

from sqlalchemy import select, update

from volboard.accounts.leaving import Leaving
from volboard.accounts.rules import GONE
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.core.db import db
from volboard.hours.models import HourEntry, MakeUp
from volboard.oversight.models import AnomalyReview
from volboard.oversight.rules import Rule


def forget(leaving: Leaving) -> None:
    """Take away the words about these people, and their names out of the others."""
    mine = _rows_of(leaving)
    for review in db.session.scalars(select(AnomalyReview)):
        rule, _sign, numbers = review.key.partition("-")
        last = int(numbers.rpartition("-")[2])
        words = GONE if last in mine.get(rule, ()) else review.words
        for name in leaving.names:
            words = words.replace(name, GONE)
        if words != review.words:
            db.session.execute(
                update(AnomalyReview).where(AnomalyReview.id == review.id).values(words=words)
            )


def _rows_of(leaving: Leaving) -> dict[str, set[int]]:
    """Which numbers at the end of a rule's keys are theirs; groups of many people have none."""
    people = leaving.volunteer_ids
    lines = set(db.session.scalars(select(HourEntry.id).where(HourEntry.volunteer_id.in_(people))))
    asked = set(db.session.scalars(select(MakeUp.id).where(MakeUp.volunteer_id.in_(people))))
    presses = select(AttendanceLog.id).join(Attendance).where(Attendance.volunteer_id.in_(people))
    return {
        Rule.TWO_PLACES: lines,
        Rule.OUTSIDE: lines,
        Rule.LONG_DAY: lines,
        Rule.HASTY: asked,
        Rule.PHONE: set(db.session.scalars(presses)),
    }
