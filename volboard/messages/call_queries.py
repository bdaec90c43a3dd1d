"""Who is to be telephoned, and what there is to say."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true

from volboard.accounts.models import Account, Volunteer
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.messages.channels import Channel
from volboard.messages.models import Delivery, Message, MessageText
from volboard.messages.office_queries import still_news
from volboard.messages.rules import Kind
from volboard.messages.taking import UNDER_WAY

MOST = 100


@dataclass(frozen=True)
class Call:
    """Somebody to telephone; name and number are not masked yet."""

    delivery_id: int
    account_id: int
    kind: Kind
    facts: str
    template: str | None
    name: str
    """Whose number it is."""
    phone: str
    community: str
    attempts: int
    """How often nobody answered."""
    tried_at: datetime
    """When, where somebody tried."""
    expires_at: datetime | None
    rings_at: datetime
    """From when on a call disturbs nobody; it may be read, and made, before."""

    @property
    def can_wait(self) -> bool:
        """Whether it is a quiet hour, after which the call is still in time."""
        return self.rings_at > clock.now()


def calls(by: Viewer) -> tuple[Call, ...]:
    """Those who wait longest first, before whoever may be left to sleep; a hundred at most, in
    one statement."""
    d, sleeps = Delivery, Message.due_at > clock.now()
    within = true() if by.is_admin else Message.community_id.in_(sorted(by.communities))
    found = _calls().where(_waits(), within).order_by(sleeps, d.next_at, d.id).limit(MOST)
    return tuple(_call(*row) for row in db.session.execute(found))


def call(delivery_id: int, by: Viewer) -> Call:
    """One of them; raises NotFound for what is not on this person's list."""
    row = db.session.execute(
        _calls().add_columns(Message.community_id).where(_waits(), Delivery.id == delivery_id)
    ).one_or_none()
    if row is None or not by.manages(row.community_id):
        raise NotFound
    return _call(*row[:-1])


def to_call(places: Collection[int]) -> Select[int]:
    """How many are to be telephoned in these communities."""
    return (
        select(func.count())
        .select_from(Delivery)
        .join(Message, Message.id == Delivery.message_id)
        .where(_waits(), Message.community_id.in_(places))
    )


def _waits() -> ColumnElement[bool]:
    """It is due, and whoever is to be called has not read it on the page meanwhile."""
    d, now = Delivery, clock.now()
    return and_(UNDER_WAY, d.state == "waiting", d.channel == Channel.TELEPHONE,
                d.next_at <= now, still_news(now), Message.read_at.is_(None))  # fmt: skip


def _calls() -> Select[*tuple[Any, ...]]:
    d, m, a, c, t = Delivery, Message, Account, Community, MessageText
    reader = Volunteer
    return (
        select(d.id, a.id, m.kind, m.facts, t.words, reader.name, a.phone, c.name,
               d.attempts, d.next_at, m.expires_at, m.due_at)
        .select_from(d)
        .join(m, m.id == d.message_id)
        .join(c, c.id == m.community_id)
        .join(a, a.id == m.account_id)
        .join(reader, and_(reader.account_id == a.id, reader.is_self))
        .outerjoin(t, and_(t.community_id == m.community_id, t.kind == m.kind))
    )  # fmt: skip


def _call(delivery_id: int, account_id: int, kind: str, *rest: object) -> Call:
    return Call(delivery_id, account_id, Kind(kind), *rest)  # type: ignore[arg-type]
