"""Who scanned the printed code says so, and an organizer answers."""

from sqlalchemy import select, update

from volboard.attendance.arrival_queries import WAITS, open_arrival
from volboard.attendance.commands import check_in
from volboard.attendance.errors import AlreadyLeft, NothingToConfirm, NotSeated, OwnAttendance
from volboard.attendance.models import Arrival
from volboard.attendance.powers import managed_shift
from volboard.attendance.presses import attendance_of
from volboard.attendance.rules import CAME
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.signups.places import live_place, lock_volunteer
from volboard.signups.rules import SignupState

CANNOT = (OwnAttendance, NotSeated, AlreadyLeft)


def claim(shift_id: int, volunteer_id: int, by: Viewer, device: str) -> None:
    """Write down that this person says to be here; within the caller's transaction and locks.

    Whoever waits already keeps the first time; whoever was checked in needs no more. Raises
    NotSeated.
    """
    place = live_place(shift_id, volunteer_id)
    if place is None or place.state is not SignupState.SEATED:
        raise NotSeated
    came = attendance_of(shift_id, volunteer_id)
    if (came and came.state in CAME) or open_arrival(shift_id, volunteer_id):
        return
    db.session.add(
        Arrival(shift_id=shift_id, volunteer_id=volunteer_id, arrived_at=clock.now(),
                claimed_by=by.id, device=device)
    )  # fmt: skip
    db.session.flush()


def confirm(shift_id: int, arrival_id: int, by: Viewer) -> None:
    """Check in somebody who scanned the printed code, as of when they did.

    Raises NothingToConfirm, and as `commands.check_in` does.
    """
    with transaction():
        rows = _held(shift_id, (arrival_id,), by)
        if not rows:
            raise NothingToConfirm
        _confirm(rows[0], by)


def confirm_all(shift_id: int, arrival_ids: tuple[int, ...], by: Viewer) -> int:
    """Confirm those whom the organizer saw on the list; answers how many.

    The organizer's own household, and whoever gave the seat back, stays on the list.
    """
    with transaction():
        done = 0
        for row in _held(shift_id, arrival_ids, by):
            try:
                _confirm(row, by)
            except CANNOT:
                continue
            done += 1
        return done


def dismiss(shift_id: int, arrival_id: int, by: Viewer) -> None:
    """Say that the person is not here; raises NothingToConfirm."""
    with transaction():
        rows = _held(shift_id, (arrival_id,), by)
        if not rows:
            raise NothingToConfirm
        _decide(rows[0], "dismissed", by)


def _held(shift_id: int, arrival_ids: tuple[int, ...], by: Viewer) -> list[Arrival]:
    """Those of the shift that still wait, by volunteer; their volunteers and the shift held."""
    r = Arrival
    asked = select(r).where(r.shift_id == shift_id, r.id.in_(arrival_ids), WAITS)
    people = db.session.scalars(asked.with_only_columns(r.volunteer_id).order_by(r.volunteer_id))
    for person in list(people):
        lock_volunteer(person)
    managed_shift(shift_id, by)
    again = asked.order_by(r.volunteer_id).execution_options(populate_existing=True)
    return list(db.session.scalars(again))


def _confirm(row: Arrival, by: Viewer) -> None:
    check_in(row.shift_id, row.volunteer_id, by, "paper_code", row.device, row.arrived_at)
    _decide(row, "confirmed", by)


def _decide(row: Arrival, state: str, by: Viewer) -> None:
    db.session.execute(
        update(Arrival)
        .where(Arrival.id == row.id)
        .values(state=state, decided_at=clock.now(), decided_by=by.id)
        .execution_options(synchronize_session=False)
    )
