"""Telling people, and taking back what is not true any more; inside the caller's transaction."""

import importlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select, update

from volboard.accounts.models import Account
from volboard.accounts.phones import is_number
from volboard.communities.models import Community
from volboard.config import Settings
from volboard.core import clock
from volboard.core.db import Base, db, transaction
from volboard.messages.channels import Channel, Reach, channels_for
from volboard.messages.models import Delivery, Message
from volboard.messages.rules import AT_ANY_HOUR, Kind, Quiet, due, ring_by


@dataclass(frozen=True)
class Notice:
    """What is to be told to one account.

    `key` makes it the same message when it is told twice. `facts` fill the words; they hold
    nobody's name but those of the reader's household. `gathers_at`: when the reader would have
    to be where it is about; with it an urgent one does not wait until that is too late.
    """

    key: str
    kind: Kind
    subject: str
    account_id: int
    community_id: int
    facts: Mapping[str, str]
    path: str
    volunteer_id: int | None = None
    expires_at: datetime | None = None
    gathers_at: datetime | None = None


def tell(notices: Iterable[Notice]) -> int:
    """Write what people are told; answers how many were new. Four statements, however many.

    What was told before (the same key) stays as it is. Nothing is sent here: a worker does that
    after the commit, so a broken gateway holds nobody up.
    """
    unique = {notice.key: notice for notice in notices}
    if not unique:
        return 0
    with transaction():
        quiet = _quiet({notice.community_id for notice in unique.values()})
        rows = [_row(notice, quiet[notice.community_id]) for notice in unique.values()]
        written = _insert_new(Message, rows, Message.id, Message.key)
        reach = _reach({unique[key].account_id for _id, key in written})
        row_of = {row["key"]: row for row in rows}
        deliveries = [
            _delivery(message_id, channel, row_of[key])
            for message_id, key in written
            for channel in channels_for(unique[key].kind, reach[unique[key].account_id])
        ]
        if deliveries:
            _insert_new(Delivery, deliveries, Delivery.id)
        return len(written)


def tell_group(key: str, kind: Kind, subject: str, community_id: int, facts: Mapping[str, str],
               path: str, gathers_at: datetime | None = None) -> None:  # fmt: skip
    """Tell a community's chat group, where the installation names a robot for it."""
    settings: Settings = current_app.extensions["settings"]
    slug = select(Community.slug).where(Community.id == community_id)
    with transaction():
        if db.session.scalar(slug) not in settings.robots:
            return
        quiet = _quiet({community_id})[community_id]
        notice = Notice(key, kind, subject, 0, community_id, facts, path, gathers_at=gathers_at)
        row = {**_row(notice, quiet), "account_id": None}
        for message_id, _key in _insert_new(Message, [row], Message.id, Message.key):
            _insert_new(Delivery, [_delivery(message_id, Channel.GROUP, row)], Delivery.id)


def drop(
    subject: str, kinds: Collection[Kind], volunteer_ids: Collection[int] | None = None
) -> None:
    """Take back what is not true any more and was not told yet; of everybody, or of these.

    What is with a gateway this moment is not called back.
    """
    now = clock.now()
    untold = select(Message.id).where(
        Message.subject == subject, Message.kind.in_(kinds), Message.dropped_at.is_(None)
    )
    if volunteer_ids is not None:
        untold = untold.where(Message.volunteer_id.in_(volunteer_ids))
    with transaction():
        ids = db.session.scalars(untold).all()
        if not ids:
            return
        db.session.execute(
            update(Delivery)
            .where(Delivery.message_id.in_(ids), Delivery.state == "waiting")
            .values(state="dropped", ended_at=now)
            .execution_options(synchronize_session=False)
        )
        db.session.execute(
            update(Message)
            .where(Message.id.in_(ids), Message.read_at.is_(None))
            .values(dropped_at=now)
            .execution_options(synchronize_session=False)
        )


def _row(notice: Notice, quiet: Quiet) -> dict[str, Any]:
    now, late = clock.now(), ring_by(notice.kind, notice.gathers_at)
    rings = now if notice.kind in AT_ANY_HOUR else max(now, due(now, quiet, late))
    return {
        "key": notice.key,
        "kind": notice.kind,
        "subject": notice.subject,
        "account_id": notice.account_id,
        "volunteer_id": notice.volunteer_id,
        "community_id": notice.community_id,
        "facts": json.dumps(dict(notice.facts), ensure_ascii=False),
        "path": notice.path,
        "created_at": now,
        "due_at": rings,
        "ring_by": late,
        "expires_at": notice.expires_at,
    }


def _delivery(message_id: int, channel: Channel, row: Mapping[str, Any]) -> dict[str, Any]:
    """A list to telephone from rings nobody: who stands on it is there at once."""
    next_at = row["created_at"] if channel == Channel.TELEPHONE else row["due_at"]
    return {"message_id": message_id, "channel": channel, "state": "waiting", "next_at": next_at}


def _quiet(community_ids: Collection[int]) -> dict[int, Quiet]:
    c = Community
    rows = db.session.execute(select(c.id, c.quiet_from, c.quiet_to).where(c.id.in_(community_ids)))
    return {row.id: Quiet(row.quiet_from, row.quiet_to) for row in rows}


def _reach(account_ids: Collection[int]) -> dict[int, Reach]:
    a = Account
    rows = db.session.execute(
        select(a.id, a.email_confirmed_at, a.phone).where(a.id.in_(account_ids))
    )
    return {row.id: Reach(row.id, row.email_confirmed_at is not None, is_number(row.phone))
            for row in rows}  # fmt: skip


def _insert_new(model: type[Base], rows: list[dict[str, Any]], *columns: Any) -> list[Any]:
    """Insert the rows that are not there yet, and answer these columns of the new ones."""
    dialect = importlib.import_module(f"sqlalchemy.dialects.{db.engine.dialect.name}")
    statement = dialect.insert(model.__table__).on_conflict_do_nothing().returning(*columns)
    return list(db.session.execute(statement, rows).all())
