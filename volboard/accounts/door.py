"""Who signed up by name and number has no password, and would not get in on another phone: one
card says so until it is dealt with. What was answered stays in this phone's session, which is
the only one that they have. For views only."""

from datetime import timedelta
from enum import StrEnum

from flask import session

from volboard.core import clock
from volboard.core.access import viewer

LATER = timedelta(days=3)
PUT_OFF, FIRST = "key_asked_again_at", "came_by_number"


class Answer(StrEnum):
    """What somebody says to the card; setting a password needs no answer."""

    KEPT = "kept"
    """The picture of one's code is kept."""
    LATER = "later"


def came_by_number() -> None:
    """Note that this phone has just been signed in by a name and a number."""
    session[FIRST] = True


def is_first_look() -> bool:
    """Whether this is the page that confirms the first signup; true once."""
    return viewer().is_signed_in and bool(session.pop(FIRST, False))


def lacks_key() -> bool:
    """Whether the card is to be shown on one's own page."""
    me = viewer()
    if not me.is_signed_in or me.has_password:
        return False
    again_at = session.get(PUT_OFF, 0.0)
    return isinstance(again_at, float) and clock.now().timestamp() >= again_at


def note(answer: Answer) -> None:
    """Ask again in three days, or for as long as this phone is signed in not at all."""
    wait = LATER if answer is Answer.LATER else timedelta(days=365)
    session[PUT_OFF] = (clock.now() + wait).timestamp()
