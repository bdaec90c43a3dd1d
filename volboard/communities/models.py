"""A community owns events and teams; it is the border of an organizer's power."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import unique_where


class Community(Base):
    """A residential community (社区), with those rules of its own that hold at once.

    What minutes are worth in it is dated, and stands in `WorthRule`.
    """

    __tablename__ = "communities"
    __table_args__ = (
        CheckConstraint("absence_rule IN ('nothing', 'note', 'pause')", name="absence_rule_known"),
        CheckConstraint("absence_limit BETWEEN 1 AND 20", name="absence_limit_in_range"),
        CheckConstraint("pause_days BETWEEN 1 AND 365", name="pause_days_in_range"),
        CheckConstraint("quiet_from BETWEEN 0 AND 1439 AND quiet_to BETWEEN 0 AND 1439",
                        name="quiet_hours_in_range"),
        CheckConstraint("longest_shift BETWEEN 60 AND 1440", name="longest_shift_in_range"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    city: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    """The desk's telephone, as people dial it."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    in_charge: Mapped[str] = mapped_column(default="", server_default="")
    """The person in charge whom a proof of service names."""
    absence_rule: Mapped[str] = mapped_column(default="nothing", server_default="nothing")
    """What not coming means: nothing, note (organizers see a count) or pause."""
    absence_limit: Mapped[int] = mapped_column(default=3, server_default=text("3"))
    """How many times in 90 days, not excused, before the rule applies."""
    pause_days: Mapped[int] = mapped_column(default=30, server_default=text("30"))
    quiet_from: Mapped[int] = mapped_column(default=21 * 60, server_default=text("1260"))
    """When messages stop ringing for the night, in minutes after midnight in Beijing."""
    quiet_to: Mapped[int] = mapped_column(default=8 * 60, server_default=text("480"))
    """When they ring again; the same minute means that there are no quiet hours."""
    longest_shift: Mapped[int] = mapped_column(default=12 * 60, server_default=text("720"))
    """The community's day, in minutes: a longer shift's minutes take another organizer."""


class WorthRule(Base):
    """What minutes are worth in a community from a day on, or what somebody proposes.

    Append-only: only a proposal that waits is written again, once, when it is decided. Each row
    holds all of these rules, and names the row that it would replace. Triggers hold the rest:
    `worth_follows_the_last`, `worth_holds_from_the_next_day`, `worth_lowered_alone`.
    """

    __tablename__ = "worth_rules"
    __table_args__ = (
        CheckConstraint("state IN ('founding', 'waiting', 'agreed', 'lowered', 'refused',"
                        " 'withdrawn')", name="worth_state_known"),
        CheckConstraint("night_percent BETWEEN 0 AND 100", name="night_percent_in_range"),
        CheckConstraint("night_from BETWEEN 0 AND 1439 AND night_to BETWEEN 0 AND 1439"
                        " AND night_from <> night_to", name="night_is_a_window"),
        CheckConstraint("state = 'founding' OR (night_to - night_from + 1440) % 1440 <= 720",
                        name="night_is_twelve_hours_at_most"),
        CheckConstraint("star_notice_days BETWEEN 0 AND 60", name="star_notice_in_range"),
        CheckConstraint("(state IN ('founding', 'agreed', 'lowered')) = (holds_from IS NOT NULL)",
                        name="worth_in_force_has_a_day"),
        CheckConstraint("(state IN ('agreed', 'refused', 'withdrawn')) = (decided_by IS NOT NULL)"
                        " AND (decided_by IS NULL) = (decided_at IS NULL)",
                        name="decided_worth_has_a_decider"),
        CheckConstraint("proposed_by IS NOT NULL OR state IN ('founding', 'lowered')",
                        name="proposed_worth_has_a_proposer"),
        CheckConstraint("state = 'withdrawn' OR decided_by <> proposed_by",
                        name="another_decides_a_worth"),
        CheckConstraint("state <> 'agreed' OR decided_on <> proposed_on",
                        name="another_phone_agrees_to_a_worth"),
        unique_where("one_worth_waits", "community_id", where="state = 'waiting'"),
        Index("worth_rules_in_force_index", "community_id", "holds_from"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    replaces: Mapped[int | None] = mapped_column(ForeignKey("worth_rules.id"))
    """The row in force, or to come, when it was proposed; none: `rules.FOUNDING`."""
    night_percent: Mapped[int]
    """What is added to minutes served at night, in per cent; 0: nothing."""
    night_from: Mapped[int]
    """When the night begins, in minutes after midnight in Beijing."""
    night_to: Mapped[int]
    star_ladder: Mapped[str]
    """Hours of each star, rising, parted by commas."""
    star_notice_days: Mapped[int]
    """How long a new star is shown to everybody before it is final."""
    state: Mapped[str]
    """One of `rules.WorthState`."""
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """None where it held before changes were kept, or an upgrade brought it within bounds."""
    proposed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    proposed_on: Mapped[str] = mapped_column(default="", server_default="")
    """The random name of the phone; nobody agrees on the phone that proposed."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_on: Mapped[str] = mapped_column(default="", server_default="")
    holds_from: Mapped[date | None]
    """The Beijing day on which it begins to hold."""


class RuleChange(Base):
    """That a rule which holds at once was changed. Append-only."""

    __tablename__ = "rule_changes"
    __table_args__ = (Index("rule_changes_page_index", "community_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    rule: Mapped[str]
    """The column of `Community`."""
    before: Mapped[str]
    """Empty, as `after`, for `in_charge`: a name is not kept where nothing can be deleted."""
    after: Mapped[str]
    changed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Pause(Base):
    """That somebody cannot sign up in a community for a while, by its own rule on not coming."""

    __tablename__ = "pauses"

    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    until: Mapped[datetime] = mapped_column(UTCDateTime)


class Membership(Base):
    """That an account organizes in a community."""

    __tablename__ = "memberships"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """None where the command line granted it."""
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PowerCode(Base):
    """A one-time code with which somebody takes the power that an admin gives them in person."""

    __tablename__ = "power_codes"
    __table_args__ = (
        unique_where("one_open_code_for_an_office", "account_id", "community_id",
                     where="used_at IS NULL AND withdrawn_at IS NULL"),
        unique_where("one_open_code_for_the_site", "account_id",
                     where="community_id IS NULL AND used_at IS NULL AND withdrawn_at IS NULL"),
        CheckConstraint("used_at IS NULL OR withdrawn_at IS NULL", name="power_used_or_withdrawn"),
        CheckConstraint("attempts BETWEEN 0 AND 5", name="power_code_tries_run_out"),
        Index("power_codes_account_index", "account_id", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"))
    """The office; none: the site."""
    code_hash: Mapped[str]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """None where the command line made it."""
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Residency(Base):
    """That an account belongs to a community: it joined there, or signed up for something there."""

    __tablename__ = "residencies"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id"), primary_key=True, index=True
    )
    since: Mapped[datetime] = mapped_column(UTCDateTime)
