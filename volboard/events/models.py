"""What is announced (event) and what people sign up for (shift)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime


class Event(Base):
    """An event: title, place, story. `starts_at` and `ends_at` span its shifts."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published', 'cancelled')", name="event_state_known"),
        CheckConstraint("ends_at > starts_at", name="event_ends_after_it_starts"),
        CheckConstraint(
            "state <> 'cancelled' OR cancel_reason <> ''", name="cancelled_event_has_a_reason"
        ),
        Index("events_board_index", "state", "ends_at"),
        Index("events_desk_index", "community_id", "starts_at"),
        Index("events_festival_index", "festival", "starts_at"),
        Index("one_event_per_series_day", "series_id", "series_day", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    festival: Mapped[str | None]
    """The key of a festival in `volboard.festivals.catalog`."""
    mark: Mapped[str]
    """The name of the drawn mark, `templates/components/marks/<mark>.svg`."""
    title: Mapped[str]
    story: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="", server_default="")
    story_en: Mapped[str] = mapped_column(default="", server_default="")
    """Title and story for an English page; empty: it shows the Chinese ones."""
    place: Mapped[str]
    safety: Mapped[str]
    """Possible risks, which a call for volunteers has to state (志愿服务条例 art. 12)."""
    contact_name: Mapped[str]
    contact_phone: Mapped[str]
    state: Mapped[str]
    cancel_reason: Mapped[str] = mapped_column(default="", server_default="")
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    first_shift_id: Mapped[int | None]
    """The shift that came first when the event was announced; it may be gone since. Telephones
    know its day as the event's day 0, wherever it moves."""
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    series_day: Mapped[date | None]
    """The day for which the series made it, in Beijing; it may have been moved since."""


class Series(Base):
    """Events that come again: made at once from one of them, and each its own from then on."""

    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint("rule IN ('weekly', 'monthly', 'lunar')", name="series_rule_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    rule: Mapped[str]
    created_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class EventChange(Base):
    """One thing that changed after the announcement, told to the people who signed up."""

    __tablename__ = "event_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    changed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sentence: Mapped[str]
    """In the community's own words: what was, what is now."""


class Shift(Base):
    """One post in one time window with a capacity.

    `seated` and `waiting` are kept by triggers on `signups`; nothing else writes them.
    """

    __tablename__ = "shifts"
    __table_args__ = (
        CheckConstraint("kind IN ('service', 'participant')", name="shift_kind_known"),
        CheckConstraint("ends_at > starts_at", name="shift_ends_after_it_starts"),
        CheckConstraint("capacity BETWEEN 1 AND 5000", name="shift_capacity_in_range"),
        CheckConstraint("minimum BETWEEN 0 AND capacity", name="shift_minimum_within_capacity"),
        CheckConstraint("seated BETWEEN 0 AND capacity", name="seated_within_capacity"),
        CheckConstraint("waiting >= 0", name="waiting_not_negative"),
        CheckConstraint("call_minutes BETWEEN 0 AND 240", name="call_minutes_in_range"),
        CheckConstraint("ages IN ('any', 'with_adult', 'adults')", name="shift_ages_known"),
        CheckConstraint("cancel_notice >= 0", name="cancel_notice_not_negative"),
        Index("shifts_event_index", "event_id", "starts_at"),
        Index("shifts_day_index", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    title: Mapped[str]
    kind: Mapped[str]
    briefing: Mapped[str] = mapped_column(default="", server_default="")
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    capacity: Mapped[int]
    minimum: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    opens_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When signing up begins; none: as soon as the event is published."""
    cancel_notice: Mapped[int]
    """Minutes before the start until which a place can be given back."""
    call_minutes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How long before the start people gather; earns nothing."""
    skill: Mapped[str] = mapped_column(default="", server_default="")
    """What one has to be able to do for this post, in words; empty: nothing special."""
    ages: Mapped[str] = mapped_column(default="any", server_default="any")
    """any; with_adult: under 14 only beside an adult of the household; adults: 18 and over."""
    seated: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    waiting: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    called_off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    announced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When these times became public: at publishing, when it was added, when it was moved."""
    announced_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """Who made them public; minutes of a shift announced once it had begun take another."""
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
