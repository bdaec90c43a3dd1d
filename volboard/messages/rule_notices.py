"""Telling the other organizers that a rule waits for one of them, and its proposer what became
of it; inside the caller's transaction."""

from collections.abc import Iterable

from sqlalchemy import select

from volboard.accounts.models import Account
from volboard.communities.models import Membership, WorthRule
from volboard.communities.rules import WorthState
from volboard.core.db import db
from volboard.messages.commands import Notice, drop, tell
from volboard.messages.rules import Kind

ANSWERS = {WorthState.AGREED: "approved", WorthState.REFUSED: "refused"}


def tell_of_worth(rule: WorthRule) -> None:
    """Tell whom a change of what minutes are worth concerns, as far as it has come."""
    if rule.state == WorthState.WAITING:
        _tell(Kind.RULE_WAITS, rule, _others(rule), {})
    elif rule.state != WorthState.LOWERED:
        drop(f"worth:{rule.id}", {Kind.RULE_WAITS})
        answer = ANSWERS.get(WorthState(rule.state))
        if answer and rule.proposed_by is not None:
            _tell(Kind.RULE_DECIDED, rule, [rule.proposed_by], {"内容": answer})


def _others(rule: WorthRule) -> list[int]:
    """The other organizers of the community; where there is none, the admin."""
    m, a = Membership, Account
    others = select(m.account_id).where(
        m.community_id == rule.community_id, m.account_id != rule.proposed_by
    )
    found = list(db.session.scalars(others.order_by(m.account_id)))
    admins = select(a.id).where(a.is_admin, a.id != rule.proposed_by).order_by(a.id)
    return found or list(db.session.scalars(admins))


def _tell(kind: Kind, rule: WorthRule, accounts: Iterable[int], facts: dict[str, str]) -> None:
    path = f"/organize/communities/{rule.community_id}/rules"
    tell(
        Notice(f"{kind}:worth:{rule.id}:{account}", kind, f"worth:{rule.id}", account,
               rule.community_id, facts, path)
        for account in accounts
    )  # fmt: skip
