"""Another name: one asks, an organizer agrees, and those who wait for it are told (PIPL art. 46).

docs/adr/0033.
"""

from sqlalchemy import select

from volboard.accounts.commands.family import proper_name
from volboard.accounts.commands.names import ask_for_name, decide_name, withdraw_name
from volboard.accounts.household_queries import person_by_number
from volboard.accounts.models import Account, Volunteer
from volboard.accounts.queries import Person, person
from volboard.communities.models import Membership, Residency
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.messages.commands import Notice, drop, tell
from volboard.messages.rules import Kind
from volboard.rights.errors import NobodyOfThatName
from volboard.rights.name_queries import waiting_names, within_power

DESK = "/organize/names"


def ask_for_own(volunteer_id: int, name: str, reason: str, by: Viewer) -> None:
    """Ask for another name for somebody of one's household; it waits for an organizer.

    Raises NotFound for strangers, NotAName, NothingToRename, NameTaken.
    """
    with transaction():
        found = person(volunteer_id)
        if found is None or found.account_id != by.id:
            raise NotFound
        _ask(found, name, reason, by)


def ask_at_the_desk(phone: str, name: str, new: str, reason: str, by: Viewer) -> None:
    """Ask for another name for somebody who stands at the desk; a second organizer decides.

    Raises NobodyOfThatName outside this person's communities, NotAName, NothingToRename,
    NameTaken.
    """
    with transaction():
        found = person_by_number(phone, proper_name(name))
        if found is None or not _is_within(found, by):
            raise NobodyOfThatName
        _ask(found, new, reason, by)


def decide(request_id: int, agreed: bool, by: Viewer) -> Person:
    """Agree to a name or refuse it; answers whose it is, as they were called.

    Raises NotFound outside this person's communities, SecondPersonNeeded, NameTaken.
    """
    with transaction():
        found = decide_name(request_id, agreed, by.id)
        if not _is_within(found, by):
            raise NotFound
        _tell_decided(request_id, found, agreed, by)
        return found


def withdraw(request_id: int, by: Viewer) -> None:
    """Take back what one asked for, or what was asked for one's household; raises NotFound."""
    with transaction():
        withdraw_name(request_id, by.id)
        drop(_subject(request_id), {Kind.NAME_WAITS})


def may_decide(request_id: int, by: Viewer) -> bool:
    """Whether this person may agree to the name that waits."""
    from_these = waiting_names(by).subquery()
    found = db.session.scalar(select(from_these.c.id).where(from_these.c.id == request_id))
    return found is not None


def _ask(found: Person, name: str, reason: str, by: Viewer) -> None:
    request_id = ask_for_name(found.volunteer_id, proper_name(name), reason, by.id)
    m, r = Membership, Residency
    organizers = db.session.execute(
        select(m.account_id, m.community_id)
        .join(r, r.community_id == m.community_id)
        .where(r.account_id == found.account_id, m.account_id.not_in([by.id, found.account_id]))
        .order_by(m.account_id, m.community_id)
    )
    told = {row.account_id: row.community_id for row in organizers}
    tell(
        Notice(f"{Kind.NAME_WAITS}:{request_id}:{account}", Kind.NAME_WAITS, _subject(request_id),
               account, community, {}, DESK)
        for account, community in told.items()
    )  # fmt: skip


def _tell_decided(request_id: int, found: Person, agreed: bool, by: Viewer) -> None:
    """Nobody has to look at it any more; the household reads what came of it."""
    drop(_subject(request_id), {Kind.NAME_WAITS})
    home = db.session.scalar(
        select(Residency.community_id)
        .where(Residency.account_id == found.account_id)
        .order_by(Residency.community_id)
        .limit(1)
    )
    if home is not None:
        said = {"内容": "approved" if agreed else "refused"}
        tell([
            Notice(f"{Kind.NAME_DECIDED}:{request_id}", Kind.NAME_DECIDED, _subject(request_id),
                   found.account_id, home, said, f"/me/names/{found.volunteer_id}",
                   found.volunteer_id)
        ])  # fmt: skip


def _is_within(found: Person, by: Viewer) -> bool:
    query = select(Volunteer.id).join(Account, Account.id == Volunteer.account_id)
    mine = query.where(Volunteer.id == found.volunteer_id, within_power(by))
    return db.session.scalar(mine) is not None


def _subject(request_id: int) -> str:
    return f"name:{request_id}"
