"""A few facts about this installation that live in its database."""

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, db


class SiteFact(Base):
    """A named fact of the installation; `demo` = `yes` where the data was made up."""

    __tablename__ = "site_facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


def is_demo() -> bool:
    """Whether this database holds demonstration data; asks the database each time."""
    query = select(SiteFact.value).where(SiteFact.name == "demo")
    return db.session.scalar(query) == "yes"
