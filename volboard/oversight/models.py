"""What organizers found when they looked at something odd."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime


class AnomalyReview(Base):
    """That an organizer looked at something odd, and what they found."""

    __tablename__ = "anomaly_reviews"
    __table_args__ = (UniqueConstraint("community_id", "key", name="one_review_per_anomaly"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    key: Mapped[str]
    """What `volboard.oversight.anomalies` calls it: a kind and the rows that it rests on."""
    reviewed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    words: Mapped[str]
