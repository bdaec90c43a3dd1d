"""The stars that people reach with their hours."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import unique_where


class StarAward(Base):
    """A star that somebody reached in a community: on notice until `final_at`, then final."""

    __tablename__ = "star_awards"
    __table_args__ = (
        unique_where("one_award_per_star", "volunteer_id", "community_id", "stars",
                     where="withdrawn_at IS NULL"),
        Index("star_awards_notice_index", "final_at"),
        CheckConstraint("final_at >= reached_at", name="notice_follows_the_star"),
        CheckConstraint("hours > 0", name="star_has_a_rung"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    stars: Mapped[int]
    hours: Mapped[int]
    """What the ladder asked for when the star was reached; a later ladder changes nothing."""
    reached_at: Mapped[datetime] = mapped_column(UTCDateTime)
    final_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When a correction took the minutes away again."""
