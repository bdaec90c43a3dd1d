"""Who belongs to a community, and the community itself; power and help have their own files."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from volboard.accounts import commands as accounts
from volboard.communities.errors import CommunityNameTaken
from volboard.communities.help_commands import agree_to_help, help_at_the_desk
from volboard.communities.models import Community, Residency
from volboard.communities.office_commands import grant, revoke
from volboard.communities.power_commands import Offer, accept, offer_office, offer_site, withdraw
from volboard.communities.queries import community, is_resident
from volboard.core import clock
from volboard.core.db import Base, db, transaction

__all__ = [
    "CommunityDraft",
    "Offer",
    "accept",
    "agree_to_help",
    "change_community",
    "create_community",
    "grant",
    "help_at_the_desk",
    "join",
    "offer_office",
    "offer_site",
    "revoke",
    "settle",
    "settle_many",
    "withdraw",
]


@dataclass(frozen=True)
class CommunityDraft:
    """What is said of a community; `phone` as people dial it."""

    slug: str
    name: str
    city: str
    address: str
    phone: str


def join(name: str, phone: str, password: str, community_id: int) -> int:
    """Make an account that belongs to a community; answers its id.

    Raises PhoneTaken, NotFound for a community that does not exist.
    """
    with transaction():
        community(community_id)
        account_id = accounts.join(name, phone, password)
        settle(account_id, community_id)
        return account_id


def settle(account_id: int, community_id: int) -> None:
    """Let the account belong to the community; a second time changes nothing."""
    with transaction():
        if not is_resident(account_id, community_id):
            _add_once(
                Residency(account_id=account_id, community_id=community_id, since=clock.now())
            )


def settle_many(account_ids: Collection[int], community_id: int) -> None:
    """`settle` for accounts that belong to no community yet; inside the caller's transaction."""
    now = clock.now()
    rows = [{"account_id": one, "community_id": community_id, "since": now} for one in account_ids]
    if rows:
        db.session.execute(insert(Residency), rows)


def leave_homes(account_id: int) -> None:
    """End where an account belongs that nobody has any more; inside the caller's transaction."""
    db.session.execute(delete(Residency).where(Residency.account_id == account_id))


def create_community(draft: CommunityDraft) -> int:
    """Found a community; answers its id. Raises CommunityNameTaken."""
    made = Community(**asdict(draft), created_at=clock.now())
    try:
        with transaction():
            db.session.add(made)
            db.session.flush()
            return made.id
    except IntegrityError:
        raise CommunityNameTaken from None


def change_community(community_id: int, draft: CommunityDraft) -> None:
    """Write a community's particulars anew; raises CommunityNameTaken, NotFound."""
    try:
        with transaction():
            community(community_id)
            values = asdict(draft)
            db.session.execute(
                update(Community).where(Community.id == community_id).values(**values)
            )
    except IntegrityError:
        raise CommunityNameTaken from None


def _add_once(row: Base) -> None:
    """Add the row unless somebody else added it a moment ago."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return
