"""What makes a name, and what makes a password nobody guesses at once."""

import unicodedata
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

NAME_LENGTH = 40
RELATION_LENGTH = 12
PASSWORD_LENGTH = range(8, 129)
FAMILY_SIZE = 20
"""How many people one account may look after, itself left out."""
SKILLS_LENGTH = 100
NOTICE_VERSION = "2026-11-30"
"""The day of the wording at /privacy; a new wording gets a new day, and consents keep theirs."""
GONE = "已注销"
"""What stands where the name of somebody who was deleted stood."""
CODE_DIGITS = 8
"""26 bits: with five attempts, one chance in twenty million."""
CODE_LASTS = timedelta(minutes=10)
CODE_ATTEMPTS = 5
HELD_FOR = timedelta(days=3)
"""How long after a desk's code an account cannot delete itself, take another name or a proof
without a second organizer: time enough for its owner to hear of it."""

COMMON = frozenset((Path(__file__).parent / "common_passwords.txt").read_text("utf-8").split())
"""Passwords that guessers try first, and the words of this place; compared in lower case."""


class ConsentKind(StrEnum):
    """What somebody agrees to, apart from everything else (PIPL art. 14)."""

    USE = "use"
    """The notice of what is kept and why; taking it back means leaving (PIPL art. 15, 47)."""
    PUBLIC_NAME = "public_name"
    """Shown by full name to everybody (PIPL art. 25)."""
    HAND_OVER = "hand_over"
    """Given to another system, such as the state's (PIPL art. 23)."""
    GUARDIAN = "guardian"
    """For a child under 14, by who looks after it (PIPL art. 31)."""


class PowerHow(StrEnum):
    """How somebody came by power, or lost it."""

    CODE = "code"
    """By a code that was handed over in person, with which its holder accepted."""
    ADMIN = "admin"
    """By the admin or the command line, at once."""
    LEAVING = "leaving"
    """The account was deleted."""
    BEFORE = "before"
    """It was so before this was written down."""


class AgeBand(StrEnum):
    """As much of somebody's age as posts need to know; no birth date is kept."""

    ADULT = ""
    TEEN = "teen"
    """From 14 to 17."""
    CHILD = "child"
    """Below 14: nothing is kept without their guardian's consent."""


class Weakness(StrEnum):
    """Why a password will not do."""

    SHORT = "short"
    """Fewer than eight characters."""
    LONG = "long"
    """More than 128 characters."""
    COMMON = "common"
    """Among the first that anybody tries: well-known, one sign repeated, or simply counting."""
    OWN_PHONE = "own_phone"
    """The phone number itself, which is no secret."""


def weakness(password: str, phone: str = "") -> Weakness | None:
    """Why the password will not do; none if it will. Any characters may stand in it."""
    if len(password) < PASSWORD_LENGTH.start:
        return Weakness.SHORT
    if len(password) >= PASSWORD_LENGTH.stop:
        return Weakness.LONG
    folded = unicodedata.normalize("NFKC", password).casefold()
    if folded in COMMON or len(set(folded)) < 3 or _counts(folded):
        return Weakness.COMMON
    digits = phone.removeprefix("+86")
    return Weakness.OWN_PHONE if digits and digits in folded else None


def _counts(text: str) -> bool:
    """Whether each sign follows the one before it, up or down: abcdefgh, 98765432."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps in ({1}, {-1})
