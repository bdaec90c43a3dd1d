"""Facts about communities, and who the person behind a session is."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from volboard.accounts.help_queries import last_unseen
from volboard.accounts.models import Account, DeskCode, Volunteer
from volboard.communities.models import Community, Membership, Residency
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound

SESSION_ID = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")


@dataclass(frozen=True)
class CommunityFact:
    """A community as pages show it."""

    id: int
    slug: str
    name: str
    city: str
    address: str
    phone: str


def communities() -> tuple[CommunityFact, ...]:
    """All communities, in the order in which they were made."""
    c = Community
    rows = db.session.execute(
        select(c.id, c.slug, c.name, c.city, c.address, c.phone).order_by(c.id)
    )
    return tuple(CommunityFact(*row) for row in rows)


def load_viewer(session_id: str) -> Viewer | None:
    """The person of a session id, in one statement; none if a newer password ended the session."""
    if not SESSION_ID.fullmatch(session_id):
        return None
    account_id, version = session_id.split(".")
    return _viewer(Account.id == int(account_id), Account.session_version == int(version))


def power_of(account_id: int) -> Viewer | None:
    """The person of an account with the power that they have now, whether signed in or not."""
    return _viewer(Account.id == account_id)


def _viewer(*conditions: ColumnElement[bool]) -> Viewer | None:
    a, v, m, d = Account, Volunteer, Membership, DeskCode
    rows = db.session.execute(
        select(a.id, v.id, v.name, a.session_version, a.is_admin, a.language, a.large_text,
               m.community_id, d.issued_by, d.used_at, a.password_hash.is_not(None))
        .join(v, and_(v.account_id == a.id, v.is_self))
        .outerjoin(m, m.account_id == a.id)
        .outerjoin(d, d.id == last_unseen(a.id))
        .where(*conditions)
    ).all()  # fmt: skip
    if not rows:
        return None
    first = rows[0]
    return Viewer(
        id=first[0], volunteer_id=first[1], name=first[2], session_version=first[3],
        is_admin=first[4], language=first[5], large_text=first[6],
        communities=frozenset(row[7] for row in rows if row[7] is not None),
        helped_by=first[8], helped_at=first[9], has_password=bool(first[10]),
    )  # fmt: skip


@dataclass(frozen=True)
class OrganizerFact:
    """Somebody who organizes in a community."""

    account_id: int
    community_id: int
    name: str
    phone: str
    """E.164; pages mask it."""
    granted_at: datetime


def community(community_id: int) -> CommunityFact:
    """The community; raises NotFound."""
    c = Community
    row = db.session.execute(
        select(c.id, c.slug, c.name, c.city, c.address, c.phone).where(c.id == community_id)
    ).first()
    if row is None:
        raise NotFound
    return CommunityFact(*row)


def is_resident(account_id: int, community_id: int) -> bool:
    """Whether the account belongs to the community."""
    r = Residency
    query = select(r.since).where(r.account_id == account_id, r.community_id == community_id)
    return db.session.execute(query).first() is not None


def homes(account_id: int) -> frozenset[int]:
    """Ids of the communities that the account belongs to."""
    query = select(Residency.community_id).where(Residency.account_id == account_id)
    return frozenset(db.session.scalars(query))


def offices(account_id: int) -> frozenset[int]:
    """Ids of the communities that the account organizes."""
    query = select(Membership.community_id).where(Membership.account_id == account_id)
    return frozenset(db.session.scalars(query))


def organizers() -> tuple[OrganizerFact, ...]:
    """The organizers of all communities, the first appointed first."""
    m, a, v = Membership, Account, Volunteer
    query = (
        select(a.id, m.community_id, v.name, a.phone, m.granted_at)
        .join(a, a.id == m.account_id)
        .join(v, and_(v.account_id == a.id, v.is_self))
        .order_by(m.granted_at, a.id)
    )
    return tuple(OrganizerFact(*row) for row in db.session.execute(query))
