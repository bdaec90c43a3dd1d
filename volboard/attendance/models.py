"""That a person came, and the log of every press at the gate."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime


class Attendance(Base):
    """One a volunteer and shift, however often somebody presses."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("shift_id", "volunteer_id", name="one_attendance_per_person"),
        CheckConstraint("state IN ('present', 'left', 'absent', 'undone')",
                        name="attendance_state_known"),
        CheckConstraint("(state IN ('present', 'left')) = (checked_in_at IS NOT NULL)",
                        name="present_has_a_time"),
        CheckConstraint("(state = 'left') = (checked_out_at IS NOT NULL)",
                        name="left_has_a_time"),
        CheckConstraint("checked_out_at >= checked_in_at", name="out_after_in"),
        Index("attendances_person_index", "volunteer_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"))
    state: Mapped[str]
    """present, left, absent (marked when the shift closed) or undone (a slip taken back)."""
    how: Mapped[str]
    """gate, walk_in or code: by which way the person came in."""
    device: Mapped[str]
    """A short name for the organizer's phone, which identifies no person."""
    checked_in_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    checked_in_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    checked_out_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    checked_out_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class AttendanceLog(Base):
    """Every press at the gate, in order; append-only by trigger."""

    __tablename__ = "attendance_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"), index=True)
    action: Mapped[str]
    """in, out, undo_in, undo_out or absent."""
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
