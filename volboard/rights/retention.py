"""What has been kept long enough goes; who has not come for years is told first, then deleted.

PIPL art. 19: no longer than the purpose needs. The worker calls `sweep` each day; doing it twice
does no harm.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app

from volboard.accounts.commands.forgetting import forget_old_codes, forget_old_looks
from volboard.communities.forgetting import forget_old_power_codes
from volboard.core import clock
from volboard.core.db import db, transaction, wipe_the_journal
from volboard.core.errors import Refusal
from volboard.core.formats import as_date
from volboard.core.logs import log
from volboard.messages.commands import Notice, tell
from volboard.messages.forgetting import forget_old
from volboard.messages.rules import Kind
from volboard.rights.away_queries import Away, away_since, told_before
from volboard.rights.commands import erase_account
from volboard.rights.rules import (
    AWAY_FOR,
    BACKUPS_LAST,
    CODES_LAST,
    LOGS_LAST,
    MESSAGES_LAST,
    TOLD_BEFORE,
)


@dataclass(frozen=True)
class Swept:
    """How much of each went, or in a rehearsal would go."""

    looks: int
    codes: int
    messages: int
    copies: int
    told: int
    erased: int


class _Rehearsed(Exception):
    """Undoes a rehearsal."""


def sweep(rehearse: bool = False) -> Swept:
    """Do what is due today; a rehearsal only counts."""
    now = clock.now()
    rows = _rehearsed(now) if rehearse else _forget_rows(now)
    done = Swept(*rows, _copies(now, rehearse), _tell(now, rehearse), _erase(now, rehearse))
    if not rehearse:
        wipe_the_journal()
        log.info("retention", **vars(done))
    return done


def _forget_rows(now: datetime) -> tuple[int, int, int]:
    return (
        forget_old_looks(now - LOGS_LAST),
        forget_old_codes(now - CODES_LAST) + forget_old_power_codes(now - CODES_LAST),
        forget_old(now - MESSAGES_LAST),
    )


def _rehearsed(now: datetime) -> tuple[int, int, int]:
    counts = (0, 0, 0)
    with suppress(_Rehearsed), transaction():
        counts = _forget_rows(now)
        raise _Rehearsed
    return counts


def _copies(now: datetime, rehearse: bool) -> int:
    """Delete the copies of the database that are too old: who was deleted since is in them."""
    folder: Path = current_app.extensions["settings"].instance / "backups"
    oldest = (now - BACKUPS_LAST).timestamp()
    old = [path for path in folder.glob("*.sqlite3*") if path.stat().st_mtime < oldest]
    for path in old:
        if not rehearse:
            path.unlink()
    return len(old)


def _tell(now: datetime, rehearse: bool) -> int:
    away = away_since(now - AWAY_FOR + TOLD_BEFORE)
    if rehearse:
        return len(away)
    return tell(_notice(one, now) for one in away)


def _notice(one: Away, now: datetime) -> Notice:
    """The same absence is told of once."""
    return Notice(
        one.key, Kind.LEAVING, f"account:{one.account_id}", one.account_id, one.community_id,
        {"时间": as_date(now + TOLD_BEFORE).isoformat()}, "/me/data",
    )  # fmt: skip


def _erase(now: datetime, rehearse: bool) -> int:
    """Who was told thirty days ago and has not been seen since; a hindrance waits for tomorrow."""
    gone = 0
    for one in told_before(away_since(now - AWAY_FOR), now - TOLD_BEFORE):
        try:
            if not rehearse:
                erase_account(one.account_id, "retention")
            gone += 1
        except Refusal as refusal:
            log.info("retention refused", account=one.account_id, why=type(refusal).__name__)
            db.session.rollback()
    return gone
