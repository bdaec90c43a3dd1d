"""A person's place in a shift, and how it passes to somebody else."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import unique_where


class Signup(Base):
    """A place: seated, waiting, or given back. Ids grow in the order of commits within a shift."""

    __tablename__ = "signups"
    __table_args__ = (
        unique_where("one_live_signup_per_person", "shift_id", "volunteer_id",
                     where="state <> 'cancelled'"),
        CheckConstraint("state IN ('seated', 'waiting', 'cancelled')", name="signup_state_known"),
        CheckConstraint("(state = 'cancelled') = (ended_at IS NOT NULL)",
                        name="cancelled_signup_has_an_end"),
        Index("signups_queue_index", "shift_id", "state", "id"),
        Index("signups_person_index", "volunteer_id", "state"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"))
    state: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    """The account that pressed the button; differs from the volunteer's for 代报名."""
    request_key: Mapped[str | None]
    """A hash of the visitor's form, by which a quick signup sent twice is known again."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    jump_reason: Mapped[str | None]
    """Why an organizer seated this person out of turn or beyond the announced capacity."""
    jumped_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    coming_asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When 还来吗 was asked last."""
    coming_said_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When they said that they will come."""
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    end_reason: Mapped[str] = mapped_column(default="", server_default="")


class CoverAsk(Base):
    """That somebody was asked to help out in a shift, and what they said."""

    __tablename__ = "cover_asks"
    __table_args__ = (
        UniqueConstraint("shift_id", "volunteer_id", name="one_ask_per_person"),
        CheckConstraint("answer IN ('', 'yes', 'no')", name="cover_answer_known"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="cover_answer_has_a_time"),
        Index("cover_asks_person_index", "volunteer_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(default="", server_default="")
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class HandOver(Base):
    """A seat that its holder gives away by a secret address, to whoever takes it first."""

    __tablename__ = "hand_overs"
    __table_args__ = (
        unique_where("one_open_hand_over", "signup_id",
                     where="taken_at IS NULL AND withdrawn_at IS NULL"),
        CheckConstraint("(taken_at IS NULL) = (taken_by IS NULL)", name="taken_by_somebody"),
        CheckConstraint("taken_at IS NULL OR withdrawn_at IS NULL", name="taken_or_withdrawn"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    signup_id: Mapped[int] = mapped_column(ForeignKey("signups.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the secret; the secret itself is in the address alone."""
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("volunteers.id"))
    taken_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class CalendarFeed(Base):
    """The secret address at which an account's own places can be subscribed to."""

    __tablename__ = "calendar_feeds"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the secret, of 128 random bits."""
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
