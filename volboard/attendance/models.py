"""That a person came, what the gate's presses say of it, and what people answer to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import index_where, unique_where


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
    """By which way the person came in: one of `volboard.attendance.rules.WAYS`."""
    device: Mapped[str]
    """A short name for the organizer's phone, which identifies no person."""
    checked_in_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    checked_in_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    checked_out_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    checked_out_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    excused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When an organizer excused that the person did not come."""
    excused_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    excuse: Mapped[str] = mapped_column(default="", server_default="")
    answer: Mapped[str] = mapped_column(default="", server_default="")
    """What the volunteer says to having been marked absent."""
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class AttendanceBreak(Base):
    """That somebody left and came back; the time between earns nothing."""

    __tablename__ = "attendance_breaks"
    __table_args__ = (CheckConstraint("back_at >= left_at", name="back_after_left"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"), index=True)
    left_at: Mapped[datetime] = mapped_column(UTCDateTime)
    left_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    back_at: Mapped[datetime] = mapped_column(UTCDateTime)
    back_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class AttendanceLog(Base):
    """Every press at the gate; append-only by trigger.

    The attendance and its breaks are what `rules.standing` makes of a person's presses in the
    order of their time, so two phones that were offline end in the same state whichever
    comes back first.
    """

    __tablename__ = "attendance_log"
    __table_args__ = (
        Index("one_press_per_nonce", "nonce", unique=True),
        index_where("odd_presses_index", "at", where="flag <> ''"),
        index_where("paper_presses_index", "at", where="how = 'paper'"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"), index=True)
    action: Mapped[str]
    """in, out, back, undo_in, undo_out, undo_back or absent."""
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When it happened, cut to the shift's window where a phone says it afterwards."""
    by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    """The account that pressed: an organizer, or the person who scanned the venue's code."""
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """The organizer who stands for it, where that is somebody else than `by`."""
    how: Mapped[str] = mapped_column(default="", server_default="")
    device: Mapped[str] = mapped_column(default="", server_default="")
    nonce: Mapped[str | None]
    """What an offline phone called this press, so that sending it twice is one."""
    received_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When an offline press arrived; none: it was pressed online."""
    clock_skew: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """By how many seconds the offline phone's clock was wrong, as far as it knew."""
    said_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """What the offline phone's own clock said; `at` is what we make of it."""
    flag: Mapped[str] = mapped_column(default="", server_default="")
    """What an organizer should look at: clock_wrong, clamped, after_closing,
    clock_back; or several."""


class Arrival(Base):
    """That somebody scanned the venue's printed code, which an organizer has to confirm."""

    __tablename__ = "arrivals"
    __table_args__ = (
        unique_where("one_open_arrival_per_person", "shift_id", "volunteer_id",
                     where="state = 'waiting'"),
        CheckConstraint("state IN ('waiting', 'confirmed', 'dismissed')",
                        name="arrival_state_known"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)",
                        name="decided_arrival_has_a_time"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"))
    arrived_at: Mapped[datetime] = mapped_column(UTCDateTime)
    claimed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    device: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting", server_default="waiting")
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
