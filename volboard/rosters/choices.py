"""Which sheet and columns were chosen for files with the same headings."""

from sqlalchemy import delete, select

from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.rosters.arranging import Choice
from volboard.rosters.models import RosterChoice
from volboard.rosters.plans import Columns
from volboard.rosters.tables import Book


def remembered(community_id: int, heads: str, book: Book) -> Choice | None:
    """What was chosen the last time; nothing where the file does not have that sheet."""
    c = RosterChoice
    row = db.session.scalars(
        select(c).where(c.community_id == community_id, c.heads == heads)
    ).one_or_none()
    if row is None or row.sheet >= len(book.tables):
        return None
    columns = Columns(row.name_column, row.phone_column, row.team_column, row.skills_column)
    return Choice(row.sheet, columns if columns.name else None)


def remember(community_id: int, heads: str, choice: Choice) -> None:
    """Keep a choice instead of the one before; nothing is kept of a file without headings."""
    if not heads:
        return
    c, columns = RosterChoice, choice.columns or Columns(0, 0)
    with transaction():
        db.session.execute(delete(c).where(c.community_id == community_id, c.heads == heads))
        db.session.add(
            RosterChoice(
                community_id=community_id, heads=heads, sheet=choice.sheet,
                name_column=columns.name, phone_column=columns.phone, team_column=columns.team,
                skills_column=columns.skills, chosen_at=clock.now(),
            )
        )  # fmt: skip
