"""On whom a presence rests, and the presences that wait for another person (docs/adr/0032)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime


class PresenceWitness(Base):
    """That somebody stands for a presence, and by which sign. Frozen once its line is written."""

    __tablename__ = "presence_witnesses"
    __table_args__ = (
        UniqueConstraint("attendance_id", "account_id", "sign", name="one_sign_per_witness"),
        CheckConstraint("role IN ('organizer', 'volunteer')", name="witness_role_known"),
        CheckConstraint("sign IN ('press', 'code', 'venue', 'wall_code', 'signup', 'coming',"
                        " 'confirmed')", name="witness_sign_known"),
        CheckConstraint("(role = 'organizer' AND sign IN ('press', 'confirmed'))"
                        " OR (role = 'volunteer' AND sign <> 'press')",
                        name="witness_sign_fits_its_role"),
        CheckConstraint("late_minutes >= 0", name="late_not_negative"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str]
    """organizer, or volunteer: the household's own account."""
    sign: Mapped[str]
    """One of `volboard.hours.witness_rules.Sign`."""
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    late_minutes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How long after the shift's end it came in, in whole minutes; 0: in time."""


class Unconfirmed(Base):
    """A presence after the closing that rests on too few: no line of the ledger yet (待确认).

    It keeps the closing's evidence, so that a confirmation credits what the closing saw.
    """

    __tablename__ = "unconfirmed"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'credited', 'refused')",
                        name="unconfirmed_state_known"),
        CheckConstraint("(state = 'waiting') = (settled_at IS NULL)",
                        name="settled_unconfirmed_has_a_time"),
        CheckConstraint("state <> 'refused' OR (settled_by IS NOT NULL AND answer <> '')",
                        name="refused_with_a_word"),
        CheckConstraint("(asked_again_at IS NULL) = (objection = '')",
                        name="asked_again_with_a_word"),
        CheckConstraint("minutes > 0", name="unconfirmed_has_minutes"),
        CheckConstraint("lacks <> ''", name="unconfirmed_lacks_something"),
        Index("unconfirmed_desk_index", "community_id", "state", "since"),
        Index("unconfirmed_waiting_index", "state", "since"),
        Index("unconfirmed_person_index", "volunteer_id", "state"),
        Index("unconfirmed_shift_index", "shift_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"), unique=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    minutes: Mapped[int]
    """What it would credit, without the night's extra."""
    planned_minutes: Mapped[int]
    served_from: Mapped[datetime] = mapped_column(UTCDateTime)
    served_to: Mapped[datetime] = mapped_column(UTCDateTime)
    breaks: Mapped[str] = mapped_column(default="", server_default="")
    """As `volboard.hours.rules.written` puts them."""
    rule: Mapped[str] = mapped_column(default="", server_default="")
    how: Mapped[str]
    seen_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    device: Mapped[str]
    closed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    """Who closed the gate; the line is recorded by them, once somebody has confirmed."""
    lacks: Mapped[str]
    """What it lacks, one or more of `volboard.hours.witness_rules.Lack`, parted by spaces."""
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    """From when its thirty days run: the closing, or when the volunteer asked again."""
    state: Mapped[str] = mapped_column(default="waiting", server_default="waiting")
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """Whose confirmation completed it, or who refused it."""
    answer: Mapped[str] = mapped_column(default="", server_default="")
    """Why it was refused."""
    asked_again_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    objection: Mapped[str] = mapped_column(default="", server_default="")
    """What the volunteer said when it had lapsed or was refused."""
