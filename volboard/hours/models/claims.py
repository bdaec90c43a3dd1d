"""What people say of the ledger: hours that are missing in it, and lines that are wrong."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import unique_where


class MakeUp(Base):
    """Hours that somebody asks to have entered afterwards, and what another organizer decided."""

    __tablename__ = "make_ups"
    __table_args__ = (
        unique_where("one_open_make_up", "volunteer_id", "shift_id", where="state = 'waiting'"),
        CheckConstraint("state IN ('waiting', 'approved', 'refused', 'withdrawn')",
                        name="make_up_state_known"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)"
                        " AND (state = 'waiting') = (decided_by IS NULL)",
                        name="decided_make_up_has_a_decider"),
        CheckConstraint("state = 'withdrawn' OR decided_by <> asked_by",
                        name="another_decides_a_make_up"),
        CheckConstraint("state <> 'approved' OR decided_on <> asked_on",
                        name="another_phone_approves_a_make_up"),
        CheckConstraint("reason <> ''", name="make_up_has_a_reason"),
        CheckConstraint("left_at > came_at", name="make_up_has_a_length"),
        Index("make_ups_desk_index", "community_id", "state"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), index=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    came_at: Mapped[datetime] = mapped_column(UTCDateTime)
    left_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reason: Mapped[str]
    asked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_on: Mapped[str]
    """The random name of the phone; nobody approves on the phone that asked."""
    asked_with: Mapped[str]
    """A short name for that phone, which identifies no person."""
    state: Mapped[str] = mapped_column(default="waiting", server_default="waiting")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_on: Mapped[str] = mapped_column(default="", server_default="")
    decided_with: Mapped[str] = mapped_column(default="", server_default="")
    answer: Mapped[str] = mapped_column(default="", server_default="")


class Dispute(Base):
    """A volunteer says that a line in their name is wrong; an organizer must answer."""

    __tablename__ = "disputes"
    __table_args__ = (
        unique_where("one_open_dispute_per_entry", "entry_id", where="answered_at IS NULL"),
        CheckConstraint("claim IN ('not_me', 'wrong_time')", name="dispute_claim_known"),
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)"
                        " AND (answered_at IS NULL) = (answer = '')",
                        name="answered_dispute_has_words"),
        Index("disputes_desk_index", "community_id", "answered_at"),
        Index("disputes_answered_index", "answered_at"),
        Index("disputes_entry_index", "entry_id"),
        Index("disputes_opener_index", "opened_by", "opened_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("hour_entries.id"))
    claim: Mapped[str]
    words: Mapped[str]
    opened_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(default="", server_default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
