"""Closing a shift: whoever came is credited or waits for another, whoever did not is marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, func, not_, select

from volboard.accounts.commands import note_sightings
from volboard.accounts.identity_models import HouseholdProposal
from volboard.accounts.models import Volunteer
from volboard.attendance.absences import pause_who_missed
from volboard.attendance.break_queries import breaks_of
from volboard.attendance.errors import GateClosed, NotBegun, ShiftCalledOff
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.attendance.people_sql import NOT_COME
from volboard.attendance.powers import is_called_off, managed_shift
from volboard.attendance.presses import Entry, open_attendance, press
from volboard.attendance.rules import CAME, IN_PERSON
from volboard.attendance.standing_for import witnesses_of
from volboard.communities.rule_queries import community_rules
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.events.shift_commands import ShiftRow, mark_closed
from volboard.hours.commands import Evidence
from volboard.hours.models import HourEntry
from volboard.hours.presenting import present
from volboard.hours.rules import Stay, presence
from volboard.hours.witness_rules import LATE_MINUTES, Role, Sign, Witness
from volboard.signups.models import Signup
from volboard.signups.queries import seat_came_too_late
from volboard.signups.rules import SignupState


@dataclass(frozen=True)
class Closing:
    """What closing did: people credited, marked absent, left for another organizer to close for,
    and waiting for somebody to confirm."""

    credited: int
    absent: int
    left_for_another: int
    waiting: int = 0


def close_shift(shift_id: int, by: Viewer) -> Closing:
    """Close the gate: credit real minutes, mark who did not come. Answers what was done.

    Minutes rest on two; with one they wait to be confirmed (docs/adr/0032). The closer's own
    household, and whom the closer's phone brought after the closing, is left for another
    organizer, who presses again. Pressed again it credits only whom it had left.
    Raises NotFound, NotBegun, ShiftCalledOff.
    """
    with transaction():
        shift = managed_shift(shift_id, by)
        if is_called_off(shift):
            raise ShiftCalledOff
        if clock.now() < shift.starts_at:
            raise NotBegun
        absent = _mark_absent(shift, by) if shift.closed_at is None else 0
        closed_at, stand = mark_closed(shift_id, by.id), witnesses_of(shift)
        _note_sightings(shift_id, stand)
        if shift.kind != "service":
            return Closing(0, absent, 0)
        rows = _uncredited(shift_id, by)
        others = [row[0] for row in rows if not (row.account_id == by.id or row.is_late)]
        away, rules = breaks_of(shift_id), community_rules(shift.community_id)
        evidence = [_evidence(came, away.get(came.id, ()), shift, closed_at, stand.get(came.id, ()))
                    for came in others]  # fmt: skip
        outcome = present(shift_id, evidence, by.id, rules)
        left = len(rows) - len(others)
        return Closing(outcome.credited, absent, left, outcome.waiting)


def _mark_absent(shift: ShiftRow, by: Viewer) -> int:
    """Mark who had a seat in time and did not come."""
    a, too_late = Attendance, seat_came_too_late(shift.starts_at, shift.cancel_notice)
    missing = db.session.execute(
        select(Signup.volunteer_id, a.id)
        .outerjoin(a, and_(a.shift_id == Signup.shift_id, a.volunteer_id == Signup.volunteer_id))
        .where(Signup.shift_id == shift.id, Signup.state == SignupState.SEATED, not_(too_late))
        .where(NOT_COME)
    ).all()
    for volunteer_id, attendance_id in missing:
        found = attendance_id or open_attendance(shift.id, volunteer_id)
        press(found, Entry("absent", by.id))
    pause_who_missed([volunteer_id for volunteer_id, _known in missing], shift.community_id)
    return len(missing)


def _note_sightings(shift_id: int, stand: Mapping[int, tuple[Witness, ...]]) -> None:
    """Keep by which organizer each of them was checked in, in person and in time.

    Their rows are what two gates that close at once wait for, so neither forgets what the other
    gives by the same organizer.
    """
    a = Attendance
    rows = db.session.execute(
        select(a.id, a.volunteer_id, a.checked_in_by, a.checked_in_at).where(
            a.shift_id == shift_id, a.state.in_(CAME), a.how.in_(IN_PERSON)
        )
    )
    note_sightings(
        (row.volunteer_id, row.checked_in_by, row.checked_in_at)
        for row in rows
        if _pressed_in_time(row.checked_in_by, stand.get(row.id, ()))
    )


def _pressed_in_time(by: int, witnesses: tuple[Witness, ...]) -> bool:
    return any(
        one.account_id == by and one.role is Role.ORGANIZER and one.sign is Sign.PRESS
        and one.late_minutes <= LATE_MINUTES
        for one in witnesses
    )  # fmt: skip


def _uncredited(shift_id: int, by: Viewer) -> list[Row[Attendance, int, bool]]:
    """Who came and has no line, whose they are or may turn out to be, and whether `by` said so
    after the closing only."""
    p = HouseholdProposal
    asked = select(p.account_id).where(p.volunteer_id == Volunteer.id, p.answer == "")
    whose = func.coalesce(asked.scalar_subquery(), Volunteer.account_id)
    rows = db.session.execute(
        select(Attendance, whose.label("account_id"), _brought_late(by.id).label("is_late"))
        .join(Volunteer, Volunteer.id == Attendance.volunteer_id)
        .outerjoin(HourEntry, and_(HourEntry.shift_id == Attendance.shift_id,
                                   HourEntry.volunteer_id == Attendance.volunteer_id))
        .where(Attendance.shift_id == shift_id, Attendance.state.in_(CAME))
        .where(HourEntry.id.is_(None))
        .order_by(Attendance.volunteer_id)
    )  # fmt: skip
    return list(rows)


def _brought_late(by: int) -> ColumnElement[bool]:
    """Whether this account pressed for somebody when the gate was closed: hours that come late
    take two organizers, as a make-up does."""
    log = AttendanceLog
    late = select(log.id).where(log.attendance_id == Attendance.id, log.by == by)
    return late.where(log.flag.contains("after_closing")).correlate(Attendance).exists()


def _evidence(
    came: Attendance, away: tuple[Stay, ...], shift: ShiftRow, closed_at: datetime,
    witnesses: tuple[Witness, ...],
) -> Evidence:  # fmt: skip
    if came.checked_in_at is None or came.checked_in_by is None:
        raise GateClosed
    return Evidence(
        volunteer_id=came.volunteer_id,
        community_id=shift.community_id,
        shift_id=shift.id,
        attendance_id=came.id,
        presence=presence(
            came.checked_in_at,
            came.checked_out_at,
            shift.starts_at,
            shift.ends_at,
            closed_at,
            away,
        ),
        planned_minutes=int((shift.ends_at - shift.starts_at).total_seconds()) // 60,
        how=came.how,
        seen_by=came.checked_in_by,
        seen_at=came.checked_in_at,
        device=came.device,
        witnesses=witnesses,
    )
