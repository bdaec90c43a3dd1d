"""A roster before the yes: what is kept of it, and what becomes of each row now."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked
from volboard.rosters.errors import DraftGone
from volboard.rosters.judging import Line, line_from
from volboard.rosters.kept import unpacked
from volboard.rosters.models import RosterDraft, RosterImport
from volboard.rosters.plans import Columns
from volboard.rosters.rules import DRAFT_LASTS, LINES_A_PAGE, MOST_APART, WANTED, Verdict
from volboard.rosters.settling import numbers_of, settled, standings
from volboard.rosters.tables import Book

NAMED = ("unread", "other_sheets")


@dataclass(frozen=True)
class Left:
    """What of a file was not read, or read otherwise than it stands there."""

    unread: tuple[str, ...] = ()
    """Headings of columns that are not kept."""
    hidden_columns: int = 0
    merged: int = 0
    other_sheets: tuple[str, ...] = ()
    hidden_sheets: int = 0


@dataclass(frozen=True)
class Draft:
    """A roster as it was read; whether a person is known already is not in it."""

    key: str
    community_id: int
    file_name: str
    digest: str
    lines: tuple[Line, ...]
    left: Left
    sheet: int
    """Which sheet was read; -1 while that must be chosen."""
    columns: Columns | None
    """Where its people stand; nothing while that must be chosen."""
    is_remembered: bool
    """It was read as was chosen for the same headings before."""


@dataclass(frozen=True)
class Preview:
    """What would become of each row if the roster were taken in now."""

    draft: Draft
    lines: tuple[Line, ...]
    taken_before: datetime | None
    """When this very file was taken in."""

    @property
    def counts(self) -> Counter[Verdict]:
        return Counter(line.verdict for line in self.lines)

    @property
    def bad(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_bad)

    @property
    def new(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.verdict in WANTED)

    @property
    def alike(self) -> tuple[Line, ...]:
        """The rows of which one is asked whether they are a second person."""
        return tuple(line for line in self.lines if line.verdict is Verdict.ALIKE)[:MOST_APART]

    def page(self, number: int, only_bad: bool) -> tuple[Line, ...]:
        """The rows on a page, from 1."""
        lines = self.bad if only_bad else self.lines
        return lines[(number - 1) * LINES_A_PAGE : number * LINES_A_PAGE]


def own_draft(key: str, by: Viewer, hold: bool = False) -> Draft:
    """One's own draft of the last hour; `hold` locks it. Raises DraftGone for all others."""
    d = RosterDraft
    fresh = d.made_at >= clock.now() - DRAFT_LASTS
    query = select(d.community_id, d.file_name, d.digest, d.rows).where(
        d.key == key, d.made_by == by.id, fresh
    )
    row = db.session.execute(locked(query, of=d) if hold else query).one_or_none()
    if row is None or not by.manages(row.community_id):
        raise DraftGone
    content = json.loads(row.rows)
    left = content["left"] | {name: tuple(content["left"][name]) for name in NAMED}
    columns = content["columns"]
    return Draft(
        key, row.community_id, row.file_name, row.digest,
        lines=tuple(line_from(values) for values in content["lines"]), left=Left(**left),
        sheet=content["sheet"], columns=Columns(**columns) if columns else None,
        is_remembered=content["is_remembered"],
    )  # fmt: skip


def book_of(key: str) -> Book:
    """The sheets of a draft whose organizer is known; one statement."""
    d = RosterDraft
    return unpacked(db.session.scalars(select(d.sheets).where(d.key == key)).one())


def preview(key: str, by: Viewer) -> Preview:
    """Each row with what becomes of it; a fixed number of statements. Raises DraftGone."""
    draft = own_draft(key, by)
    here = standings(numbers_of(draft.lines), draft.community_id)
    lines = settled(draft.lines, here, draft.community_id, by)
    return Preview(draft, lines, _taken_before(draft))


def _taken_before(draft: Draft) -> datetime | None:
    i = RosterImport
    query = select(i.imported_at).where(
        i.digest == draft.digest, i.community_id == draft.community_id
    )
    return db.session.scalars(query.order_by(i.id.desc()).limit(1)).first()
