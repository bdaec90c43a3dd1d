"""Who stands for each presence of a shift, and by what: read from the presses, the places and the
scans (docs/adr/0032)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from volboard.accounts.models import Volunteer
from volboard.attendance.models import Arrival, Attendance, AttendanceLog
from volboard.attendance.presses import press_of
from volboard.attendance.rules import CAME, CODE_SHOWN, standing
from volboard.core.db import db
from volboard.events.shift_commands import ShiftRow
from volboard.hours.witness_rules import Role, Sign, Witness, late_by
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState

OWN_SIGNS = {"venue": Sign.VENUE}


def witnesses_of(shift: ShiftRow) -> Mapping[int, tuple[Witness, ...]]:
    """Those who stand for each presence, by attendance; two statements.

    Whoever signed somebody else up, opened the venue's code or closed the gate stands for nothing.
    """
    found = defaultdict[int, dict[tuple[int, Sign], Witness]](dict)
    for attendance_id, witness in [*_by_presses(shift), *_by_own_signs(shift)]:
        mine = found[attendance_id]
        earlier = mine.setdefault((witness.account_id, witness.sign), witness)
        if witness.late_minutes > earlier.late_minutes:
            mine[witness.account_id, witness.sign] = witness
    return {attendance_id: tuple(signs.values()) for attendance_id, signs in found.items()}


def _by_presses(shift: ShiftRow) -> Iterator[tuple[int, Witness]]:
    """The presses that count, each of whoever made it."""
    log = AttendanceLog
    rows = db.session.execute(
        select(log.action, log.at, log.by, log.seen_by, log.how, log.device, log.nonce,
               log.said_at, log.clock_skew, log.id, log.received_at, log.attendance_id,
               Volunteer.account_id)
        .join(Attendance, Attendance.id == log.attendance_id)
        .join(Volunteer, Volunteer.id == Attendance.volunteer_id)
        .where(Attendance.shift_id == shift.id, Attendance.state.in_(CAME))
        .order_by(log.attendance_id, log.id)
    )  # fmt: skip
    by_person = defaultdict[int, list[Any]](list)
    for row in rows:
        by_person[row.attendance_id].append(row)
    for attendance_id, presses in by_person.items():
        counted = {press.id for press in standing(map(press_of, presses)).story}
        for press in presses:
            if press.id in counted:
                yield from ((attendance_id, one) for one in _of_press(press, shift.ends_at))


def _of_press(row: Any, ends_at: datetime) -> Iterable[Witness]:
    """An organizer's press, with the code that was shown for it; or the household's own scan."""
    late = late_by(row.received_at or row.at, ends_at)
    if row.by != row.account_id:
        yield Witness(row.by, Role.ORGANIZER, Sign.PRESS, row.at, late)
        if row.how == CODE_SHOWN:
            yield Witness(row.account_id, Role.VOLUNTEER, Sign.CODE, row.at, late)
    elif row.how in OWN_SIGNS:
        yield Witness(row.by, Role.VOLUNTEER, OWN_SIGNS[row.how], row.at, late)


def _by_own_signs(shift: ShiftRow) -> Iterator[tuple[int, Witness]]:
    """What the household's own phone said before the shift ended: a place that it took itself,
    that it would come, that it stood before the printed code."""
    a, s, v, r = Attendance, Signup, Volunteer, Arrival
    own = and_(s.shift_id == a.shift_id, s.volunteer_id == a.volunteer_id,
               s.state != SignupState.CANCELLED)  # fmt: skip
    claimed = and_(r.shift_id == a.shift_id, r.volunteer_id == a.volunteer_id,
                   r.claimed_by == v.account_id, r.state == "confirmed")  # fmt: skip
    rows = db.session.execute(
        select(a.id, v.account_id, s.made_by, s.created_at, s.coming_said_at,
               func.min(r.arrived_at).label("arrived_at"))
        .join(v, v.id == a.volunteer_id)
        .outerjoin(s, own)
        .outerjoin(r, claimed)
        .where(a.shift_id == shift.id, a.state.in_(CAME))
        .group_by(a.id, v.account_id, s.id, s.made_by, s.created_at, s.coming_said_at)
    )  # fmt: skip
    for row in rows:
        signed_up = row.created_at if row.made_by == row.account_id else None
        signs = ((Sign.SIGNUP, signed_up), (Sign.COMING, row.coming_said_at),
                 (Sign.WALL_CODE, row.arrived_at))  # fmt: skip
        for sign, at in signs:
            if at is not None and at < shift.ends_at:
                yield row.id, Witness(row.account_id, Role.VOLUNTEER, sign, at)
