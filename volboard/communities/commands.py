"""Who belongs to a community, who organizes in it, and the community itself."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from volboard.accounts import commands as accounts
from volboard.accounts.queries import account_by_phone
from volboard.communities.errors import CommunityNameTaken, NoHelpHere, NoSuchAccount
from volboard.communities.models import Community, Membership, Residency
from volboard.communities.queries import community, homes, is_resident, offices
from volboard.communities.rules import may_help
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import Base, db, transaction
from volboard.core.errors import NotFound
from volboard.core.logs import log


@dataclass(frozen=True)
class CommunityDraft:
    """What is said of a community; `phone` as people dial it."""

    slug: str
    name: str
    city: str
    address: str
    phone: str


@dataclass(frozen=True)
class DeskHelp:
    """A one-time code, to be shown once, and whom it is for."""

    name: str
    code: str


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


def grant(account_id: int, community_id: int, by: int | None) -> None:
    """Let the account organize in the community; `by` is None for the command line."""
    with transaction():
        if community_id not in offices(account_id):
            now = clock.now()
            _add_once(Membership(account_id=account_id, community_id=community_id,
                                 granted_by=by, granted_at=now))  # fmt: skip


def grant_by_phone(phone: str, community_id: int, by: int | None) -> None:
    """`grant` for whoever has this number; raises NoSuchAccount, NotFound (community)."""
    with transaction():
        community(community_id)
        known = account_by_phone(phone)
        if known is None:
            raise NoSuchAccount
        grant(known.id, community_id, by)
    log.info("organizer granted", account=known.id, community=community_id, by=by)


def revoke(account_id: int, community_id: int, by: int) -> None:
    """End the account's power in the community, from its next request on; raises NotFound."""
    m = Membership
    with transaction():
        ended = db.session.execute(
            delete(m)
            .where(m.account_id == account_id, m.community_id == community_id)
            .returning(m.account_id)
        )
        if ended.first() is None:
            raise NotFound
    log.info("organizer revoked", account=account_id, community=community_id, by=by)


def help_at_the_desk(phone: str, by: Viewer) -> DeskHelp:
    """A one-time code for the person who stands at the desk of `by`.

    Raises NoHelpHere for unknown numbers, people of other communities and people with power
    alike; the admin may help everybody.
    """
    known = account_by_phone(phone)
    if known is None:
        raise NoHelpHere
    lives, power = homes(known.id), offices(known.id)
    if not (by.is_admin or may_help(by.communities, lives, power, known.is_admin)):
        raise NoHelpHere
    return DeskHelp(known.name, accounts.issue_desk_code(known.id, by.id))


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
