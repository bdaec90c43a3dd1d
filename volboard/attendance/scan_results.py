"""What a phone that was offline reads about each press that it sent."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from volboard.attendance import queries, wording
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.attendance.presses import Entry, Written, presses_of
from volboard.attendance.rules import Press, Standing, standing
from volboard.core import clock, formats
from volboard.core.db import db
from volboard.core.errors import NotFound

DID = {"in": "in", "out": "out", "back": "back"}


@dataclass(frozen=True)
class ScanResult:
    """The outcome is done, again (it was so already) or refused (nothing was stored)."""

    nonce: str
    outcome: str
    sentence: str
    volunteer_id: int | None


def told(
    nonce: str, shift_id: int, volunteer_id: int, written: Written, entry: Entry
) -> ScanResult:
    """What a press did that was just written."""
    outcome = outcome_of(tuple(one for one in written.presses if one.id <= written.id))
    sentence = _sentence(shift_id, volunteer_id, entry.action, outcome)
    notes = wording.flag_notes(entry.flag, entry.at or clock.now())
    return ScanResult(nonce, outcome, " ".join((sentence, *notes)), volunteer_id)


def told_again(nonce: str, shift_id: int, entry_id: int) -> ScanResult:
    """What a press did when it came; raises NotFound for one of another shift."""
    log, a = AttendanceLog, Attendance
    row = db.session.execute(
        select(log.attendance_id, log.action, log.flag, log.at, log.by, a.shift_id, a.volunteer_id)
        .join(a, a.id == log.attendance_id)
        .where(log.id == entry_id)
    ).one()
    if row.shift_id != shift_id:
        raise NotFound
    written = Written(entry_id, presses_of(row.attendance_id))
    entry = Entry(row.action, row.by, row.at, flag=row.flag)
    return told(nonce, shift_id, row.volunteer_id, written, entry)


def outcome_of(presses: tuple[Press, ...]) -> str:
    """Whether the last press to arrive changed anything: done, or again."""
    press, now, before = presses[-1], standing(presses), standing(presses[:-1])
    if press.action.startswith("undo_"):
        return "done" if now.struck != before.struck else "again"
    if press in now.story or press in now.struck:
        return "done"
    return "again" if _is_so(press, now) else "done"


def _is_so(press: Press, now: Standing) -> bool:
    """Whether somebody else's press says already what this one would."""
    if press.action == "in":
        return now.came is not None
    if press.action == "out":
        return now.left is not None
    return now.came is not None and now.left is None


def _sentence(shift_id: int, volunteer_id: int, action: str, outcome: str) -> str:
    row = queries.person(shift_id, volunteer_id)
    did = "again" if (action, outcome) == ("in", "again") else DID.get(action, "undo")
    verdict = wording.verdict(did, row)
    if verdict is None:
        return _("%(name)s：记下了。", name=formats.masked_name(row.name))
    return f"{verdict.text} {verdict.detail}"
