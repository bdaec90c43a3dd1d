"""Accounts sign in; volunteers serve. One account has itself and may add family."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from volboard.accounts.name_forms import folded
from volboard.accounts.pinyin import readings
from volboard.core.db import Base, UTCDateTime
from volboard.core.indexes import unique_where


class Account(Base):
    """A phone number that can sign in."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(unique=True)
    """E.164, as `volboard.accounts.phones.normalised` makes it."""
    password_hash: Mapped[str | None]
    is_admin: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When somebody saw the person, or a code was typed in; none: the number is only claimed."""
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    session_version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Goes up when the password changes, which ends every older session."""
    language: Mapped[str | None]
    large_text: Mapped[bool | None]
    email: Mapped[str | None]
    """Where messages go, once its owner has opened the link that was sent there."""
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_signed_in_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """To within a day; who has not come for years is told, and then deleted."""


def _name_in(row: DefaultExecutionContext) -> str:
    """The name of the row that is being written, from which its other forms are made."""
    return str(row.get_current_parameters()["name"])  # type: ignore[no-untyped-call]


class Volunteer(Base):
    """The person who serves: the account's own, or one of the family."""

    __tablename__ = "volunteers"
    __table_args__ = (
        unique_where("one_self_per_account", "account_id", where="is_self"),
        unique_where("one_name_per_household", "account_id", "folded", where="removed_at IS NULL"),
        Index("volunteers_initials_index", "initials"),
        CheckConstraint("name <> ''", name="volunteer_has_a_name"),
        CheckConstraint("age_band IN ('', 'teen', 'child')", name="age_band_known"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(default=lambda row: folded(_name_in(row)))
    """The name as it is compared (`name_forms.folded`). Who stood twice in a household when this
    began has a space and their number behind it."""
    initials: Mapped[str] = mapped_column(default=lambda row: readings(_name_in(row)).initials)
    """First letters of the name's pinyin in each reading, the surname's own first; lists are
    sorted by them."""
    readings: Mapped[str] = mapped_column(default=lambda row: readings(_name_in(row)).forms)
    """All Latin spellings by which the name is found (`pinyin.Readings`)."""
    is_self: Mapped[bool]
    relation: Mapped[str] = mapped_column(default="")
    """What the account calls them (妈妈); empty for itself."""
    code: Mapped[str] = mapped_column(unique=True)
    """What this person's QR code says: 128 random bits, nothing of the person."""
    skills: Mapped[str] = mapped_column(default="", server_default="")
    """What they can do, in their own words, parted by commas; 志愿服务条例 art. 7."""
    age_band: Mapped[str] = mapped_column(default="", server_default="")
    """Empty for adults, teen from 14 to 17, child below 14; no birth date is kept."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Sighting(Base):
    """That an organizer checked this one person in: by whom they are known, and since when.

    Who is known only to the organizer of a line needs a second one (docs/adr/0032).
    """

    __tablename__ = "sightings"
    __table_args__ = (
        unique_where("one_sighting_per_organizer", "volunteer_id", "organizer_id",
                     where="organizer_id IS NOT NULL"),
        unique_where("one_sighting_from_before", "volunteer_id", where="organizer_id IS NULL"),
        CheckConstraint("last_at >= first_at", name="sighting_last_after_first"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), index=True)
    organizer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """None: checked in before sightings were kept; only the migration writes that."""
    first_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)


class DeskCode(Base):
    """A one-time code that an organizer hands out at the desk instead of a lost password.

    Once used it stays: the account is a helped one until another organizer has seen the person.
    """

    __tablename__ = "desk_codes"
    __table_args__ = (
        CheckConstraint("agreed_by IS NULL OR (agreed_by <> issued_by AND agreed_by <> account_id)",
                        name="second_organizer_agrees"),
        CheckConstraint("(agreed_by IS NULL) = (agreed_at IS NULL)", name="agreed_by_somebody"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    code_hash: Mapped[str]
    issued_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """The other organizer who says that the right person came in by it."""
    agreed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    agreed_why: Mapped[str] = mapped_column(default="", server_default="")


class PowerChange(Base):
    """That an account gained or lost power, by whom and how; never changed, never deleted."""

    __tablename__ = "power_log"
    __table_args__ = (
        CheckConstraint("change IN ('gained', 'lost')", name="power_change_known"),
        CheckConstraint("how IN ('code', 'admin', 'leaving', 'before')", name="power_how_known"),
        Index("power_log_desk_index", "community_id", "id"),
        Index("power_log_person_index", "account_id", "community_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"))
    """Where the account organizes; none: it runs the site."""
    change: Mapped[str]
    how: Mapped[str]
    """As `volboard.accounts.rules.PowerHow`."""
    done_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """None for the command line."""
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class PhoneView(Base):
    """That somebody looked at a full phone number: who, whose, when and where."""

    __tablename__ = "phone_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    viewed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    viewed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    place: Mapped[str]
    """Which page showed it, as its path."""


class Consent(Base):
    """That somebody agreed to something about their data, in which wording, and until when.

    Kinds: `use` (the notice of what is kept), `public_name` (shown by full name, PIPL art. 25),
    `hand_over` (given to another system, art. 23), `guardian` (for a child under 14, art. 31).
    """

    __tablename__ = "consents"
    __table_args__ = (
        unique_where("one_consent_in_force", "volunteer_id", "kind", where="withdrawn_at IS NULL"),
        CheckConstraint("kind IN ('use', 'public_name', 'hand_over', 'guardian')",
                        name="consent_kind_known"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), index=True)
    kind: Mapped[str]
    version: Mapped[str]
    """Which wording of the notice it was, as `volboard.accounts.rules.NOTICE_VERSION`."""
    given_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Erasure(Base):
    """That everything personal about a volunteer was deleted; their minutes stay as a total.

    The ledger's verifier takes it as the reason why words are missing.
    """

    __tablename__ = "erasures"
    __table_args__ = (CheckConstraint("cause IN ('asked', 'retention')", name="cause_known"),)

    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(UTCDateTime)
    cause: Mapped[str]
