"""Evenings that lack one thing only: what each rule alone keeps from becoming a line."""

from collections.abc import Callable
from random import Random

from sqlalchemy import select

from tests.drills.crooked_afterwards import close_last, honest_evening
from tests.drills.crooked_evening import announce
from tests.drills.crooked_town import Town, found_a_town, minutes
from volboard.attendance.commands import check_in, check_out
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Shift
from volboard.hours import commands
from volboard.hours.models import HourEntry
from volboard.hours.witness_rules import Lack
from volboard.signups.commands import sign_up, sign_up_by_organizer

EARLY, TWO_HOURS, TWELVE_HOURS, SIXTEEN_HOURS = 60, 120, 720, 960


class Everybody(Random):
    """Leaves nobody out."""

    def random(self) -> float:
        return 0.0


def tempted(lack: Lack) -> Town:
    """A book in which she tries what this rule forbids, and does all else as it should be."""
    town = found_a_town()
    if lack is not Lack.KNOWN:
        at(town, 1, lambda: honest_evening(town, Everybody()))
    ahead = -5 if lack is Lack.SUDDEN else EARLY
    length = {Lack.LONG: SIXTEEN_HOURS, Lack.CAP: TWELVE_HOURS}.get(lack, TWO_HOURS)
    for _day in range(2 if lack is Lack.CAP else 1):
        evening(
            town,
            ahead,
            length,
            is_own=lack is not Lack.SECOND,
            stays=(600 if lack is Lack.LONG else 0, 520 if lack is Lack.LATE else length),
        )
    return town


def half_an_evening() -> Town:
    """A book with one line in it, of an hour that lacks nothing in a shift of two."""
    town = found_a_town()
    at(town, 1, lambda: honest_evening(town, Everybody()))
    evening(town, EARLY, TWO_HOURS, True, (60, TWO_HOURS))
    return town


def better_it(town: Town) -> None:
    """She makes two hours of it."""
    entry = db.session.scalars(select(HourEntry).where(HourEntry.shift_id == town.shifts[-1])).one()
    shift = db.session.get_one(Shift, entry.shift_id)
    at(town, 1, lambda: commands.correct(entry.id, shift.starts_at, shift.ends_at, "看错了",
                                         town.olga))  # fmt: skip


def evening(town: Town, ahead: int, length: int, is_own: bool, stays: tuple[int, int]) -> None:
    """Her second account signs up or is signed up, is let in and out, and she closes.

    `stays`: from and until when, in minutes after the shift's start.
    """
    bao, olga = town.bao, town.olga
    at(town, 24 * 60, lambda: announce(town, ahead, length))
    shift = town.shifts[-1]
    at(town, 1, lambda: sign_up(bao.volunteer_id, shift, bao.id) if is_own
       else sign_up_by_organizer(bao.volunteer_id, shift, olga))  # fmt: skip
    came, left = stays
    at(town, max(ahead, 0) + came, lambda: check_in(shift, bao.volunteer_id, olga, "gate", ""))
    at(town, left - came, lambda: check_out(shift, bao.volunteer_id, olga))
    at(town, length, lambda: close_last(town, Random(0)))


def at(town: Town, later: int, act: Callable[[], object]) -> None:
    """Do it so many minutes later."""
    town.now += minutes(later)
    with clock.standing_at(town.now):
        act()
