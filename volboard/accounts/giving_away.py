"""What an account gives away besides its password, all of which ends with it (docs/adr/0043)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

ENDING = "what ends with an old password"
"""Where the app keeps it (`app.extensions`): calendars and hand-overs stand on floors above."""
TELL_OF_HELP = "who is told of a used desk code"
"""Likewise: messages stand above."""


@dataclass(frozen=True)
class Ended:
    """How much of each ended; sessions and letters that wait for a yes end in any case."""

    feeds: int = 0
    """Calendar addresses."""
    hand_overs: int = 0
    """Addresses by which a seat could be taken."""
    cards: int = 0
    """People of the household whose code is another one from now on."""


@dataclass(frozen=True)
class Entry:
    """That somebody came into an account by a code, and what ended with that."""

    account_id: int
    ended: Ended


@dataclass(frozen=True)
class Help:
    """The desk code that opened an account last."""

    code_id: int
    account_id: int
    by: int
    """The organizer who issued it."""
    at: datetime
    """When it was used."""


Ending = Callable[[int], Ended]
"""Ends what the floors above have given away for an account; inside the caller's transaction,
which holds the household."""
TellOfHelp = Callable[[Help], None]
