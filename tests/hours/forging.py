"""Writing into the ledger past all commands, as somebody would who forges a line."""

from datetime import timedelta

import pytest
from sqlalchemy import Executable, insert, text
from sqlalchemy.exc import DatabaseError

from tests.support.cast import MAI, OLGA, OTTO
from tests.support.town import NOON
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.core.db import db, transaction
from volboard.hours.chain import BEGIN
from volboard.hours.models import HourChain, HourEntry, PresenceWitness
from volboard.signups.models import Signup

CAME = NOON - timedelta(minutes=3)
LINE = {
    "volunteer_id": MAI.id, "community_id": 1, "shift_id": 1, "attendance_id": 1,
    "planned_minutes": 120, "served_from": NOON, "served_to": NOON + timedelta(hours=2),
    "how": "gate", "seen_by": OLGA.id, "seen_at": CAME, "device": "", "recorded_by": OTTO.id,
    "recorded_at": NOON, "rule": "",
}  # fmt: skip


def refused(words: str, statement: str | Executable) -> None:
    """Fail unless the database refuses, naming the guard; nothing may have changed."""
    before = whole_ledger()
    with pytest.raises(DatabaseError, match=words), transaction():
        db.session.execute(text(statement) if isinstance(statement, str) else statement)
    assert whole_ledger() == before


def in_its_chain(line: dict[str, object]) -> dict[str, object]:
    """The line as a forger writes it who knows of the chains, but not how to make a digest."""
    whole = LINE | line
    reason = whole.pop("reason", "")
    with transaction():
        db.session.execute(BEGIN, {"volunteer": whole["volunteer_id"]})
        chain = db.session.get_one(HourChain, whole["volunteer_id"])
        place = {"position": chain.length + 1, "previous_digest": chain.digest, "digest": "forged"}
    return place | {"reason_digest": reason} | whole


def forged(words: str, **line: object) -> None:
    """Fail unless the database refuses this line, naming the guard."""
    refused(words, insert(HourEntry).values(in_its_chain(line)))


def append(**line: object) -> int:
    """Write a line past all commands; answers its id."""
    facts = in_its_chain(line)
    with transaction():
        entry = HourEntry(**facts)
        db.session.add(entry)
        db.session.flush()
        return entry.id


def otto_came() -> dict[str, object]:
    """Otto's attendance, seen by two and not credited yet, as a line names it."""
    with transaction():
        db.session.add(Signup(shift_id=1, volunteer_id=OTTO.id, state="seated", made_by=OTTO.id,
                              created_at=NOON, seated_at=NOON))  # fmt: skip
        db.session.flush()
        came = Attendance(shift_id=1, volunteer_id=OTTO.id, state="present", how="gate", device="",
                          checked_in_at=CAME, checked_in_by=OLGA.id)  # fmt: skip
        db.session.add(came)
        db.session.flush()
        pressed = AttendanceLog(attendance_id=came.id, action="in", at=CAME, by=OLGA.id)
        db.session.add(pressed)
        db.session.flush()
        for account, role, sign in ((OLGA, "organizer", "press"), (OTTO, "volunteer", "signup")):
            db.session.add(PresenceWitness(attendance_id=came.id, account_id=account.id, role=role,
                                           sign=sign, at=CAME))  # fmt: skip
        return {"attendance_id": came.id, "volunteer_id": OTTO.id, "kind": "credit"}


def whole_ledger() -> list[tuple[object, ...]]:
    rows = db.session.execute(text("SELECT * FROM hour_entries ORDER BY id"))
    return [tuple(row) for row in rows]
