"""When the gate is open, what a person's presses amount to, and what a search means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

EARLY = timedelta(hours=2)
"""How long before a shift people can be checked in; minutes count from its start."""
UNDO = timedelta(minutes=10)
CODE_SHOWN = "code_shown"
WAYS = ("gate", "code", CODE_SHOWN, "walk_in", "venue", "paper_code", "paper")
"""How a person came in: found on the gate's page, by their own code, by that code as their phone
showed it this moment, without having signed up, by the venue's rotating code, by its printed one,
from the printed list."""
IN_PERSON = ("gate", "code", CODE_SHOWN, "walk_in", "paper_code")
"""The ways in which an organizer saw this one person: neither a list nor their own scan."""
NEXT = {"": "in", "in": "out", "back": "out", "out": "back"}
"""What counts after what; anything else was pressed before, or too early."""
CLOCK_WRONG = 15 * 60
"""Seconds by which a phone's clock may be wrong before somebody is told."""
CLOCK_BACK = "clock_back"
"""The flag of an online press at which the server's own clock showed less than before."""
A_MOMENT = timedelta(microseconds=1)


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


CAME = (AttendanceState.PRESENT, AttendanceState.LEFT)
"""The states of who was there, whether they are still or not."""


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


def cut(at: datetime, opens: datetime, ends: datetime, now: datetime) -> datetime:
    """An instant that a phone tells, cut to the shift's window and never after now."""
    return min(max(at, opens), ends, now)


def flags(
    at: datetime,
    skew: int,
    opens: datetime,
    ends: datetime,
    now: datetime,
    action: str,
    closed: bool,
) -> str:
    """What an organizer should look at. Who is signed out after the end is nothing odd."""
    wrong = abs(skew) > CLOCK_WRONG or at > now + timedelta(seconds=CLOCK_WRONG)
    last = min(ends, now) if action in ("in", "back") else now
    found = {"clock_wrong": wrong, "clamped": not opens <= at <= last, "after_closing": closed}
    return " ".join(flag for flag, applies in found.items() if applies)


def can_undo(done_at: datetime, now: datetime) -> bool:
    """Whether a press at the gate can still be taken back."""
    return now - done_at <= UNDO


@dataclass(frozen=True)
class Press:
    """One press for one person, as it stands in the gate's log."""

    action: str
    at: datetime
    by: int
    """The account that stands for it."""
    how: str = ""
    device: str = ""
    nonce: str = ""
    """What an offline phone called it; empty for a press made online."""
    meant_at: datetime | None = None
    """When it happened before it was cut; none: as `at`."""
    id: int = 0

    @property
    def order(self) -> tuple[datetime, datetime, str, int]:
        """By time; an arrival's turn says nothing where a phone was offline."""
        return self.at, self.meant_at or self.at, self.nonce, self.id


@dataclass(frozen=True)
class Standing:
    """What all presses for a person amount to."""

    story: tuple[Press, ...] = ()
    """The presses that count: in, out, back, out …"""
    struck: tuple[Press, ...] = ()
    """Those that were taken back."""
    marked: bool = False
    """Whether closing marked the person absent; counts where nobody came."""

    @property
    def state(self) -> AttendanceState:
        if not self.story:
            return AttendanceState.ABSENT if self.marked else AttendanceState.UNDONE
        return AttendanceState.LEFT if self.left else AttendanceState.PRESENT

    @property
    def came(self) -> Press | None:
        return self.story[0] if self.story else None

    @property
    def left(self) -> Press | None:
        return self.story[-1] if self.story and self.story[-1].action == "out" else None

    @property
    def breaks(self) -> tuple[tuple[Press, Press], ...]:
        """Each leaving with the coming back that answers it."""
        return tuple(zip(self.story[1::2], self.story[2::2], strict=False))


def standing(presses: Iterable[Press]) -> Standing:
    """Fold a person's presses: the same answer in whatever order they arrived.

    A press that follows nothing (in again, out before in) is kept and does not count.
    """
    live: list[Press] = []
    struck: list[Press] = []
    for press in sorted(presses, key=lambda one: one.order):
        slip = _slip(press, live)
        if slip is not None:
            live.remove(slip)
            struck.append(slip)
        elif not press.action.startswith("undo_"):
            live.append(press)
    marked = any(press.action == "absent" for press in live)
    return Standing(_story(live), tuple(struck), marked)


def in_turn(at: datetime, before: Iterable[Press]) -> datetime:
    """The time of a press that is made online after these: as told, or no earlier than the latest
    and after it in their order."""
    latest = max((one.order[:3] for one in before), default=None)
    if latest is None or (at, at, "") >= latest:
        return at
    last = latest[0]
    return last if (last, last, "") >= latest else last + A_MOMENT


def _story(live: list[Press]) -> tuple[Press, ...]:
    story: list[Press] = []
    for press in live:
        if press.action == NEXT[story[-1].action if story else ""]:
            story.append(press)
    return tuple(story)


def _slip(undo: Press, live: list[Press]) -> Press | None:
    """What an undo takes back: the last that counts, of its kind and of the last ten minutes.

    A phone that was offline saw its own presses only, so it means its own first.
    """
    kind = undo.action.removeprefix("undo_")
    if kind == undo.action:
        return None
    recent = [press for press in live if press.action == kind and can_undo(press.at, undo.at)]
    mine = (undo.by, undo.device)
    own = [press for press in recent if undo.nonce and (press.by, press.device) == mine]
    told = [press for press in recent if press in _story(live)]
    return next(reversed(own or told), None)
