"""Facts about communities, and who the person behind a session is."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from volboard.accounts.models import Account, Volunteer
from volboard.communities.models import Community, Membership
from volboard.core.access import Viewer
from volboard.core.db import db


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
    account_id, _, version = session_id.partition(".")
    if not (account_id.isdigit() and version.isdigit()):
        return None
    a, v, m = Account, Volunteer, Membership
    rows = db.session.execute(
        select(a.id, v.id, v.name, a.session_version, a.is_admin, a.language, a.large_text,
               m.community_id)
        .join(v, and_(v.account_id == a.id, v.is_self))
        .outerjoin(m, m.account_id == a.id)
        .where(a.id == int(account_id), a.session_version == int(version))
    ).all()  # fmt: skip
    if not rows:
        return None
    first = rows[0]
    return Viewer(
        id=first[0], volunteer_id=first[1], name=first[2], session_version=first[3],
        is_admin=first[4], language=first[5], large_text=first[6],
        communities=frozenset(row[7] for row in rows if row[7] is not None),
    )  # fmt: skip
