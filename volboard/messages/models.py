"""What somebody is told (the outbox), and by which ways it goes out."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import index_where


class Message(Base):
    """One thing that somebody is told, written in the transaction of what it tells of.

    Pages show it at once; other ways are its deliveries.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index("messages_person_index", "account_id", "created_at"),
        Index("messages_subject_index", "subject"),
        Index("messages_desk_index", "community_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """What makes this message the same one when it is told twice: kind, subject, person, time."""
    kind: Mapped[str]
    """One of `volboard.messages.rules.Kind`."""
    subject: Mapped[str]
    """What it is about, as `shift:12`; by it a message that is not true any more is dropped."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """Whose phone it is for; none for a message to a community's group."""
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteers.id"))
    """Whom of the household it is about."""
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    facts: Mapped[str]
    """What the words are filled with, as JSON; nobody's name but the reader's household's."""
    path: Mapped[str] = mapped_column(default="", server_default="")
    """Where on this site one goes from here."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When it may ring; quiet hours are counted in."""
    ring_by: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Until when it must have rung to be of use; none: it waits for the end of quiet hours."""
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Worthless from then on: it leaves the page's count and goes out no more."""
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dropped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When it stopped being true before anybody was told."""


class Delivery(Base):
    """One way by which a message goes out, and how far it is.

    A worker takes it (`sending`), calls the gateway, and writes what became of it. Nobody can
    know what a gateway did that never answered: that stays `unsure` until a person says.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("message_id", "channel", name="one_delivery_per_channel"),
        CheckConstraint("channel IN ('email', 'webhook', 'group', 'telephone')",
                        name="channel_known"),
        CheckConstraint("state IN ('waiting', 'sending', 'delivered', 'unsure', 'failed',"
                        " 'dropped')", name="delivery_state_known"),
        CheckConstraint("(state = 'sending') = (taken_at IS NOT NULL)",
                        name="taken_delivery_has_a_time"),
        CheckConstraint("(state IN ('delivered', 'failed', 'dropped')) = (ended_at IS NOT NULL)",
                        name="ended_delivery_has_a_time"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        index_where("deliveries_due_index", "next_at",
                    where="state IN ('waiting', 'sending')"),
        index_where("deliveries_stuck_index", "next_at", where="state IN ('unsure', 'failed')"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    channel: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    next_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When it is tried next."""
    taken_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """Who telephoned, or who said what became of an unsure one; none: a gateway did."""
    fault: Mapped[str] = mapped_column(default="", server_default="")
    """What went wrong last, without a word of the message or a number."""


class MessageText(Base):
    """A community's own words for a kind of message, with named gaps and no code."""

    __tablename__ = "message_texts"

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]
    changed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
