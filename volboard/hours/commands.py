"""Appending to the ledger. Nothing here changes a line: triggers forbid it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.events.models import Shift
from volboard.hours.errors import (
    AlreadyReversed,
    NeedsAnother,
    NothingChanged,
    OutsideShift,
    OwnHours,
)
from volboard.hours.models import HourEntry
from volboard.hours.rules import EntryKind, Presence, needs_second_person


@dataclass(frozen=True)
class Evidence:
    """What a credit rests on: which attendance, who saw it, when, how, on which device."""

    volunteer_id: int
    community_id: int
    shift_id: int
    attendance_id: int
    presence: Presence
    planned_minutes: int
    how: str
    seen_by: int
    seen_at: datetime
    device: str


def credit(evidence: Evidence, by: int) -> int | None:
    """Append the minutes of one attendance; answers the entry's id.

    None where there is not one whole minute to credit. Raises OwnHours where `by` is the
    volunteer's own account. The same attendance is credited once (`one_credit_per_attendance`).
    """
    if evidence.presence.minutes < 1:
        return None
    with transaction():
        refuse_own(evidence.volunteer_id, by)
        return _append(HourEntry(
            kind=EntryKind.CREDIT,
            volunteer_id=evidence.volunteer_id,
            community_id=evidence.community_id,
            shift_id=evidence.shift_id,
            attendance_id=evidence.attendance_id,
            minutes=evidence.presence.minutes,
            planned_minutes=evidence.planned_minutes,
            served_from=evidence.presence.start,
            served_to=evidence.presence.end,
            how=evidence.how,
            seen_by=evidence.seen_by,
            seen_at=evidence.seen_at,
            device=evidence.device,
            rule=evidence.presence.rule,
            recorded_by=by,
        ))  # fmt: skip


def correct(entry_id: int, came: datetime, left: datetime, reason: str, by: Viewer) -> int:
    """Reverse a line and, unless nothing is left, append the right one; answers the last id.

    Raises NotFound to strangers, OwnHours, NeedsAnother (more minutes need somebody else than
    the one who recorded the line), AlreadyReversed, NothingChanged, OutsideShift.
    """
    with transaction():
        old = _entry(entry_id, by)
        refuse_own(old.volunteer_id, by.id)
        presence = _within_shift(old.shift_id, came, left)
        if presence.minutes == old.minutes and presence.start == old.served_from:
            raise NothingChanged
        if needs_second_person(old.minutes, presence.minutes) and by.id == old.recorded_by:
            raise NeedsAnother
        reversal = _append(_reversal(old, reason, by.id))
        if presence.minutes < 1:
            return reversal
        return _append(_replacement(old, presence, reason, by.id))


def refuse_own(volunteer_id: int, by: int) -> None:
    """Raise OwnHours where the account would credit itself or its family."""
    owner = select(Volunteer.account_id).where(Volunteer.id == volunteer_id)
    if db.session.scalar(owner) == by:
        raise OwnHours


def _append(entry: HourEntry) -> int:
    entry.recorded_at = clock.now()
    db.session.add(entry)
    db.session.flush()
    return entry.id


def _entry(entry_id: int, by: Viewer) -> HourEntry:
    entry = db.session.scalars(
        locked(select(HourEntry).where(HourEntry.id == entry_id), of=HourEntry)
    ).one_or_none()
    if entry is None or not by.manages(entry.community_id) or entry.kind == EntryKind.REVERSAL:
        raise NotFound
    if db.session.scalar(select(HourEntry.id).where(HourEntry.reverses == entry_id)):
        raise AlreadyReversed
    return entry


def _within_shift(shift_id: int, came: datetime, left: datetime) -> Presence:
    starts_at, ends_at = db.session.execute(
        select(Shift.starts_at, Shift.ends_at).where(Shift.id == shift_id)
    ).one()
    if not starts_at <= came <= left <= ends_at:
        raise OutsideShift
    return Presence(came, left, "")


def _reversal(old: HourEntry, reason: str, by: int) -> HourEntry:
    return HourEntry(kind=EntryKind.REVERSAL, minutes=-old.minutes, reverses=old.id,
                     served_from=old.served_from, served_to=old.served_to, rule=old.rule,
                     reason=reason, recorded_by=by, **_same_evidence(old))  # fmt: skip


def _replacement(old: HourEntry, presence: Presence, reason: str, by: int) -> HourEntry:
    return HourEntry(kind=EntryKind.CORRECTION, minutes=presence.minutes, replaces=old.id,
                     served_from=presence.start, served_to=presence.end, rule="",
                     reason=reason, recorded_by=by, **_same_evidence(old))  # fmt: skip


def _same_evidence(old: HourEntry) -> dict[str, object]:
    names = ("volunteer_id", "community_id", "shift_id", "attendance_id", "planned_minutes",
             "how", "seen_by", "seen_at", "device")  # fmt: skip
    return {name: getattr(old, name) for name in names}
