"""A roster until the yes: read, kept for an hour, and gone."""

import hashlib
import json
import secrets
from dataclasses import asdict

from sqlalchemy import delete, or_

from volboard.communities.queries import community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.core.text import is_plain, tidy
from volboard.rosters.columns import people_in
from volboard.rosters.judging import judged
from volboard.rosters.models import RosterDraft
from volboard.rosters.queries import Left
from volboard.rosters.reading import read
from volboard.rosters.rules import DRAFT_LASTS
from volboard.rosters.tables import Table
from volboard.teams.queries import team_choices

NAME_SHOWN = 80
MOST_NAMED = 12


def keep_draft(data: bytes, file_name: str, community_id: int, by: Viewer) -> str:
    """Read a file and keep it for an hour; answers its key. Older drafts of `by` are gone.

    Raises an `Unreadable` with the sentence for the file, NotFound beyond the border.
    """
    if not by.manages(community_id):
        raise NotFound
    community(community_id)
    table = read(data, file_name)
    sheet = people_in(table)
    teams = {name: id for id, name in team_choices(community_id)}
    lines = [list(asdict(line).values()) for line in judged(sheet.entries, teams)]
    content = {"lines": lines, "left": asdict(_left(table, sheet.unread))}
    key = secrets.token_hex(16)
    with transaction():
        purge_drafts(by.id)
        db.session.add(
            RosterDraft(
                key=key, community_id=community_id, made_by=by.id, made_at=clock.now(),
                file_name=_shown(file_name), digest=hashlib.sha256(data).hexdigest(),
                rows=json.dumps(content, ensure_ascii=False),
            )
        )  # fmt: skip
    return key


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


def _left(table: Table, unread: tuple[str, ...]) -> Left:
    hidden = sum(last - first + 1 for first, last in table.hidden_columns)
    return Left(tuple(_shown(one) for one in unread[:MOST_NAMED]), hidden, table.merged,
                tuple(_shown(one) for one in table.other_sheets[:MOST_NAMED]))  # fmt: skip


def _shown(text: str) -> str:
    """A name as far as a page can show it."""
    return "".join(sign for sign in tidy(text) if is_plain(sign))[:NAME_SHOWN]
