"""A proof of service: what it says is kept as it was issued."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime


class Certificate(Base):
    """A numbered proof of service. Only revoking changes it, once; a trigger forbids the rest."""

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="certificate_has_minutes"),
        CheckConstraint("last_day >= first_day", name="certificate_days_in_order"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)"
                        " AND (revoked_at IS NULL) = (revoke_reason = '')",
                        name="revoked_certificate_has_a_reason"),
        Index("certificates_person_index", "volunteer_id"),
        Index("certificates_desk_index", "community_id", "issued_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    """What is printed and told on the telephone: community, year, a running number and a check."""
    code: Mapped[str] = mapped_column(unique=True)
    """What its QR code says: 128 random bits."""
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    minutes: Mapped[int]
    """The sum of its lines, whole minutes."""
    shows_name: Mapped[bool]
    """Whether the holder chose that a stranger who checks it reads the full name."""
    facts: Mapped[str]
    """Everything that the proof says, as JSON, as it was on the day of issue."""
    seal: Mapped[str]
    """HMAC-SHA-256 of number, code and facts with the site's key."""
    ledger_digest: Mapped[str]
    """The head of the holder's chain on the day of issue."""
    issued_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    """The account that asked for it: the holder, or an organizer at the desk."""
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    revoke_reason: Mapped[str] = mapped_column(default="", server_default="")


class CertificateBook(Base):
    """The last running number that a community gave out in a year; numbers are never reused."""

    __tablename__ = "certificate_books"
    __table_args__ = (CheckConstraint("last > 0", name="book_counts_from_one"),)

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
