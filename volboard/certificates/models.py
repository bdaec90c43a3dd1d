"""A proof of service: what it says is kept as it was issued."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import unique_where


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
    """HMAC-SHA-256 of number, code and facts with the key that `key_id` names."""
    key_id: Mapped[int | None] = mapped_column(ForeignKey("seal_keys.id"))
    """None: sealed with the site's own secret, as all were before seals had a key of theirs."""
    ledger_digest: Mapped[str]
    """The head of the holder's chain on the day of issue."""
    issued_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    """The account that asked for it: the holder, or an organizer at the desk."""
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    revoke_reason: Mapped[str] = mapped_column(default="", server_default="")


class SealKey(Base):
    """A key that proofs were or are sealed with, by its fingerprint. Append-only.

    The key itself is a file (`volboard.certificates.keys`). The newest row is the key in use.
    """

    __tablename__ = "seal_keys"
    __table_args__ = (
        unique_where("one_seal_key_of_the_site", "origin", where="origin = 'site'"),
        CheckConstraint("origin IN ('site', 'own')", name="seal_key_origin_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    origin: Mapped[str]
    """`site`: the site's secret, with which proofs were sealed before; `own`: a key for seals."""
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When this database first knew it."""


class CertificateBook(Base):
    """The last running number that a community gave out in a year; numbers are never reused."""

    __tablename__ = "certificate_books"
    __table_args__ = (CheckConstraint("last > 0", name="book_counts_from_one"),)

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
