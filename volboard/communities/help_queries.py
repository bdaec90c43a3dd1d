"""Codes that the desk handed out: by whom, to whom, and whether somebody else knows of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from volboard.accounts.help_queries import seen_since
from volboard.accounts.models import Account, DeskCode, Volunteer
from volboard.accounts.rules import HELD_FOR
from volboard.communities.models import Membership, Residency
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound

MOST_SHOWN = 50


@dataclass(frozen=True)
class DeskHelpFact:
    """A code that somebody came in by, or could have."""

    id: int
    account_id: int
    name: str
    """Pages mask it."""
    phone: str
    """E.164; pages mask it."""
    issued_by: int
    issuer: str
    issued_at: datetime
    used_at: datetime | None
    agreed_at: datetime | None
    agreed_why: str
    second: str
    """Who agreed; empty as long as nobody did."""
    is_seen: bool
    """Whether another organizer than the issuer has seen the person since."""

    @property
    def is_held(self) -> bool:
        """Whether the account waits for a second organizer before it may do what lasts."""
        return (
            self.used_at is not None
            and self.agreed_at is None
            and self.used_at > clock.now() - HELD_FOR
        )


def desk_helps(by: Viewer) -> tuple[DeskHelpFact, ...]:
    """The last codes for people of this person's communities, the newest first; one statement."""
    query = _helps(by).order_by(DeskCode.id.desc()).limit(MOST_SHOWN)
    return tuple(DeskHelpFact(**row._mapping) for row in db.session.execute(query))


def desk_help(code_id: int, by: Viewer) -> DeskHelpFact:
    """A code by which somebody of this person's communities came in; raises NotFound."""
    query = _helps(by).where(DeskCode.id == code_id, DeskCode.used_at.is_not(None))
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    return DeskHelpFact(**row._mapping)


def _helps(by: Viewer) -> Select[*tuple[Any, ...]]:
    d, a, v = DeskCode, Account, Volunteer
    issuer, second = aliased(v), aliased(v)
    return (
        select(d.id, d.account_id, v.name, a.phone, d.issued_by, issuer.name.label("issuer"),
               d.issued_at, d.used_at, d.agreed_at, d.agreed_why,
               func.coalesce(second.name, "").label("second"), seen_since().label("is_seen"))
        .join(a, a.id == d.account_id)
        .join(v, and_(v.account_id == a.id, v.is_self))
        .join(issuer, and_(issuer.account_id == d.issued_by, issuer.is_self))
        .outerjoin(second, and_(second.account_id == d.agreed_by, second.is_self))
        .where(_within(by))
    )  # fmt: skip


def _within(by: Viewer) -> ColumnElement[bool]:
    """Whether the account of a code lives or organizes where this person has power."""
    r, m = Residency, Membership
    if by.is_admin:
        return true()
    return or_(
        exists().where(r.account_id == DeskCode.account_id, r.community_id.in_(by.communities)),
        exists().where(m.account_id == DeskCode.account_id, m.community_id.in_(by.communities)),
    )
