"""Telling of a code that opened an account: its owner, and every organizer but who issued it."""

from sqlalchemy import select

from volboard.accounts.giving_away import Help
from volboard.accounts.models import Account
from volboard.communities.models import Community, Membership
from volboard.communities.queries import homes, offices
from volboard.core.db import db
from volboard.messages.commands import Notice, tell
from volboard.messages.rules import Kind
from volboard.messages.wording import when


def tell_of_help(opened: Help) -> None:
    """Tell the person, and the other organizers of where they live or organize.

    Where nobody else organizes there, the admins are told. Inside the caller's transaction.
    """
    places = sorted(homes(opened.account_id) | offices(opened.account_id)) or _first_place()
    if not places:
        return
    subject = f"desk_code:{opened.code_id}"
    notices = [
        Notice(key=f"{Kind.HELPED}:{subject}", kind=Kind.HELPED, subject=subject,
               account_id=opened.account_id, community_id=places[0],
               facts=_facts(opened, places[0]), path="/me/data")
    ]  # fmt: skip
    for account_id, community_id in _others(opened, places).items():
        notices.append(
            Notice(key=f"{Kind.HELP_GIVEN}:{subject}:{account_id}", kind=Kind.HELP_GIVEN,
                   subject=subject, account_id=account_id, community_id=community_id,
                   facts=_facts(opened, community_id),
                   path=f"/organize/desk-help/{opened.code_id}")
        )  # fmt: skip
    tell(notices)


def _others(opened: Help, places: list[int]) -> dict[int, int]:
    """Who else is told, and for which community; a person with two offices once."""
    m, besides = Membership, (opened.by, opened.account_id)
    rows = db.session.execute(
        select(m.account_id, m.community_id)
        .where(m.community_id.in_(places), m.account_id.not_in(besides))
        .order_by(m.community_id.desc(), m.account_id)
    ).all()
    if rows:
        return {row.account_id: row.community_id for row in rows}
    admins = select(Account.id).where(Account.is_admin, Account.id.not_in(besides))
    return {account_id: places[0] for account_id in db.session.scalars(admins.order_by(Account.id))}


def _first_place() -> list[int]:
    """For who lives nowhere: the first community lends its name and telephone."""
    first = db.session.scalar(select(Community.id).order_by(Community.id).limit(1))
    return [] if first is None else [first]


def _facts(opened: Help, community_id: int) -> dict[str, str]:
    phone = db.session.scalar(select(Community.phone).where(Community.id == community_id)) or ""
    return {"时间": when(opened.at), "电话": phone}
