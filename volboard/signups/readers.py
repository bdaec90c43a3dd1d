"""The people with a place as a message needs them, in one statement; and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from volboard.accounts.models import Volunteer
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.rules import gathering
from volboard.messages.commands import Notice
from volboard.messages.rules import Kind
from volboard.messages.wording import when
from volboard.signups.models import Signup


@dataclass(frozen=True)
class Reader:
    """Somebody's place, live or ended, with the account that is told of it."""

    signup_id: int
    shift_id: int
    event_id: int
    community_id: int
    volunteer_id: int
    account_id: int
    name: str
    is_self: bool
    event: str
    post: str
    place: str
    starts_at: datetime
    ends_at: datetime
    phone: str
    """Of the community's desk."""
    call_minutes: int

    @property
    def who(self) -> Mapping[str, str]:
        """The name, where it is one of the family."""
        return {} if self.is_self else {"姓名": self.name}

    @property
    def facts(self) -> dict[str, str]:
        """What a message about this place may say."""
        return {
            "活动": self.event, "岗位": self.post, "地点": self.place, "电话": self.phone,
            "时间": when(self.starts_at, self.ends_at), **self.who,
        }  # fmt: skip

    @property
    def too_late(self) -> datetime:
        """When it is worth nothing to be told any more."""
        return self.starts_at if clock.now() < self.starts_at else self.ends_at

    @property
    def gathers_at(self) -> datetime:
        """When this person has to be there."""
        return gathering(self.starts_at, self.call_minutes)

    @property
    def epoch(self) -> int:
        """The start in seconds: a shift that moved is another matter."""
        return int(self.starts_at.timestamp())


def readers(*conditions: ColumnElement[bool]) -> tuple[Reader, ...]:
    """Whose places meet the conditions, by the start of the shift."""
    rows = db.session.execute(readers_query().where(*conditions))
    return tuple(Reader(*list(row)) for row in rows)


def readers_query() -> Select[*tuple[Any, ...]]:
    """Places joined with their shift, event, community and person."""
    g, s, e, c, v = Signup, Shift, Event, Community, Volunteer
    return (
        select(g.id, s.id, e.id, c.id, v.id, v.account_id, v.name, v.is_self, e.title, s.title,
               e.place, s.starts_at, s.ends_at, c.phone, s.call_minutes)
        .join(s, s.id == g.shift_id)
        .join(e, e.id == s.event_id)
        .join(c, c.id == e.community_id)
        .join(v, v.id == g.volunteer_id)
        .order_by(s.starts_at, g.id)
    )  # fmt: skip


def notice_of_place(
    kind: Kind, reader: Reader, key: str = "", path: str = "", **facts: str
) -> Notice:
    """What this person is told of their place; once for each place, unless `key` says else."""
    return Notice(
        key=f"{kind}:signup:{reader.signup_id}{key}",
        kind=kind,
        subject=f"shift:{reader.shift_id}",
        account_id=reader.account_id,
        community_id=reader.community_id,
        facts=reader.facts | facts,
        path=path or f"/events/{reader.event_id}",
        volunteer_id=reader.volunteer_id,
        expires_at=reader.too_late,
        gathers_at=reader.gathers_at,
    )
