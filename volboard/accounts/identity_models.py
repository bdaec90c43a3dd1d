"""Who somebody was called, and to which household they belong: asked, agreed, and kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import unique_where


class NameChange(Base):
    """That somebody is called otherwise from now on. Append-only; an erasure empties its words.

    A trigger lets no name change without its row here, and none of somebody whom an organizer
    has seen without a second person (docs/adr/0033).
    """

    __tablename__ = "name_changes"
    __table_args__ = (
        CheckConstraint("how IN ('unseen', 'tidied', 'agreed')", name="name_change_known"),
        CheckConstraint("(how = 'agreed') = (agreed_by IS NOT NULL)",
                        name="agreed_name_has_its_person"),
        CheckConstraint("agreed_by <> asked_by", name="name_takes_two"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), index=True)
    old_name: Mapped[str]
    new_name: Mapped[str]
    how: Mapped[str]
    """unseen: no organizer had seen them; tidied: only spaces and widths; agreed: by two."""
    reason: Mapped[str] = mapped_column(default="", server_default="")
    asked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class NameRequest(Base):
    """Somebody's wish to be called otherwise, which waits for a second person."""

    __tablename__ = "name_requests"
    __table_args__ = (
        unique_where("one_open_name_request", "volunteer_id", where="state = 'waiting'"),
        CheckConstraint("state IN ('waiting', 'agreed', 'refused', 'withdrawn')",
                        name="name_request_state_known"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)",
                        name="decided_name_request_has_a_time"),
        Index("name_requests_state_index", "state", "volunteer_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), index=True)
    new_name: Mapped[str]
    reason: Mapped[str]
    asked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    """The household itself, or an organizer before whom the person stood."""
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    state: Mapped[str] = mapped_column(default="waiting", server_default="waiting")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class HouseholdProposal(Base):
    """That somebody gave another household's number as theirs, and what that household says.

    Until it says yes they are a person of their own (docs/adr/0034).
    """

    __tablename__ = "household_proposals"
    __table_args__ = (
        unique_where("one_household_proposed", "volunteer_id", where="answer <> 'no'"),
        CheckConstraint("answer IN ('', 'yes', 'no')", name="household_answer_known"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)",
                        name="household_answer_has_a_time"),
        CheckConstraint("proposed_by <> account_id", name="nobody_proposes_to_themself"),
        Index("household_proposals_open_index", "account_id", "answer"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    """Whose number was given."""
    proposed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    """The organizer who typed it."""
    proposed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(default="", server_default="")
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
