"""What kinds of teams there are."""

from enum import StrEnum

NAME_LENGTH = 40
PURPOSE_LENGTH = 300


class TeamKind(StrEnum):
    """Whom a team gathers; `volboard.teams.kinds` has the words that people read."""

    PARTY = "party"
    """党员: members of the Party."""
    PARTNER = "partner"
    """驻区单位: people of an organisation that has its seat here."""
    RESIDENT = "resident"
    """居民: whoever lives here."""
    YOUTH = "youth"
    """青年: young people."""
    WOMEN = "women"
    """妇女: women."""
    VETERAN = "veteran"
    """退役军人: who once served in the army."""
    ELDER = "elder"
    """老年: the retired."""
