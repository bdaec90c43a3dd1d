"""A roster that was read and waits for its organizer's yes, and those that were taken in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime


class RosterDraft(Base):
    """What a file said, between its preview and the yes; gone after an hour, or with the yes."""

    __tablename__ = "roster_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """What its address says: 128 random bits."""
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    file_name: Mapped[str]
    digest: Mapped[str]
    """SHA-256 of the file."""
    rows: Mapped[str]
    """The rows as JSON, as they will be written."""
    sheets: Mapped[str] = mapped_column(default="", server_default="")
    """All that one can see of the file, to be read again with another choice; gone with the row."""


class RosterListing(Base):
    """That a community's roster named somebody who is at home elsewhere.

    They are at home here only once they come themselves; until then it is as if they were, as
    far as rosters can tell, so that no roster finds out where somebody lives (docs/adr/0030).
    """

    __tablename__ = "roster_listings"

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)
    listed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class RosterImport(Base):
    """That a roster was taken in: by whom, when, and what it added; no word of its people."""

    __tablename__ = "roster_imports"
    __table_args__ = (
        CheckConstraint("added >= 0 AND known >= 0", name="import_counts_not_negative"),
        Index("roster_imports_desk_index", "community_id", "imported_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    digest: Mapped[str]
    imported_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    imported_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added: Mapped[int]
    known: Mapped[int]


class RosterChoice(Base):
    """Which sheet and columns a community's organizers chose for files with these headings.

    No word of a file is in it, and nobody's name: a digest and places.
    """

    __tablename__ = "roster_choices"
    __table_args__ = (
        UniqueConstraint("community_id", "heads", name="one_choice_for_the_same_heads"),
        CheckConstraint("sheet >= 0", name="choice_names_a_sheet"),
        CheckConstraint(
            "name_column >= 0 AND phone_column >= 0 AND team_column >= 0 AND skills_column >= 0",
            name="choice_names_columns",
        ),
        CheckConstraint("(name_column = 0) = (phone_column = 0)", name="choice_is_whole"),
        CheckConstraint("name_column = 0 OR name_column <> phone_column",
                        name="choice_is_of_two_columns"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    heads: Mapped[str]
    """SHA-256 of the headings."""
    sheet: Mapped[int]
    """Its place among those that one can see, from 0."""
    name_column: Mapped[int]
    """From 1; 0 with `phone_column` where only the sheet was chosen."""
    phone_column: Mapped[int]
    team_column: Mapped[int]
    """0: not read."""
    skills_column: Mapped[int]
    chosen_at: Mapped[datetime] = mapped_column(UTCDateTime)
