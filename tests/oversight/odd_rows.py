"""Rows that no command would write, laid past all guards, to see whether they are told of."""

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import text

from tests.support.cast import MAI, OLGA, OTTO, RIVER, Person
from tests.support.town import NOON, a_shift, an_event
from volboard.attendance.models import Attendance
from volboard.core.db import db, transaction
from volboard.events.models import Shift
from volboard.hours.models import HourEntry, MakeUp, PresenceWitness

POSITIONS = count(1000)
LATER = NOON + timedelta(days=1)
OLGAS, OTTOS = ("a" * 32, "微信 iPhone · aaaaaa"), ("b" * 32, "微信 Android · bbbbbb")


def lay_bare() -> None:
    """Take every guard away, on either engine."""
    sqlite = db.engine.dialect.name == "sqlite"
    with transaction():
        if sqlite:
            names = db.session.scalars(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).all()
            for name in names:
                db.session.execute(text(f"DROP TRIGGER {name}"))
            return
        for table in ("hour_entries", "attendances", "attendance_log", "make_ups", "signups",
                      "shifts", "presence_witnesses", "worth_rules"):  # fmt: skip
            db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def an_evening(begins: datetime, minutes: int = 120, community: int = RIVER, seats: int = 5) -> int:
    """A shift of an event of its own; answers its id."""
    ends = begins + timedelta(minutes=minutes)
    event = an_event(community, "桥下的晚会", starts_at=begins, ends_at=ends)
    return a_shift(event, seats, begins, minutes, title="看场子")


def a_line(person: Person | int = MAI, begins: datetime = NOON, lasts: int = 120,
           community: int = RIVER, shift: int = 0, **columns: object) -> int:  # fmt: skip
    """A line that holds, in a shift of its own unless one is given; answers its id."""
    who = person if isinstance(person, int) else person.id
    shift = shift or an_evening(begins, lasts, community)
    ends = begins + timedelta(minutes=lasts)
    with transaction():
        came = Attendance(shift_id=shift, volunteer_id=who, state="left", how="gate", device="",
                          checked_in_at=begins, checked_in_by=OLGA.id, checked_out_at=ends,
                          checked_out_by=OLGA.id)  # fmt: skip
        kind = columns.get("kind", "credit")
        if kind == "credit":
            db.session.add(came)
            db.session.flush()
            columns.setdefault("attendance_id", came.id)
        facts: dict[str, object] = {
            "volunteer_id": who, "community_id": community, "shift_id": shift, "kind": "credit",
            "minutes": lasts, "planned_minutes": lasts, "served_from": begins,
            "served_to": ends, "how": "gate", "seen_by": OLGA.id, "seen_at": begins,
            "device": "", "recorded_by": OTTO.id, "recorded_at": ends, "digest": "x",
            "previous_digest": "", "position": next(POSITIONS),
        }  # fmt: skip
        entry = HourEntry(**(facts | columns))
        db.session.add(entry)
        db.session.flush()
        return entry.id


def a_witness(line: int, who: Person, sign: str = "press", late: int = 0) -> int:
    """Let somebody stand for a line, so many minutes late; answers the line's id."""
    entry = db.session.get_one(HourEntry, line)
    role = "volunteer" if who.id == entry.volunteer_id else "organizer"
    with transaction():
        db.session.add(PresenceWitness(attendance_id=entry.attendance_id, account_id=who.id,
                                       role=role, sign=sign, at=entry.served_to,
                                       late_minutes=late))  # fmt: skip
    return line


def correct(entry_id: int, by: Person, minutes: int, at: datetime = LATER) -> int:
    """Take a line back and write another in its place; answers the new one's id."""
    old = db.session.get_one(HourEntry, entry_id)
    reverse(entry_id, at, by)
    return a_line(old.volunteer_id, old.served_from, 120, old.community_id, old.shift_id,
                  kind="correction", minutes=minutes, attendance_id=old.attendance_id,
                  replaces=entry_id, reason_digest="x", recorded_by=by.id,
                  recorded_at=at)  # fmt: skip


def reverse(entry_id: int, at: datetime = LATER, by: Person = OLGA) -> int:
    """The line that takes another one back."""
    old = db.session.get_one(HourEntry, entry_id)
    return a_line(old.volunteer_id, old.served_from, 120, old.community_id, old.shift_id,
                  kind="reversal", minutes=-old.minutes, attendance_id=old.attendance_id,
                  reverses=entry_id, reason_digest="x", recorded_by=by.id,
                  recorded_at=at)  # fmt: skip


def a_make_up(asked_at: datetime = LATER, after: timedelta | None = timedelta(hours=1),
              asked_by: Person = OLGA, decided_by: Person = OTTO, community: int = RIVER,
              phones: tuple[tuple[str, str], tuple[str, str]] = (OLGAS, OTTOS),
              ) -> int:  # fmt: skip
    """A request, approved so long after unless that is None; answers its id."""
    shift = an_evening(NOON - timedelta(days=7), 120, community)
    decided = {} if after is None else {
        "state": "approved", "decided_by": decided_by.id, "decided_at": asked_at + after,
        "decided_on": phones[1][0], "decided_with": phones[1][1]}  # fmt: skip
    with transaction():
        row = MakeUp(community_id=community, volunteer_id=MAI.id, shift_id=shift, came_at=NOON,
                     left_at=NOON + timedelta(hours=1), reason="忘了", asked_by=asked_by.id,
                     asked_at=asked_at, asked_on=phones[0][0], asked_with=phones[0][1],
                     **decided)  # fmt: skip
        db.session.add(row)
        db.session.flush()
        return row.id


def move(shift_id: int, begins: datetime) -> None:
    """Move a shift after people were credited in it, which no page does."""
    with transaction():
        shift = db.session.get_one(Shift, shift_id)
        shift.starts_at, shift.ends_at = begins, begins + timedelta(hours=2)
        db.session.flush()
