"""What somebody is told, as their own pages show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from volboard.core import clock
from volboard.core.db import db
from volboard.messages import wording
from volboard.messages.models import Message, MessageText
from volboard.messages.rules import Kind

PAGE_SIZE = 20
FIRST = 2
"""So many stand on one's own page."""


@dataclass(frozen=True)
class News:
    """One message to oneself; its words are made here, in the language of the page."""

    kind: Kind
    words: str
    path: str
    at: datetime
    is_new: bool
    """Not looked at yet, and still worth it."""

    @property
    def title(self) -> str:
        """What it is about, in a word or two."""
        return str(wording.TITLES[self.kind])


@dataclass(frozen=True)
class Unread:
    """The latest of what was not looked at yet, and how much it is in all."""

    latest: tuple[News, ...]
    count: int


@dataclass(frozen=True)
class NewsPage:
    """One page of one's messages, the latest first."""

    news: tuple[News, ...]
    number: int
    has_older: bool
    has_new: bool
    """Whether anything on this page was not looked at."""
    until: datetime
    """The moment of this list: what is told later is on none of its pages."""


def unread(account_id: int) -> Unread:
    """What this account has not looked at yet, in one statement."""
    rows = db.session.execute(
        _news(account_id).add_columns(func.count().over()).where(_is_new(clock.now())).limit(FIRST)
    ).all()
    return Unread(tuple(_shown(row) for row in rows), rows[0][-1] if rows else 0)


def my_messages(account_id: int, number: int) -> NewsPage:
    """A page of everything this account was told and is still true, in one statement."""
    rows = db.session.execute(
        _news(account_id).limit(PAGE_SIZE + 1).offset(PAGE_SIZE * (number - 1))
    ).all()
    news = tuple(_shown(row) for row in rows[:PAGE_SIZE])
    return NewsPage(news, number, len(rows) > PAGE_SIZE, any(one.is_new for one in news),
                    clock.now())  # fmt: skip


def _news(account_id: int) -> Select[*tuple[Any, ...]]:
    m, t = Message, MessageText
    return (
        select(m.kind, m.facts, t.words, m.path, m.created_at, m.read_at, m.expires_at)
        .outerjoin(t, and_(t.community_id == m.community_id, t.kind == m.kind))
        .where(m.account_id == account_id, m.created_at <= clock.now(), m.dropped_at.is_(None))
        .where(m.kind != Kind.ADDRESS)
        .order_by(m.created_at.desc(), m.id.desc())
    )


def _is_new(now: datetime) -> ColumnElement[bool]:
    m = Message
    return and_(m.read_at.is_(None), or_(m.expires_at.is_(None), m.expires_at > now))


def _shown(row: Any) -> News:
    words = wording.sentence(row.kind, wording.facts_of(row.facts), row.words)
    is_over = row.expires_at is not None and row.expires_at <= clock.now()
    return News(
        Kind(row.kind), words, row.path, row.created_at, row.read_at is None and not is_over
    )
