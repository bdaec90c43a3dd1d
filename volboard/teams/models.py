"""A team (服务队) of a community."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime


class Team(Base):
    """Volunteers with a leader and a kind."""

    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("community_id", "name", name="one_team_name_per_community"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    name: Mapped[str]
    kind: Mapped[str]
    """A `volboard.teams.rules.TeamKind`."""
    purpose: Mapped[str]
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("volunteers.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class TeamMember(Base):
    """That a volunteer serves in a team."""

    __tablename__ = "team_members"

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteers.id"), primary_key=True, index=True
    )
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime)
