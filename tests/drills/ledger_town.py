"""A ledger with everything in it, and what an honest reading of it finds."""

from datetime import timedelta

from tests.attendance.gate_of_river import at
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core.devices import Phone
from volboard.hours.commands import correct
from volboard.hours.faults import Fault
from volboard.hours.make_ups import approve, ask
from volboard.hours.queries import ledger
from volboard.hours.verifying import Book, faults
from volboard.signups.commands import sign_up

DAY = 24 * 60
DAYS = 6


def serve_for_days() -> None:
    """Six days: credits, corrections, one taken back wholly, make-ups, and five seals."""
    for day in range(DAYS):
        with at(day * DAY - 60):
            shift = a_shift(starts_at=NOON + timedelta(days=day), capacity=9)
            for person in (MAI, BAO):
                sign_up(person.id, shift, person.id)
        with at(day * DAY):
            for person in (MAI, BAO):
                check_in(shift, person.id, viewer_of(OLGA), "gate", "test")
        with at(day * DAY + 130):
            close_shift(shift, viewer_of(OLGA))
            take_a_little_back(day)
            make_up_for_otto(shift, day)


def take_a_little_back(day: int) -> None:
    """Mai's line of the day is corrected; on the second day nothing is left of it."""
    line = ledger(MAI.id).lines[0]
    left = line.served_from if day == 1 else line.served_to - timedelta(minutes=day + 1)
    correct(line.id, line.served_from, left, f"第 {day} 天", viewer_of(OLGA))


def make_up_for_otto(shift: int, day: int) -> None:
    """Olga asks and Ada approves."""
    start = NOON + timedelta(days=day)
    phones = Phone("a" * 32, "微信 iPhone · aaaaaa"), Phone("b" * 32, "")
    end = start + timedelta(minutes=60 + day)
    number = ask(shift, OTTO.id, start, end, "没带手机", viewer_of(OLGA), phones[0])
    approve(number, viewer_of(ADA), phones[1])


def found(against: str = "") -> list[Fault]:
    """What is wrong with the ledger; needs a context."""
    return list(faults(Book(), against))
