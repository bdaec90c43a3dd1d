"""The ledger: its lines, their chains, and the seals over them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import unique_where


class HourEntry(Base):
    """Minutes credited for one attendance or make-up, or the line that takes them back.

    A correction is two lines: the reversal of the old one, and a new one that `replaces` it.
    Triggers forbid UPDATE and DELETE. What a line is worth is `minutes + extra_minutes`.
    """

    __tablename__ = "hour_entries"
    __table_args__ = (
        unique_where("one_credit_per_attendance", "attendance_id", where="kind = 'credit'"),
        unique_where("one_line_per_make_up", "make_up_id", where="kind = 'make_up'"),
        Index("one_reversal_per_entry", "reverses", unique=True),
        Index("one_replacement_per_entry", "replaces", unique=True),
        UniqueConstraint("volunteer_id", "position", name="one_entry_per_position"),
        CheckConstraint("kind IN ('credit', 'make_up', 'reversal', 'correction')",
                        name="entry_kind_known"),
        CheckConstraint("(attendance_id IS NULL) <> (make_up_id IS NULL)",
                        name="entry_rests_on_one_thing"),
        CheckConstraint("kind <> 'credit' OR attendance_id IS NOT NULL",
                        name="credit_names_its_attendance"),
        CheckConstraint("kind <> 'make_up' OR make_up_id IS NOT NULL",
                        name="make_up_names_its_request"),
        CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)",
                        name="reversal_names_its_entry"),
        CheckConstraint("(kind = 'correction') = (replaces IS NOT NULL)",
                        name="correction_names_its_entry"),
        CheckConstraint("kind = 'credit' OR reason_digest <> ''", name="correction_has_a_reason"),
        CheckConstraint("CASE WHEN kind = 'reversal' THEN minutes < 0 AND extra_minutes <= 0"
                        " ELSE minutes > 0 AND extra_minutes >= 0 END",
                        name="entry_sign_fits_its_kind"),
        CheckConstraint("minutes <= planned_minutes", name="credited_within_planned"),
        CheckConstraint("away_seconds >= 0", name="away_not_negative"),
        CheckConstraint("ABS(night_minutes) <= ABS(minutes)", name="night_within_minutes"),
        CheckConstraint("ABS(extra_minutes) <= ABS(night_minutes)", name="extra_within_night"),
        CheckConstraint("position > 0", name="position_counts_from_one"),
        Index("hour_entries_person_index", "volunteer_id", "served_from"),
        Index("hour_entries_shift_index", "shift_id"),
        Index("hour_entries_attendance_index", "attendance_id"),
        Index("hour_entries_booked_index", "community_id", "recorded_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    attendance_id: Mapped[int | None] = mapped_column(ForeignKey("attendances.id"))
    make_up_id: Mapped[int | None] = mapped_column(ForeignKey("make_ups.id"))
    kind: Mapped[str]
    minutes: Mapped[int]
    """Whole minutes of presence, rounded down; below zero for a reversal."""
    night_minutes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Of `minutes`, how many lie in the community's night."""
    extra_minutes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """What the community adds for the night minutes."""
    planned_minutes: Mapped[int]
    served_from: Mapped[datetime] = mapped_column(UTCDateTime)
    served_to: Mapped[datetime] = mapped_column(UTCDateTime)
    away_seconds: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How long the person was away in between; earns nothing."""
    breaks: Mapped[str] = mapped_column(default="", server_default="")
    """When that was, as `rules.written` puts it."""
    how: Mapped[str]
    """The way the person came in: one of `volboard.attendance.rules.WAYS`, or make_up."""
    seen_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    """The organizer who saw the person come, or who asked for the make-up."""
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    device: Mapped[str]
    rule: Mapped[str] = mapped_column(default="", server_default="")
    """'forgotten_sign_out' where the stated rule stood in for a sign-out; else empty."""
    recorded_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reason_digest: Mapped[str] = mapped_column(default="", server_default="")
    """SHA-256 of the reason with its salt; the words are in `EntryReason`. Empty: no reason."""
    reverses: Mapped[int | None] = mapped_column(ForeignKey("hour_entries.id"))
    replaces: Mapped[int | None] = mapped_column(ForeignKey("hour_entries.id"))
    witness_digest: Mapped[str] = mapped_column(default="", server_default="")
    """SHA-256 of the witnesses on whom a credit rests; empty for lines from before they were kept
    and for lines that rest on another one."""
    position: Mapped[int]
    """Which line of the volunteer's chain this is, from 1."""
    previous_digest: Mapped[str]
    """The digest of the line before; empty for the first."""
    digest: Mapped[str]
    """SHA-256 of everything else in this line, as `digests.line_digest` makes it."""


class EntryReason(Base):
    """Why a line was written, in words. Kept apart, so that it can be deleted with a person."""

    __tablename__ = "entry_reasons"

    entry_id: Mapped[int] = mapped_column(ForeignKey("hour_entries.id"), primary_key=True)
    salt: Mapped[str]
    words: Mapped[str]


class HourChain(Base):
    """Where a volunteer's chain ends; locked by whoever appends to it."""

    __tablename__ = "hour_chains"

    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), primary_key=True)
    length: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    digest: Mapped[str] = mapped_column(default="", server_default="")


class LedgerSeal(Base):
    """The head over all chains at the end of a day, which is published. Append-only."""

    __tablename__ = "ledger_seals"

    day: Mapped[date] = mapped_column(primary_key=True)
    """The Beijing day that the seal closes."""
    sealed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    entries: Mapped[int]
    """How many lines all chains held together."""
    previous_digest: Mapped[str]
    digest: Mapped[str]


class LedgerEnd(Base):
    """Where the seals end: one row, which follows the seals by trigger."""

    __tablename__ = "ledger_ends"
    __table_args__ = (CheckConstraint("id = 1", name="the_seals_have_one_end"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seals: Mapped[int]
    digest: Mapped[str]


class SealedChain(Base):
    """A chain that had grown since the seal before, and where it ended. Append-only."""

    __tablename__ = "sealed_chains"

    day: Mapped[date] = mapped_column(ForeignKey("ledger_seals.day"), primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), primary_key=True)
    length: Mapped[int]
    digest: Mapped[str]
