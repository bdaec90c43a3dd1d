"""A person's place in a shift."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
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
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    end_reason: Mapped[str] = mapped_column(default="", server_default="")
