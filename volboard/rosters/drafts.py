"""A roster until the yes: read, kept for an hour, read again with another choice, and gone."""

import hashlib
import json
import secrets
from dataclasses import asdict

from sqlalchemy import delete, or_, update

from volboard.communities.queries import community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.core.text import is_plain, tidy
from volboard.rosters.arranging import Choice, Reading, arranged, signature
from volboard.rosters.choices import remember, remembered
from volboard.rosters.errors import Unreadable
from volboard.rosters.judging import judged
from volboard.rosters.kept import packed
from volboard.rosters.models import RosterDraft
from volboard.rosters.queries import Left, book_of, own_draft
from volboard.rosters.reading import read
from volboard.rosters.rules import DRAFT_LASTS
from volboard.rosters.tables import Book
from volboard.teams.queries import team_choices

NAME_SHOWN = 80
MOST_NAMED = 12


def keep_draft(data: bytes, file_name: str, community_id: int, by: Viewer) -> str:
    """Read a file and keep it for an hour; answers its key. Older drafts of `by` are gone.

    What was chosen for a file with the same headings is taken again. Raises an `Unreadable` with
    the sentence for the file, NotFound beyond the border.
    """
    if not by.manages(community_id):
        raise NotFound
    community(community_id)
    book = read(data, file_name)
    rows = _as_remembered(book, community_id) or _content(book, community_id, None)
    key = secrets.token_hex(16)
    with transaction():
        purge_drafts(by.id)
        db.session.add(
            RosterDraft(
                key=key, community_id=community_id, made_by=by.id, made_at=clock.now(),
                file_name=_shown(file_name), digest=hashlib.sha256(data).hexdigest(),
                rows=rows, sheets=packed(book),
            )
        )  # fmt: skip
    return key


def choose(key: str, choice: Choice, by: Viewer) -> None:
    """Read a draft again as its organizer says, and remember that for the same headings.

    Raises DraftGone, NotFound for a sheet that is not there, or an `Unreadable`: then nothing
    is changed.
    """
    with transaction():
        draft = own_draft(key, by, hold=True)
        book = book_of(key)
        if not 0 <= choice.sheet < len(book.tables):
            raise NotFound
        rows = _content(book, draft.community_id, choice)
        d = RosterDraft
        db.session.execute(update(d).where(d.key == key).values(rows=rows))
        remember(draft.community_id, signature(book), choice)


def purge_drafts(of: int | None = None) -> int:
    """Delete the drafts that are over an hour old, and all of the account `of`; answers how many.

    The worker does it once a day; whoever sends a file does it too.
    """
    d = RosterDraft
    too_old = d.made_at < clock.now() - DRAFT_LASTS
    with transaction():
        gone = db.session.execute(
            delete(d).where(or_(too_old, d.made_by == of) if of else too_old).returning(d.id)
        ).all()
    return len(gone)


def discard(key: str, by: Viewer) -> None:
    """Delete one's own draft; one that is gone already changes nothing."""
    d = RosterDraft
    with transaction():
        db.session.execute(delete(d).where(d.key == key, d.made_by == by.id))


def _as_remembered(book: Book, community_id: int) -> str:
    """The reading by what was chosen before; nothing where that does not fit this file."""
    choice = remembered(community_id, signature(book), book)
    if choice is None:
        return ""
    try:
        return _content(book, community_id, choice, is_remembered=True)
    except Unreadable:
        return ""


def _content(
    book: Book, community_id: int, choice: Choice | None, is_remembered: bool = False
) -> str:
    """What a draft keeps of a reading, as JSON."""
    reading = arranged(book, choice)
    teams = {name: id for id, name in team_choices(community_id)}
    lines = [list(asdict(line).values()) for line in judged(reading.people.entries, teams)]
    columns = reading.people.columns
    return json.dumps(
        {"lines": lines, "left": asdict(_left(book, reading)), "sheet": reading.sheet,
         "columns": asdict(columns) if columns else None, "is_remembered": is_remembered},
        ensure_ascii=False,
    )  # fmt: skip


def _left(book: Book, reading: Reading) -> Left:
    if reading.is_asked:
        return Left()
    table = book.tables[reading.sheet]
    hidden = sum(last - first + 1 for first, last in table.hidden_columns)
    others = [one.name for one in book.tables if one is not table]
    return Left(tuple(_shown(one) for one in reading.people.unread[:MOST_NAMED]), hidden,
                table.merged, tuple(_shown(one) for one in others[:MOST_NAMED]),
                book.hidden_sheets)  # fmt: skip


def _shown(text: str) -> str:
    """A name as far as a page can show it."""
    return "".join(sign for sign in tidy(text) if is_plain(sign))[:NAME_SHOWN]
