"""The same acts through the product's own commands, on a shared database."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import insert, select

from tests.support.cast import ADA, LONG_AGO, OLGA, OTTO, Person
from tests.support.past import known_from_before
from tests.support.town import NOON, an_event, viewer_of
from tests.support.worth import hold_worth
from volboard.accounts.models import Account, Volunteer
from volboard.attendance.closing import close_shift
from volboard.attendance.models import Attendance, AttendanceBreak, AttendanceLog
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.devices import Phone
from volboard.events.models import Shift
from volboard.hours.digests import SIGNED, line_digest
from volboard.hours.models import HourChain, HourEntry
from volboard.signups.models import Signup

NUMBERS = count(1001)
STAFF: dict[int, Person] = {person.id: person for person in (OLGA, OTTO, ADA)}
LATER = NOON + timedelta(days=1)
Stay = tuple[int, int]


def phone(sign: str) -> Phone:
    """A phone that is only this one."""
    return Phone(sign * 32, sign)


def instant(minute: int) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minute)


def two_people() -> tuple[int, int]:
    """Two new accounts with a volunteer each, of the same numbers."""
    ids = next(NUMBERS), next(NUMBERS)
    with transaction():
        for n in ids:
            db.session.execute(insert(Account).values(
                id=n, phone=f"+86139{n:08}", created_at=LONG_AGO))  # fmt: skip
            db.session.execute(insert(Volunteer).values(
                id=n, account_id=n, name=f"邻居{n}", initials="lj", is_self=True, relation="",
                code=f"model-{n}", created_at=LONG_AGO))  # fmt: skip
    known_from_before(ids)
    return ids


def posts_of(came: dict[int, Stay], pause: Stay) -> dict[str, int]:
    """Two posts that overlap; these people were at the first, with a break, and both closed."""
    with transaction():
        event = an_event(ends_at=NOON + timedelta(hours=3))
        posts = {
            name: _post(event, *window) for name, window in (("A", (0, 120)), ("B", (60, 180)))
        }
        for person, (first, last) in came.items():
            db.session.add(Signup(shift_id=posts["A"], volunteer_id=person, state="seated",
                                  made_by=person, created_at=NOON, seated_at=NOON))  # fmt: skip
            db.session.flush()
            row = Attendance(
                shift_id=posts["A"], volunteer_id=person, state="left", how="gate", device="",
                checked_in_at=instant(first), checked_in_by=OLGA.id, checked_out_at=instant(last),
                checked_out_by=OLGA.id,
            )  # fmt: skip
            db.session.add(row)
            db.session.flush()
            for action, minute in (("in", first), ("out", last)):
                db.session.add(AttendanceLog(attendance_id=row.id, action=action,
                                             at=instant(minute), by=OLGA.id))  # fmt: skip
                db.session.flush()
            if first <= pause[0] < pause[1] <= last:
                db.session.add(AttendanceBreak(
                    attendance_id=row.id, left_at=instant(pause[0]), left_by=OLGA.id,
                    back_at=instant(pause[1]), back_by=OLGA.id))  # fmt: skip
    for shift in posts.values():
        close_shift(shift, viewer_of(OLGA))
    return posts


def _post(event: int, first: int, last: int) -> int:
    shift = Shift(event_id=event, title="岗", kind="service", capacity=9, cancel_notice=120,
                  starts_at=instant(first), ends_at=instant(last))  # fmt: skip
    db.session.add(shift)
    db.session.flush()
    return shift.id


def set_night(first: int, last: int, percent: int) -> None:
    """The community's night, in minutes after noon, and what it adds."""
    hold_worth(night_percent=percent, night_from=12 * 60 + first, night_to=12 * 60 + last)


def lines_of(person: int) -> list[HourEntry]:
    """Somebody's lines in their order, as they are now."""
    db.session.rollback()
    mine = select(HourEntry).where(HourEntry.volunteer_id == person).order_by(HourEntry.position)
    return list(db.session.scalars(mine))


def is_chained(person: int, lines: list[HourEntry]) -> bool:
    """Whether every line follows the one before, and the chain ends where they end."""
    before = ""
    for place, line in enumerate(lines, 1):
        whole = line_digest(getattr(line, name) for name in SIGNED)
        if (line.position, line.previous_digest, line.digest) != (place, before, whole):
            return False
        before = line.digest
    end = db.session.get(HourChain, person)
    return (end.length, end.digest) == (len(lines), before) if end else not lines


def a_day_later() -> AbstractContextManager[None]:
    """The clock stands on the next day."""
    return clock.standing_at(LATER)
