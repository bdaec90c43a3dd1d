"""When the gate is open, how long a slip can be taken back, and what a search means."""

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

EARLY = timedelta(hours=2)
"""How long before a shift people can be checked in; minutes count from its start."""
UNDO = timedelta(minutes=10)
LONGEST_SEARCH = 40
BETWEEN = str.maketrans("", "", " -'’‘＇")
"""What keyboards put between the letters of a syllable, or people between digits."""
BROWSERS = (("MicroMessenger", "微信"), ("Edg", "Edge"), ("HuaweiBrowser", "华为浏览器"),
            ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("OpenHarmony", "鸿蒙"), ("Android", "Android"),
           ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip
"""In this order, for each browser also says the names of those after it."""


class AttendanceState(StrEnum):
    """What is known of a person at a shift."""

    PRESENT = "present"
    """Checked in, not out."""
    LEFT = "left"
    """Checked out."""
    ABSENT = "absent"
    """Had a seat and did not come; marked when the gate closed."""
    UNDONE = "undone"
    """Checked in by mistake, and taken back."""


class Gate(StrEnum):
    """Whether people can be checked in now."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"
    CLOSED = "closed"
    CALLED_OFF = "called_off"


def gate_state(
    starts_at: datetime, ends_at: datetime, closed: bool, called_off: bool, now: datetime
) -> Gate:
    """The gate opens two hours before the shift and takes people in until it ends."""
    if called_off:
        return Gate.CALLED_OFF
    if closed:
        return Gate.CLOSED
    if now < starts_at - EARLY:
        return Gate.EARLY
    return Gate.OPEN if now < ends_at else Gate.OVER


def can_undo(done_at: datetime, now: datetime) -> bool:
    """Whether a press at the gate can still be taken back."""
    return now - done_at <= UNDO


def searched(typed: str) -> str:
    """What was typed, as names and numbers are stored; empty where it can mean nobody.

    Full-width signs become plain ones and invisible ones fall away. A number and pinyin
    lose what stands between their signs: w'x'f is wxf.
    """
    text = unicodedata.normalize("NFKC", typed[: LONGEST_SEARCH * 2])
    seen = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C").strip()
    bare = seen.translate(BETWEEN)
    return (bare if bare.isascii() else seen)[:LONGEST_SEARCH].strip()


def device_name(user_agent: str, phone: str) -> str:
    """A short name for the organizer's phone, which identifies no person: 微信 iPhone · a3f91c."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    kind = " ".join(part for part in (browser, system) if part)
    return " · ".join(part for part in (kind, phone) if part)
