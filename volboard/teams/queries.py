"""Facts about teams."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, func, select

from volboard.accounts.models import Volunteer
from volboard.accounts.queries import agreed_to_name
from volboard.communities.models import Community
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.teams import kinds
from volboard.teams.models import Team, TeamMember


@dataclass(frozen=True)
class TeamFact:
    """A team as lists show it; mask `leader` where strangers read."""

    id: int
    community_id: int
    community: str
    name: str
    kind: str
    purpose: str
    leader_id: int | None
    leader: str
    """Empty while nobody leads it."""
    members: int
    leader_in_full: bool = False
    """Whether the leader agreed to be shown by name."""

    @property
    def kind_word(self) -> str:
        """What people call this kind of team."""
        return kinds.word(self.kind)


@dataclass(frozen=True)
class Member:
    """Somebody in a team; mask the name where strangers read."""

    volunteer_id: int
    name: str
    leads: bool
    in_full: bool
    """Whether they agreed to be shown by name."""


@dataclass(frozen=True)
class Roster:
    """A team with its members, the leader first, as one person may see it."""

    team: TeamFact
    members: tuple[Member, ...]
    is_mine: bool
    """Whether this person is a member."""
    managed: bool
    """Whether this person organizes here."""

    @property
    def in_full(self) -> bool:
        """Whether this person may read the names in full."""
        return self.is_mine or self.managed


def teams() -> tuple[TeamFact, ...]:
    """All teams, community by community, in the order in which they were made."""
    t = Team
    rows = db.session.execute(_teams().order_by(t.community_id, t.id))
    return tuple(TeamFact(*row) for row in rows)


def roster(team_id: int, viewer: Viewer) -> Roster:
    """The team with its members; raises NotFound."""
    t, m, v = Team, TeamMember, Volunteer
    row = db.session.execute(_teams().where(t.id == team_id)).first()
    if row is None:
        raise NotFound
    team = TeamFact(*row)
    people = db.session.execute(
        select(v.id, v.name, agreed_to_name())
        .join(m, m.volunteer_id == v.id)
        .where(m.team_id == team_id)
        .order_by(v.id != (team.leader_id or 0), m.joined_at, v.id)
    )
    members = tuple(Member(id, name, id == team.leader_id, shown) for id, name, shown in people)
    mine = viewer.volunteer_id in {member.volunteer_id for member in members}
    return Roster(team, members, mine, viewer.manages(team.community_id))


def managed_team(team_id: int, by: Viewer) -> Roster:
    """The team if this person organizes in its community; raises NotFound to everybody else."""
    found = roster(team_id, by)
    if not found.managed:
        raise NotFound
    return found


def team_choices(community_id: int) -> tuple[tuple[int, str], ...]:
    """Id and name of each team of a community."""
    t = Team
    rows = db.session.execute(select(t.id, t.name).where(t.community_id == community_id)
                              .order_by(t.id))  # fmt: skip
    return tuple((id, name) for id, name in rows)


def is_member(team_id: int, volunteer_id: int) -> bool:
    """Whether the volunteer serves in the team."""
    m = TeamMember
    query = select(m.team_id).where(m.team_id == team_id, m.volunteer_id == volunteer_id)
    return db.session.execute(query).first() is not None


def _teams() -> Select[*tuple[Any, ...]]:
    t, c, v = Team, Community, Volunteer
    return (
        select(t.id, t.community_id, c.name, t.name, t.kind, t.purpose, t.leader_id,
               func.coalesce(v.name, ""), _count(), agreed_to_name())
        .join(c, c.id == t.community_id)
        .outerjoin(v, and_(v.id == t.leader_id))
    )  # fmt: skip


def _count() -> ScalarSelect[int]:
    m = TeamMember
    return select(func.count()).select_from(m).where(m.team_id == Team.id).scalar_subquery()
