"""The one writer of attendances: it appends a press, and writes what all presses amount to."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from volboard.attendance.models import Attendance, AttendanceBreak, AttendanceLog
from volboard.attendance.rules import (
    CLOCK_BACK,
    AttendanceState,
    Press,
    Standing,
    in_turn,
    standing,
)
from volboard.core import clock
from volboard.core.db import db, locked


@dataclass(frozen=True)
class Entry:
    """A press to be written; without `at` it happens now."""

    action: str
    by: int
    """The account that presses."""
    at: datetime | None = None
    how: str = ""
    device: str = ""
    seen_by: int | None = None
    """The organizer who stands for it, where that is somebody else."""
    nonce: str | None = None
    received_at: datetime | None = None
    said_at: datetime | None = None
    skew: int = 0
    flag: str = ""


@dataclass(frozen=True)
class Written:
    """A press as it stands in the log, and all presses for this person with it."""

    id: int
    presses: tuple[Press, ...]


def attendance_of(shift_id: int, volunteer_id: int) -> Attendance | None:
    """The one attendance of this person and shift, held until the transaction ends."""
    return db.session.scalars(
        locked(
            select(Attendance).where(
                Attendance.shift_id == shift_id, Attendance.volunteer_id == volunteer_id
            ),
            of=Attendance,
        )
    ).one_or_none()


def open_attendance(shift_id: int, volunteer_id: int) -> int:
    """Begin the one attendance of this person and shift, who has not come yet."""
    attendance = Attendance(shift_id=shift_id, volunteer_id=volunteer_id, how="", device="",
                            state=AttendanceState.UNDONE)  # fmt: skip
    db.session.add(attendance)
    db.session.flush()
    return attendance.id


def press(attendance_id: int, entry: Entry, holds: bool = False) -> Written:
    """Append a press to the log and write what all presses for this person now amount to.

    Nothing else writes an attendance's state, its times and its breaks. With `holds` they
    stay as they are: the ledger rests on them. The caller holds the volunteer's row. A press
    made online never counts as before one that it follows, whatever the server's clock says.
    """
    before = presses_of(attendance_id)
    row = _append(attendance_id, _in_turn(entry, before))
    written = Written(row.id, (*before, press_of(row)))
    if not holds:
        told = standing(written.presses)
        _write(attendance_id, told)
        if any(one.action == "back" for one in written.presses):
            _write_breaks(attendance_id, told)
    return written


def presses_of(attendance_id: int) -> tuple[Press, ...]:
    """Every press for this person, in the order in which they arrived."""
    log = AttendanceLog
    rows = db.session.execute(
        select(log.action, log.at, log.by, log.seen_by, log.how, log.device, log.nonce,
               log.said_at, log.clock_skew, log.id)
        .where(log.attendance_id == attendance_id)
        .order_by(log.id)
    )  # fmt: skip
    return tuple(press_of(row) for row in rows)


def press_of(row: Any) -> Press:
    """A row of the log as the rules read it."""
    said, skew = row.said_at, timedelta(seconds=row.clock_skew)
    return Press(
        action=row.action,
        at=row.at,
        by=row.seen_by or row.by,
        how=row.how,
        device=row.device,
        nonce=row.nonce or "",
        meant_at=said - skew if said else None,
        id=row.id,
    )


def latest_at(attendance_id: int) -> datetime | None:
    """The time of the latest press: it cannot be earlier now, whatever the clock says."""
    log = AttendanceLog
    return db.session.scalar(
        select(log.at).where(log.attendance_id == attendance_id).order_by(log.at.desc()).limit(1)
    )


def _in_turn(entry: Entry, before: tuple[Press, ...]) -> Entry:
    """The entry with its time: an online one is not earlier than what stands in the log.

    Where the clock itself went back, it says so (`clock_back`).
    """
    now = clock.now()
    at = entry.at or now
    is_online = entry.nonce is None and entry.received_at is None
    if not is_online:
        return replace(entry, at=at)
    flag = CLOCK_BACK if before and now < max(one.at for one in before) else ""
    return replace(entry, at=in_turn(at, before), flag=" ".join(filter(None, (entry.flag, flag))))


def _append(attendance_id: int, entry: Entry) -> AttendanceLog:
    row = AttendanceLog(
        attendance_id=attendance_id,
        action=entry.action,
        at=entry.at or clock.now(),
        by=entry.by,
        seen_by=entry.seen_by,
        how=entry.how,
        device=entry.device,
        nonce=entry.nonce,
        received_at=entry.received_at,
        said_at=entry.said_at,
        clock_skew=entry.skew,
        flag=entry.flag,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _write(attendance_id: int, told: Standing) -> None:
    came, left = told.came, told.left
    facts: dict[str, object] = {
        "state": told.state,
        "checked_in_at": came.at if came else None,
        "checked_in_by": came.by if came else None,
        "checked_out_at": left.at if left else None,
        "checked_out_by": left.by if left else None,
    }
    if came is None or came.how:  # a press from before this was logged says nothing of it
        facts |= {"how": came.how if came else "", "device": came.device if came else ""}
    db.session.execute(
        update(Attendance)
        .where(Attendance.id == attendance_id)
        .values(**facts)
        .execution_options(synchronize_session=False)
    )


def _write_breaks(attendance_id: int, told: Standing) -> None:
    db.session.execute(
        delete(AttendanceBreak).where(AttendanceBreak.attendance_id == attendance_id)
    )
    breaks = [
        {"attendance_id": attendance_id, "left_at": left.at, "left_by": left.by,
         "back_at": back.at, "back_by": back.by}
        for left, back in told.breaks
    ]  # fmt: skip
    if breaks:
        db.session.execute(insert(AttendanceBreak), breaks)
