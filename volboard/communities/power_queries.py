"""Who gained and lost power, and to whom it is offered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, PowerChange, Volunteer
from volboard.communities.models import Community, PowerCode
from volboard.communities.office_commands import OPEN_CODE
from volboard.communities.rules import POWER_CODE_ATTEMPTS
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db

PAGE_SIZE = 50


@dataclass(frozen=True)
class PowerLine:
    """That somebody gained or lost power."""

    id: int
    account_id: int
    name: str
    """Who was deleted is called so, beside the number."""
    community: str
    """Empty for the site."""
    change: str
    how: str
    """As `volboard.accounts.rules.PowerHow`."""
    done_by: int | None
    by_name: str
    """Empty for the command line."""
    at: datetime


@dataclass(frozen=True)
class PowerPage:
    """Some of it, the newest first."""

    lines: tuple[PowerLine, ...]
    number: int
    has_older: bool


@dataclass(frozen=True)
class OpenOffer:
    """A code that was handed out and not used yet."""

    id: int
    name: str
    phone: str
    """E.164; pages mask it."""
    community: str
    """Empty for the site."""
    expires_at: datetime


def power_page(by: Viewer, number: int) -> PowerPage:
    """What this person may know of power: that of their communities, and over the site."""
    p, c, v = PowerChange, Community, Volunteer
    giver = aliased(v)
    rows = db.session.execute(
        select(p.id, p.account_id, v.name, func.coalesce(c.name, "").label("community"),
               p.change, p.how, p.done_by, func.coalesce(giver.name, "").label("by_name"), p.at)
        .join(v, and_(v.account_id == p.account_id, v.is_self))
        .outerjoin(c, c.id == p.community_id)
        .outerjoin(giver, and_(giver.account_id == p.done_by, giver.is_self))
        .where(_reaches(by))
        .order_by(p.id.desc())
        .limit(PAGE_SIZE + 1)
        .offset((number - 1) * PAGE_SIZE)
    ).all()  # fmt: skip
    lines = tuple(PowerLine(**row._mapping) for row in rows[:PAGE_SIZE])
    return PowerPage(lines, number, len(rows) > PAGE_SIZE)


def open_offers() -> tuple[OpenOffer, ...]:
    """What is offered and can still be accepted, the newest first."""
    p, a, c, v = PowerCode, Account, Community, Volunteer
    rows = db.session.execute(
        select(p.id, v.name, a.phone, func.coalesce(c.name, "").label("community"), p.expires_at)
        .join(a, a.id == p.account_id)
        .join(v, and_(v.account_id == a.id, v.is_self))
        .outerjoin(c, c.id == p.community_id)
        .where(*OPEN_CODE, p.expires_at > clock.now(), p.attempts < POWER_CODE_ATTEMPTS)
        .order_by(p.id.desc())
    )
    return tuple(OpenOffer(**row._mapping) for row in rows)


def _reaches(by: Viewer) -> ColumnElement[bool]:
    p = PowerChange
    if by.is_admin:
        return true()
    return or_(p.community_id.in_(by.communities), p.community_id.is_(None))
