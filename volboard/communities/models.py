"""A community owns events and teams; it is the border of an organizer's power."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime


class Community(Base):
    """A residential community (社区)."""

    __tablename__ = "communities"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    city: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    """The desk's telephone, as people dial it."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Membership(Base):
    """That an account organizes in a community."""

    __tablename__ = "memberships"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """None where the command line granted it."""
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Residency(Base):
    """That an account belongs to a community: it joined there, or signed up for something there."""

    __tablename__ = "residencies"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id"), primary_key=True, index=True
    )
    since: Mapped[datetime] = mapped_column(UTCDateTime)
