"""A line of the ledger. Triggers forbid UPDATE and DELETE."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import unique_where


class HourEntry(Base):
    """Minutes credited for one attendance, or the line that takes them back.

    A correction is two lines: the reversal of the old one, and a new one that `replaces` it.
    """

    __tablename__ = "hour_entries"
    __table_args__ = (
        unique_where("one_credit_per_attendance", "attendance_id", where="kind = 'credit'"),
        Index("one_reversal_per_entry", "reverses", unique=True),
        Index("one_replacement_per_entry", "replaces", unique=True),
        CheckConstraint("kind IN ('credit', 'reversal', 'correction')", name="entry_kind_known"),
        CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)",
                        name="reversal_names_its_entry"),
        CheckConstraint("(kind = 'correction') = (replaces IS NOT NULL)",
                        name="correction_names_its_entry"),
        CheckConstraint("kind = 'credit' OR reason <> ''", name="correction_has_a_reason"),
        CheckConstraint("CASE WHEN kind = 'reversal' THEN minutes < 0 ELSE minutes > 0 END",
                        name="entry_sign_fits_its_kind"),
        CheckConstraint("minutes <= planned_minutes", name="credited_within_planned"),
        Index("hour_entries_person_index", "volunteer_id", "served_from"),
        Index("hour_entries_shift_index", "shift_id"),
        Index("hour_entries_attendance_index", "attendance_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"))
    kind: Mapped[str]
    minutes: Mapped[int]
    """Whole minutes, rounded down; below zero for a reversal."""
    planned_minutes: Mapped[int]
    served_from: Mapped[datetime] = mapped_column(UTCDateTime)
    served_to: Mapped[datetime] = mapped_column(UTCDateTime)
    how: Mapped[str]
    """The way the person came in: gate, walk_in or code."""
    seen_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    """The organizer who checked the person in."""
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    device: Mapped[str]
    rule: Mapped[str] = mapped_column(default="", server_default="")
    """'forgotten_sign_out' where the stated rule stood in for a sign-out; else empty."""
    recorded_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(default="", server_default="")
    reverses: Mapped[int | None] = mapped_column(ForeignKey("hour_entries.id"))
    replaces: Mapped[int | None] = mapped_column(ForeignKey("hour_entries.id"))
