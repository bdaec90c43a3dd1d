"""Taking somebody who is deleted out of the teams."""

from sqlalchemy import delete, update

from volboard.accounts.leaving import Leaving
from volboard.core.db import db
from volboard.teams.models import Team, TeamMember


def forget(leaving: Leaving) -> None:
    """End memberships; a leader stops leading. Inside the caller's transaction."""
    t, m = Team, TeamMember
    for statement in (
        update(t).where(t.leader_id.in_(leaving.volunteer_ids)).values(leader_id=None),
        delete(m).where(m.volunteer_id.in_(leaving.volunteer_ids)),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))
