"""Deleting a person: each slice forgets its own, in one transaction, or nobody does.

PIPL art. 47. What stays, and why, is told on /me/data/delete and in docs/adr/0031.
"""

from volboard.accounts.commands import forgetting as accounts
from volboard.accounts.commands import refuse_held
from volboard.accounts.commands.forgetting import hold_leaving
from volboard.attendance import forgetting as attendance
from volboard.certificates import forgetting as certificates
from volboard.communities import forgetting as communities
from volboard.core.db import transaction, wipe_the_journal
from volboard.core.logs import log
from volboard.events import forgetting as events
from volboard.hours import forgetting as hours
from volboard.messages import forgetting as messages
from volboard.oversight import forgetting as oversight
from volboard.rosters import forgetting as rosters
from volboard.signups import forgetting as signups
from volboard.teams import forgetting as teams
from volboard.thanks import forgetting as thanks

IN_TURN = (signups, oversight, accounts, hours, attendance, thanks, certificates, messages,
           rosters, teams, communities, events)  # fmt: skip
"""Places go first, while their owners are known; what is frozen, once the erasure is written."""


def erase_account(account_id: int, cause: str = "asked") -> None:
    """Delete the account and everybody of its household.

    Raises NotFound, OnlyAdmin, StillHere while a gate that let one of them in is open, and
    HelpedLately where a desk's code opened the account and its owner may not know yet.
    """
    _erase(account_id, None, cause)


def erase_member(account_id: int, volunteer_id: int) -> None:
    """Delete one of the family. Raises NotFound to strangers, StillHere, HelpedLately."""
    _erase(account_id, volunteer_id, "asked")


def _erase(account_id: int, volunteer_id: int | None, cause: str) -> None:
    with transaction():
        refuse_held(account_id, account_id)
        leaving = hold_leaving(account_id, volunteer_id, cause)
        attendance.refuse_here(leaving)
        for slice_ in IN_TURN:
            slice_.forget(leaving)
    wipe_the_journal()
    log.info("person erased", volunteers=leaving.volunteer_ids, cause=cause)
