"""Confirming what a closing saw, refusing it, and asking again once it has lapsed."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from volboard.accounts.household_queries import is_own
from volboard.accounts.models import Volunteer
from volboard.communities.rule_queries import community_rules
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import Query, db, locked, transaction
from volboard.core.errors import NotFound
from volboard.events.shift_commands import lock_shift
from volboard.hours import witnesses
from volboard.hours.commands import Evidence, credit
from volboard.hours.errors import Lapsed, NotLapsed, NotWaiting, OwnHours, OwnPress
from volboard.hours.make_up_errors import HasLine
from volboard.hours.make_up_grounds import line_of_shift
from volboard.hours.models import PresenceWitness, Unconfirmed
from volboard.hours.presenting import rewrite
from volboard.hours.rules import Presence, read
from volboard.hours.telling import tell_asked_again, tell_refused, untell
from volboard.hours.witness_rules import Role, Sign, UnconfirmedState, Witness, has_lapsed
from volboard.hours.witnesses import Presented, cases


def confirm_all(shift_id: int, ids: Collection[int], by: Viewer) -> int:
    """Let an organizer stand for those of a shift whom they know to have been there; answers how
    many became lines.

    Whom they checked in or out themselves, their own household, and what is settled or has lapsed
    meanwhile is left as it is. Raises NotFound outside this person's communities.
    """
    with transaction():
        rows = _held(select(Unconfirmed).where(Unconfirmed.id.in_(ids)), shift_id)
        if not by.manages(lock_shift(shift_id).community_id):
            raise NotFound
        pressed = _pressed_by(by.id, [row.attendance_id for row in rows])
        return sum(
            _confirm(row, by.id, Role.ORGANIZER)
            for row in rows
            if row.attendance_id not in pressed
            and _is_open(row) and not is_own(row.volunteer_id, by.id)
        )  # fmt: skip


def confirm(unconfirmed_id: int, by: Viewer) -> bool:
    """Let an organizer stand for one presence; tells whether it is a line now.

    Raises NotFound, OwnHours, OwnPress (who pressed confirms nothing), NotWaiting, Lapsed.
    """
    with transaction():
        row = _managed(unconfirmed_id, by)
        if is_own(row.volunteer_id, by.id):
            raise OwnHours
        if _pressed_by(by.id, [row.attendance_id]):
            raise OwnPress
        _refuse_settled(row)
        return _confirm(row, by.id, Role.ORGANIZER)


def confirm_own(unconfirmed_id: int, by: Viewer) -> bool:
    """Let the household's own phone stand for its presence; tells whether it is a line now.

    Raises NotFound for anybody else's, NotWaiting, Lapsed.
    """
    with transaction():
        row = _own(unconfirmed_id, by)
        _refuse_settled(row)
        return _confirm(row, by.id, Role.VOLUNTEER)


def refuse(unconfirmed_id: int, words: str, by: Viewer) -> None:
    """Say that it was not so; the volunteer reads why, and can ask again.

    Raises NotFound, OwnHours, NotWaiting.
    """
    with transaction():
        row = _managed(unconfirmed_id, by)
        if is_own(row.volunteer_id, by.id):
            raise OwnHours
        if row.state != UnconfirmedState.WAITING:
            raise NotWaiting
        rewrite(row, state=UnconfirmedState.REFUSED, settled_at=clock.now(), settled_by=by.id,
               answer=words)  # fmt: skip
        tell_refused(row.id, row.community_id, row.volunteer_id, row.shift_id, words, by.id)


def ask_again(unconfirmed_id: int, words: str, by: Viewer) -> None:
    """Dispute what has lapsed or was refused: it waits for thirty days more, with these words.

    Raises NotFound for anybody else's, NotLapsed where it waits still, HasLine where its hours
    were entered in another way.
    """
    with transaction():
        row = _own(unconfirmed_id, by)
        if row.state == UnconfirmedState.CREDITED:
            raise NotWaiting
        if _is_open(row):
            raise NotLapsed
        if line_of_shift(row.volunteer_id, row.shift_id):
            raise HasLine
        now = clock.now()
        rewrite(row, state=UnconfirmedState.WAITING, since=now, asked_again_at=now,
               objection=words, settled_at=None, settled_by=None, answer="")  # fmt: skip
        tell_asked_again(row.id, row.community_id, row.volunteer_id, row.shift_id, by.id)


def _confirm(row: Unconfirmed, by: int, role: Role) -> bool:
    """Let somebody stand for a presence, and credit it if that completes it."""
    witnesses.add(row.attendance_id, Witness(by, role, Sign.CONFIRMED, clock.now()))
    case = cases(row.shift_id, [Presented(row.attendance_id, row.volunteer_id, row.served_from,
                                          row.minutes)])[row.attendance_id]  # fmt: skip
    if case.lacks:
        rewrite(row, lacks=" ".join(case.lacks))
        return False
    if line_of_shift(row.volunteer_id, row.shift_id):
        raise HasLine
    told = witnesses.digests([row.attendance_id])[row.attendance_id]
    credit(_evidence(row), row.closed_by, community_rules(row.community_id), told)
    rewrite(row, state=UnconfirmedState.CREDITED, settled_at=clock.now(), settled_by=by)
    untell(row.shift_id, row.volunteer_id)
    return True


def _evidence(row: Unconfirmed) -> Evidence:
    """What the closing saw."""
    return Evidence(
        volunteer_id=row.volunteer_id, community_id=row.community_id, shift_id=row.shift_id,
        attendance_id=row.attendance_id, planned_minutes=row.planned_minutes,
        presence=Presence(row.served_from, row.served_to, row.rule, read(row.breaks)),
        how=row.how, seen_by=row.seen_by, seen_at=row.seen_at, device=row.device,
    )  # fmt: skip


def _managed(unconfirmed_id: int, by: Viewer) -> Unconfirmed:
    row = db.session.get(Unconfirmed, unconfirmed_id)
    if row is None or not by.manages(row.community_id):
        raise NotFound
    return _one(row)


def _own(unconfirmed_id: int, by: Viewer) -> Unconfirmed:
    row = db.session.get(Unconfirmed, unconfirmed_id)
    if row is None or _owner_of(row.volunteer_id) != by.id:
        raise NotFound
    return _one(row)


def _one(row: Unconfirmed) -> Unconfirmed:
    return _held(select(Unconfirmed).where(Unconfirmed.id == row.id), row.shift_id)[0]


def _held(asked: Query, shift_id: int) -> list[Unconfirmed]:
    """These rows of the shift, after their volunteers and the shift, as everywhere."""
    u, v = Unconfirmed, Volunteer
    asked = asked.where(u.shift_id == shift_id)
    people = asked.with_only_columns(u.volunteer_id)
    db.session.execute(locked(select(v.id).where(v.id.in_(people)).order_by(v.id), of=v))
    lock_shift(shift_id)
    rows: Any = locked(asked.order_by(u.volunteer_id), of=u)
    return list(db.session.scalars(rows))


def _pressed_by(account_id: int, attendance_ids: Collection[int]) -> frozenset[int]:
    """Those of the presences for which this account pressed."""
    w = PresenceWitness
    pressed = select(w.attendance_id).where(
        w.attendance_id.in_(attendance_ids), w.account_id == account_id, w.sign == Sign.PRESS
    )
    return frozenset(db.session.scalars(pressed))


def _owner_of(volunteer_id: int) -> int:
    owner = select(Volunteer.account_id).where(Volunteer.id == volunteer_id)
    return db.session.scalars(owner).one()


def _is_open(row: Unconfirmed) -> bool:
    return row.state == UnconfirmedState.WAITING and not has_lapsed(row.since, clock.now())


def _refuse_settled(row: Unconfirmed) -> None:
    if row.state != UnconfirmedState.WAITING:
        raise NotWaiting
    if has_lapsed(row.since, clock.now()):
        raise Lapsed
