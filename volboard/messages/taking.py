"""How far each delivery is: taken by one worker, ended, tried again, or left to a person.

Each of these is a short transaction of its own; while a gateway is called none is open.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, text, update

from volboard.accounts.models import Account
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.messages.channels import Channel
from volboard.messages.delivery_rules import LEASE, next_try, postponed
from volboard.messages.models import Delivery, Message, MessageText
from volboard.messages.rules import AT_ANY_HOUR, Kind, Quiet

UNDER_WAY = text("deliveries.state IN ('waiting', 'sending')")
"""As the index says it, so that it is used."""
AT_ONCE = 500
"""How many are changed in one transaction; the rest a minute later."""


@dataclass(frozen=True, repr=False)
class Taken:
    """A delivery that one worker has in hand, with what its words are made of."""

    delivery_id: int
    attempts: int
    channel: Channel
    kind: Kind
    key: str
    facts: str
    path: str
    template: str | None
    community: str
    community_name: str
    phone: str
    email: str
    language: str | None


def due(limit: int, resting: Collection[str] = ()) -> tuple[int, ...]:
    """The ids of what should go out now, the longest waiting first; not by these channels."""
    d = Delivery
    found = (
        select(d.id)
        .where(UNDER_WAY, d.state == "waiting", d.next_at <= clock.now(),
               d.channel.not_in([Channel.TELEPHONE, *resting]))
        .order_by(d.next_at, d.id)
        .limit(limit)
    )  # fmt: skip
    return tuple(db.session.scalars(found))


def channel_of(delivery_id: int) -> str:
    """By which way it goes; empty where it is gone."""
    found = select(Delivery.channel).where(Delivery.id == delivery_id)
    return db.session.scalar(found) or ""


def take(delivery_id: int) -> Taken | None:
    """Take it before anybody else does; None where somebody did, it is not true any more, or
    it is night."""
    now, d = clock.now(), Delivery
    mine = (
        update(d)
        .where(d.id == delivery_id, d.state == "waiting", d.next_at <= now,
               d.channel != Channel.TELEPHONE)
        .values(state="sending", taken_at=now, attempts=d.attempts + 1)
        .returning(d.id)
    )  # fmt: skip
    with transaction():
        if db.session.execute(mine).first() is None:
            return None
        found = _found(delivery_id)
        if instead := _instead(found, now):
            db.session.execute(
                update(d).where(d.id == delivery_id).values(taken_at=None, **instead)
            )
            return None
        return Taken(
            delivery_id, found.attempts, Channel(found.channel), Kind(found.kind), found.key,
            found.facts, found.path, found.words, found.slug, found.name, found.phone or "",
            _address(found), found.language,
        )  # fmt: skip


def _address(found: Any) -> str:
    """Where a letter goes: only the question itself to an address that is not confirmed."""
    may_write = found.email_confirmed_at or found.kind == Kind.ADDRESS
    return (found.email or "") if may_write else ""


def end(taken: Taken, state: str, fault: str = "") -> None:
    """Write that it was delivered, has failed, or that nobody can know (`unsure`)."""
    ended_at = None if state == "unsure" else clock.now()
    _write(taken, state=state, fault=fault, ended_at=ended_at)


def put_back(taken: Taken, fault: str) -> str:
    """Let it wait for its next try, or fail after the last; answers which."""
    again = next_try(taken.attempts, clock.now())
    if again is None:
        end(taken, "failed", fault)
        return "failed"
    _write(taken, state="waiting", fault=fault, next_at=again)
    return "waiting"


def lapse() -> None:
    """Leave to a person what a worker has had in hand for too long.

    Whether that worker is dead or slow nobody can know, so it is never sent again by itself.
    """
    d, too_long_ago = Delivery, clock.now() - LEASE
    lost = and_(d.state == "sending", d.taken_at < too_long_ago)
    _change(select(d.id).where(UNDER_WAY, lost), lost,
            state="unsure", taken_at=None, fault="no_answer")  # fmt: skip


def let_go() -> None:
    """Drop what waits and is worth nothing any more: expired, not true, or to be telephoned and
    read on the page meanwhile."""
    now, d, m = clock.now(), Delivery, Message
    worthless = or_(
        m.expires_at <= now,
        m.dropped_at.is_not(None),
        and_(d.channel == Channel.TELEPHONE, m.read_at.is_not(None)),
    )
    waits = d.state == "waiting"
    found = select(d.id).join(m, m.id == d.message_id).where(UNDER_WAY, waits, worthless)
    _change(found, waits, state="dropped", ended_at=now)


def _change(found: Select[int], still: ColumnElement[bool], **values: object) -> None:
    """Change what is found, if it still is so; nobody who writes is held up where nothing is."""
    ids = tuple(db.session.scalars(found.limit(AT_ONCE)))
    if not ids:
        return
    with transaction():
        db.session.execute(
            update(Delivery)
            .where(Delivery.id.in_(ids), still)
            .values(values)
            .execution_options(synchronize_session=False)
        )


def _instead(found: Row[*tuple[Any, ...]], now: datetime) -> dict[str, Any]:
    """What becomes of it instead of going out: nothing, where it is still news by day."""
    over = found.expires_at is not None and found.expires_at <= now
    if over or found.dropped_at is not None:
        return {"state": "dropped", "ended_at": now}
    quiet = Quiet(found.quiet_from, found.quiet_to)
    later = postponed(now, quiet, found.ring_by)
    if later is None or found.kind in AT_ANY_HOUR:
        return {}
    return {"state": "waiting", "next_at": later, "attempts": found.attempts - 1}


def _found(delivery_id: int) -> Row[*tuple[Any, ...]]:
    d, m, a, c, t = Delivery, Message, Account, Community, MessageText
    return db.session.execute(
        select(d.attempts, d.channel, m.kind, m.key, m.facts, m.path, m.dropped_at, m.expires_at,
               m.ring_by, t.words, c.slug, c.name, c.quiet_from, c.quiet_to, a.phone, a.email,
               a.email_confirmed_at, a.language)
        .join(m, m.id == d.message_id)
        .join(c, c.id == m.community_id)
        .outerjoin(a, a.id == m.account_id)
        .outerjoin(t, and_(t.community_id == m.community_id, t.kind == m.kind))
        .where(d.id == delivery_id)
    ).one()  # fmt: skip


def _write(taken: Taken, **values: object) -> None:
    """Write what became of this try, unless a later one was begun or a person said already.

    An answer that came after the lease is still an answer.
    """
    d = Delivery
    with transaction():
        db.session.execute(
            update(d)
            .where(d.id == taken.delivery_id, d.attempts == taken.attempts,
                   d.state.in_(("sending", "unsure")))
            .values(taken_at=None, **values)
            .execution_options(synchronize_session=False)
        )  # fmt: skip
