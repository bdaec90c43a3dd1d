"""Help at the desk: a code for a lost password, and another organizer's word that it was right."""

from dataclasses import dataclass

from volboard.accounts import commands as accounts
from volboard.accounts.queries import account_by_phone
from volboard.communities.errors import NoHelpHere, NotTheSecond
from volboard.communities.help_queries import DeskHelpFact, desk_help
from volboard.communities.queries import homes, offices
from volboard.communities.rules import may_help
from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.core.logs import log


@dataclass(frozen=True)
class DeskHelp:
    """A one-time code, to be shown once, and whom it is for."""

    name: str
    code: str


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


def agree_to_help(code_id: int, why: str, by: Viewer) -> None:
    """Stand for it, with a word, that the right person came in by a used code; once.

    Raises NotFound outside this person's communities, NotTheSecond for who issued it, who came in
    by it, and whoever is themself in an account that its issuer opened; AgreedAlready.
    """
    with transaction():
        found = desk_help(code_id, by)
        if not may_second(found, by):
            raise NotTheSecond
        accounts.agree_to_help(code_id, by.id, why)
    log.info("desk help agreed", code=code_id, by=by.id)


def may_second(found: DeskHelpFact, by: Viewer) -> bool:
    """Whether this person is another one than who issued the code and who used it."""
    return by.id not in (found.issued_by, found.account_id) and by.helped_by != found.issued_by
