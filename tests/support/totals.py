"""How much somebody has served."""

from sqlalchemy import text

from volboard.core.db import db

SUM = "SELECT SUM(minutes + extra_minutes) FROM hour_entries WHERE volunteer_id = :volunteer"


def total_minutes(volunteer_id: int) -> int:
    """The sum of the volunteer's lines, told by the table itself; needs a context."""
    return int(db.session.scalar(text(SUM), {"volunteer": volunteer_id}) or 0)
