"""Teams: made, changed, joined and left."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from volboard.accounts.queries import account_by_phone
from volboard.communities.commands import settle
from volboard.communities.queries import is_resident
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.teams.errors import NobodyToAdd, NotAMember, TeamNameTaken
from volboard.teams.models import Team, TeamMember
from volboard.teams.queries import is_member, managed_team
from volboard.teams.rules import TeamKind


@dataclass(frozen=True)
class TeamDraft:
    """What is said of a team."""

    name: str
    kind: TeamKind
    purpose: str


def create_team(community_id: int, draft: TeamDraft, by: Viewer) -> int:
    """Found a team; answers its id. Raises TeamNameTaken, NotFound beyond the border."""
    if not by.manages(community_id):
        raise NotFound
    team = Team(community_id=community_id, **asdict(draft), created_at=clock.now())
    try:
        with transaction():
            db.session.add(team)
            db.session.flush()
            return team.id
    except IntegrityError:
        raise TeamNameTaken from None


def change_team(team_id: int, draft: TeamDraft, leader_id: int | None, by: Viewer) -> None:
    """Write the team anew, with a leader among its members or none.

    Raises NotAMember, TeamNameTaken, NotFound beyond the border.
    """
    try:
        with transaction():
            _hold(team_id)
            managed_team(team_id, by)
            if leader_id is not None and not is_member(team_id, leader_id):
                raise NotAMember
            values = {**asdict(draft), "leader_id": leader_id}
            db.session.execute(update(Team).where(Team.id == team_id).values(**values))
    except IntegrityError:
        raise TeamNameTaken from None


def join_team(team_id: int, by: Viewer) -> None:
    """Let the person into the team, and into its community; twice changes nothing."""
    with transaction():
        settle(by.id, _hold(team_id))
        _add(team_id, by.volunteer_id)


def leave_team(team_id: int, by: Viewer) -> None:
    """Let the person out of the team; twice changes nothing. A leader stops leading it."""
    with transaction():
        _hold(team_id)
        _remove(team_id, by.volunteer_id)


def add_member(team_id: int, phone: str, by: Viewer) -> None:
    """Add the resident with this number; twice changes nothing.

    Raises NobodyToAdd for an unknown number and for people of other communities alike, so
    that a number cannot be traded for a name; NotFound beyond the border.
    """
    with transaction():
        _hold(team_id)
        team = managed_team(team_id, by).team
        known = account_by_phone(phone)
        if known is None or not is_resident(known.id, team.community_id):
            raise NobodyToAdd
        _add(team_id, known.volunteer_id)


def add_new_people(teams_of: Collection[tuple[int, int]]) -> None:
    """Let people who were written a moment ago into teams: pairs of team and volunteer.

    Inside the caller's transaction, which has seen that the teams are those of its community.
    """
    now = clock.now()
    rows = [{"team_id": team, "volunteer_id": one, "joined_at": now} for team, one in teams_of]
    if rows:
        db.session.execute(insert(TeamMember), rows)


def remove_member(team_id: int, volunteer_id: int, by: Viewer) -> None:
    """Take somebody out of the team; raises NotFound, also for people who are not in it."""
    with transaction():
        _hold(team_id)
        managed_team(team_id, by)
        if not is_member(team_id, volunteer_id):
            raise NotFound
        _remove(team_id, volunteer_id)


def _hold(team_id: int) -> int:
    """Let nobody else change this team until we are done; answers its community's id."""
    query = select(Team.community_id).where(Team.id == team_id)
    found = db.session.execute(locked(query, of=Team)).scalar()
    if found is None:
        raise NotFound
    return found


def _add(team_id: int, volunteer_id: int) -> None:
    if is_member(team_id, volunteer_id):
        return
    member = TeamMember(team_id=team_id, volunteer_id=volunteer_id, joined_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(member)
    except IntegrityError:  # somebody else added them a moment ago
        return


def _remove(team_id: int, volunteer_id: int) -> None:
    m, t = TeamMember, Team
    db.session.execute(delete(m).where(m.team_id == team_id, m.volunteer_id == volunteer_id))
    db.session.execute(
        update(t).where(t.id == team_id, t.leader_id == volunteer_id).values(leader_id=None)
    )
