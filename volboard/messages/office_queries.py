"""What an organizer asks of the outbox: what was told, to whom, by which way, and how it went."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, Volunteer
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.messages.channels import Channel
from volboard.messages.models import Delivery, Message
from volboard.messages.rules import Kind

PAGE_SIZE = 30
LOOK_BACK = timedelta(days=60)
STUCK = text("deliveries.state IN ('unsure', 'failed')")
"""As the index says it, so that it is used."""
STATES = {
    "": (),
    "waiting": ("waiting", "sending"),
    "delivered": ("delivered",),
    "unsure": ("unsure",),
    "failed": ("failed",),
}
"""What one may ask for, and which states these are."""


@dataclass(frozen=True)
class Told:
    """A message and one of the ways by which it goes out; no way: it is on the page only."""

    message_id: int
    delivery_id: int | None
    kind: Kind
    facts: str
    name: str | None
    """Whom it is about; none for a group. Not masked yet."""
    phone: str | None
    community: str
    channel: Channel | None
    state: str
    fault: str
    attempts: int
    created_at: datetime
    due_at: datetime
    next_at: datetime | None
    ended_at: datetime | None
    read_at: datetime | None
    is_over: bool
    """Expired or taken back: nothing need be done about it any more."""


@dataclass(frozen=True)
class ToldPage:
    """One page of what was told, the latest first."""

    rows: tuple[Told, ...]
    state: str
    number: int
    has_older: bool


def told(by: Viewer, state: str, number: int) -> ToldPage:
    """A page of the last sixty days, of this person's communities; one statement."""
    m, d, c = Message, Delivery, Community
    about, reader, account = aliased(Volunteer), aliased(Volunteer), Account
    found = (
        select(m.id, d.id, m.kind, m.facts, func.coalesce(about.name, reader.name), account.phone,
               c.name, d.channel, d.state, d.fault, d.attempts, m.created_at, m.due_at, d.next_at,
               d.ended_at, m.read_at, m.expires_at, m.dropped_at)
        .join(c, c.id == m.community_id)
        .outerjoin(d, d.message_id == m.id)
        .outerjoin(account, account.id == m.account_id)
        .outerjoin(about, about.id == m.volunteer_id)
        .outerjoin(reader, and_(reader.account_id == m.account_id, reader.is_self))
        .where(_within(by), m.created_at > clock.now() - LOOK_BACK)
        .order_by(m.created_at.desc(), m.id.desc(), d.id)
        .limit(PAGE_SIZE + 1)
        .offset(PAGE_SIZE * (number - 1))
    )  # fmt: skip
    if STATES[state]:
        found = found.where(d.state.in_(STATES[state]))
    rows = tuple(_told(*row) for row in db.session.execute(found))
    return ToldPage(rows[:PAGE_SIZE], state, number, len(rows) > PAGE_SIZE)


def managed_message(delivery_id: int, by: Viewer) -> Message:
    """What this delivery brings; raises NotFound outside this person's communities."""
    found = db.session.scalar(
        select(Message).join(Delivery).where(Delivery.id == delivery_id, _within(by))
    )
    if found is None:
        raise NotFound
    return found


def stuck(places: Collection[int]) -> Select[int]:
    """How many messages somebody should look after: no way is known to have worked."""
    m, d, now = Message, Delivery, clock.now()
    return (
        select(func.count())
        .select_from(d)
        .join(m, m.id == d.message_id)
        .where(STUCK, d.next_at > now - LOOK_BACK, m.community_id.in_(places),
               still_news(now), m.read_at.is_(None))
    )  # fmt: skip


def still_news(now: datetime) -> ColumnElement[bool]:
    """Whether a message is true, and not too late."""
    m = Message
    return and_(m.dropped_at.is_(None), or_(m.expires_at.is_(None), m.expires_at > now))


def _told(*row: object) -> Told:
    *most, expires_at, dropped_at = row
    (message_id, delivery_id, kind, facts, name, phone, community, channel, state, fault, attempts,
     created_at, due_at, next_at, ended_at, read_at) = most  # fmt: skip
    is_over = dropped_at is not None or (expires_at is not None and expires_at <= clock.now())  # type: ignore[operator]
    return Told(
        message_id, delivery_id, Kind(str(kind)), facts, name, phone, community,  # type: ignore[arg-type]
        Channel(str(channel)) if channel else None, state or "page", fault or "",  # type: ignore[arg-type]
        attempts or 0, created_at, due_at, next_at, ended_at, read_at, is_over,  # type: ignore[arg-type]
    )  # fmt: skip


def _within(by: Viewer) -> ColumnElement[bool]:
    """An admin's are named too: by community and time there is an index, by time alone none."""
    mine = select(Community.id) if by.is_admin else sorted(by.communities)
    return Message.community_id.in_(mine)
