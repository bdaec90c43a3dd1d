"""Presses that a phone made without a network, taken when it is back.

They may come late, twice, and in any order: each carries a name of its own, and what they
amount to is folded from all of them (docs/adr/0018).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from volboard.accounts.commands import person_at_the_gate
from volboard.attendance.absences import lift_what_no_longer_holds
from volboard.attendance.errors import NotSeated, PaperTooLate, ShiftCalledOff, TooEarly
from volboard.attendance.models import AttendanceLog
from volboard.attendance.paper import TYPED_WITHIN
from volboard.attendance.powers import is_called_off, managed_shift, refuse_own, verify_seen
from volboard.attendance.presses import Entry, attendance_of, latest_at, open_attendance, press
from volboard.attendance.rules import CLOCK_BACK, EARLY, cut, flags
from volboard.attendance.scan_results import ScanResult, told, told_again
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import Refusal
from volboard.events.shift_commands import ShiftRow
from volboard.hours.models import HourEntry
from volboard.signups.households import ask_household
from volboard.signups.late_seats import seat_who_came
from volboard.signups.models import Signup
from volboard.signups.places import Owner, live_place, lock_pair, lock_volunteer
from volboard.signups.rules import SignupState

WALK_IN = "walk_in"


@dataclass(frozen=True)
class Scan:
    """One press on a phone without a network."""

    nonce: str
    action: str
    """in, out, back, undo_in, undo_out, undo_back or walk_in."""
    volunteer_id: int | None
    name: str
    phone: str
    at: datetime
    """By the phone's own clock."""
    skew: int
    """By how many seconds that clock was ahead of ours, as last measured."""
    how: str
    """gate, code or walk_in."""

    @property
    def happened_at(self) -> datetime:
        return self.at - timedelta(seconds=self.skew)


def take_scans(
    shift_id: int, scans: tuple[Scan, ...], by: Viewer, device: str = ""
) -> tuple[ScanResult, ...]:
    """Take each press in a transaction of its own; one that came before answers as it did then.

    A refused press is not stored, and says why. The caller has seen that `by` stands at this
    gate.
    """
    return tuple(take_scan(shift_id, scan, by, device) for scan in scans)


def take_scan(shift_id: int, scan: Scan, by: Viewer, device: str = "") -> ScanResult:
    """Take one press; see `take_scans`."""
    try:
        with transaction():
            return _take(shift_id, scan, by, device)
    except Refusal as refusal:
        return ScanResult(scan.nonce, "refused", str(refusal), scan.volunteer_id)


def _take(shift_id: int, scan: Scan, by: Viewer, device: str) -> ScanResult:
    """Write the press under its locks, unless it came before."""
    if scan.action == WALK_IN and (sent := _seen_before(shift_id, scan)):
        return sent  # under another name by now, perhaps
    owner = lock_volunteer(_volunteer(scan, by))
    if sent := _seen_before(shift_id, scan):
        return sent
    refuse_own(owner, by.id)
    comes = scan.action in ("in", WALK_IN)
    if comes:
        _seat(scan, shift_id, owner.volunteer_id, by)
    shift = managed_shift(shift_id, by)
    _refuse_shut(shift)
    found = attendance_of(shift_id, owner.volunteer_id)
    holds = found is not None and shift.closed_at is not None and _is_credited(found.id)
    attendance_id = found.id if found else open_attendance(shift_id, owner.volunteer_id)
    entry = _entry(scan, shift, by, device, latest_at(attendance_id))
    written = press(attendance_id, entry, holds)
    if comes and not holds:
        _welcome(owner, shift, by)
    if scan.action == WALK_IN:
        ask_household(owner.volunteer_id, shift_id)
    return told(scan.nonce, shift_id, owner.volunteer_id, written, entry)


def _welcome(owner: Owner, shift: ShiftRow, by: Viewer) -> None:
    """Who came is real, and was not absent after all where the gate had closed already."""
    verify_seen(owner, by.id)
    if shift.closed_at is not None:
        lift_what_no_longer_holds(owner.volunteer_id, shift.community_id)


def _seen_before(shift_id: int, scan: Scan) -> ScanResult | None:
    """What the press of this name did when it came; none where it has not."""
    entry_id = db.session.scalar(select(AttendanceLog.id).where(AttendanceLog.nonce == scan.nonce))
    return told_again(scan.nonce, shift_id, entry_id) if entry_id else None


def _volunteer(scan: Scan, by: Viewer) -> int:
    if scan.action == WALK_IN:
        return person_at_the_gate(scan.name, scan.phone, by.id).volunteer_id
    return scan.volunteer_id or 0


def _seat(scan: Scan, shift_id: int, volunteer_id: int, by: Viewer) -> None:
    """Whoever came has a seat, given back meanwhile or not; a stranger to the shift walks in."""
    place = live_place(shift_id, volunteer_id)
    if place is not None and place.state is SignupState.SEATED:
        return
    _owner, shift = lock_pair(volunteer_id, shift_id)
    _refuse_shut(shift)
    if scan.action == "in" and not _is_known(shift_id, volunteer_id):
        raise NotSeated
    seat_who_came(volunteer_id, shift_id, _("断网时已签到"), by)


def _refuse_shut(shift: ShiftRow) -> None:
    """Refuse what cannot be; a gate that is over or closed takes what was seen before, for as
    long as a printed list could be typed in. Later it is a make-up."""
    if is_called_off(shift):
        raise ShiftCalledOff
    if clock.now() < shift.starts_at - EARLY:
        raise TooEarly
    if clock.now() > shift.ends_at + TYPED_WITHIN:
        raise PaperTooLate


def _entry(
    scan: Scan, shift: ShiftRow, by: Viewer, device: str, latest: datetime | None
) -> Entry:  # fmt: skip
    """The press, cut to what can be: it is not earlier now than at the `latest` press."""
    opens, true, arrived = shift.starts_at - EARLY, scan.happened_at, clock.now()
    now = max(arrived, latest or arrived)
    action = "in" if scan.action == WALK_IN else scan.action
    flag = flags(true, scan.skew, opens, shift.ends_at, now, action, shift.closed_at is not None)
    if now > arrived:
        flag = f"{flag} {CLOCK_BACK}".strip()
    return Entry(
        action, by.id, cut(true, opens, shift.ends_at, now), how=scan.how, device=device,
        nonce=scan.nonce, received_at=arrived, said_at=scan.at, skew=scan.skew, flag=flag,
    )  # fmt: skip


def _is_credited(attendance_id: int) -> bool:
    line = select(HourEntry.id).where(HourEntry.attendance_id == attendance_id)
    return db.session.scalar(line.limit(1)) is not None


def _is_known(shift_id: int, volunteer_id: int) -> bool:
    """Whether the person ever had a place here: on the list that the phone took along."""
    place = select(Signup.id).where(
        Signup.shift_id == shift_id, Signup.volunteer_id == volunteer_id
    )
    return db.session.scalar(place.limit(1)) is not None
