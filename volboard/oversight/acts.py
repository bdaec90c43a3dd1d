"""Every act that touches minutes, names, power or proofs, and whom it needs (docs/acts.md).

A command that writes to any of these and does not stand here fails the tests, whichever of them
makes it write (`tests.support.acts`); and each is tried by one person alone in `tests/acts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Touch(StrEnum):
    """What an act can change of that for which people trust a community."""

    MINUTES = "minutes"
    NAMES = "names"
    POWER = "power"
    PROOFS = "proofs"


class Needs(StrEnum):
    """Whom an act needs besides the one who does it."""

    NOBODY = "nobody"
    """One may do it alone, and alone it makes nothing that counts."""
    ANOTHER = "another"
    """Nothing comes of it before a second person has agreed."""
    UNTOUCHED = "untouched"
    """Somebody who had no hand in what is changed."""
    LESS = "less"
    """One may take away alone; what adds needs another."""
    OWNER = "owner"
    """The person themself, whom it is about."""


@dataclass(frozen=True)
class Act:
    """What a command touches, whom it needs, and what becomes of it where one is alone."""

    touches: frozenset[Touch]
    needs: Needs
    alone: str
    """What one person alone gets out of it, in a sentence."""


def _act(needs: Needs, alone: str, *touches: Touch) -> Act:
    return Act(frozenset(touches), needs, alone)


MINUTES, NAMES, POWER, PROOFS = Touch
_NO_LINE = "A press. Minutes need two who stand for them, so alone it is no line."
_GATE: dict[str, Act] = {
    f"volboard.attendance.{name}": _act(Needs.NOBODY, _NO_LINE, MINUTES)
    for name in (
        "commands.check_in", "commands.check_out", "commands.come_back", "commands.undo",
        "commands.seat_waiting", "family_commands.check_in_family",
        "code_commands.walk_in_by_code", "arrival_commands.confirm",
        "arrival_commands.confirm_all",
    )
}  # fmt: skip
_VENUE: dict[str, Act] = {
    name: _act(Needs.NOBODY, "The volunteer's own sign. Alone it is no line.", MINUTES)
    for name in ("volboard.attendance.commands.arrive_seen", "volboard.venue.commands.check_in",
                 "volboard.venue.commands.check_out", "volboard.venue.commands.come_back")
}  # fmt: skip
ACTS: Mapping[str, Act] = _GATE | _VENUE | {
    "volboard.attendance.commands.walk_in": _act(
        Needs.NOBODY, "A person and a press. Whom no other organizer has seen waits for one.",
        MINUTES, NAMES),
    "volboard.attendance.scans.take_scan": _act(
        Needs.NOBODY, "A press that a phone kept. Six hours after the end it waits for another.",
        MINUTES, NAMES),
    "volboard.attendance.paper.take_paper": _act(
        Needs.NOBODY, "Presses from a list, marked with how late. They make nobody known.",
        MINUTES),
    "volboard.attendance.closing.close_shift": _act(
        Needs.ANOTHER, "What rests on one waits. Closing stands for nothing.", MINUTES),
    "volboard.hours.confirming.confirm": _act(
        Needs.ANOTHER, "Refused for one's own presses and household.", MINUTES),
    "volboard.hours.confirming.confirm_all": _act(
        Needs.ANOTHER, "Leaves out one's own presses and household.", MINUTES),
    "volboard.hours.confirming.confirm_own": _act(
        Needs.ANOTHER, "One of two. Whom no other organizer has seen waits still.", MINUTES),
    "volboard.hours.confirming.refuse": _act(
        Needs.LESS, "No line; the volunteer reads why and can ask again.", MINUTES),
    "volboard.hours.confirming.ask_again": _act(
        Needs.OWNER, "It waits for thirty days more.", MINUTES),
    "volboard.hours.commands.correct": _act(
        Needs.UNTOUCHED, "Fewer minutes. More need somebody who had no hand in the line.",
        MINUTES),
    "volboard.hours.dispute_commands.take_back": _act(
        Needs.LESS, "A reversal, with the answer.", MINUTES),
    "volboard.hours.make_ups.ask": _act(
        Needs.ANOTHER, "A request. Another approves it on another phone.", MINUTES),
    "volboard.hours.make_ups.approve": _act(
        Needs.ANOTHER, "Refused to the one who asked, to the household, on the same phone.",
        MINUTES),
    "volboard.hours.make_ups.refuse": _act(Needs.LESS, "No line.", MINUTES),
    "volboard.hours.make_ups.withdraw": _act(Needs.LESS, "No line.", MINUTES),
}  # fmt: skip
