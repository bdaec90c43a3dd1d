"""The one writer of those who stand for a presence, and what is known of them.

Inside the caller's transaction, who holds the volunteers' rows or the shift's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, not_, or_, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import DeskCode, Sighting, Volunteer
from volboard.communities.models import Community
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.hours.digests import witness_digest
from volboard.hours.models import HourEntry, PresenceWitness
from volboard.hours.rules import EntryKind
from volboard.hours.witness_rules import (
    CAP_SPAN,
    FROM_BEFORE,
    Case,
    Lack,
    Role,
    Sign,
    Witness,
    unusual,
)


@dataclass(frozen=True)
class Presented:
    """A presence whose case is to be known."""

    attendance_id: int
    volunteer_id: int
    served_from: datetime
    minutes: int


def keep(standing: Mapping[int, Iterable[Witness]], anew: Collection[int]) -> None:
    """Write who stands for presences that have no line, by attendance; three statements.

    Confirmations stay, but for the presences `anew`: their times are not those that somebody
    confirmed.
    """
    w = PresenceWitness
    derived = and_(w.attendance_id.in_(standing.keys()), w.sign != Sign.CONFIRMED)
    for gone in (derived, w.attendance_id.in_(anew)):
        db.session.execute(delete(w).where(gone).execution_options(synchronize_session=False))
    rows = [row_of(number, one) for number, signs in standing.items() for one in signs]
    if rows:
        db.session.execute(insert(w), rows)


def add(attendance_id: int, witness: Witness) -> None:
    """Let somebody stand for a presence, once by each sign."""
    w = PresenceWitness
    same = select(w.id).where(w.attendance_id == attendance_id, w.sign == witness.sign,
                              w.account_id == witness.account_id)  # fmt: skip
    if db.session.scalar(same) is None:
        db.session.execute(insert(w), [row_of(attendance_id, witness)])


def row_of(attendance_id: int, one: Witness) -> dict[str, object]:
    return {"attendance_id": attendance_id, "account_id": one.account_id, "role": one.role,
            "sign": one.sign, "at": one.at, "late_minutes": one.late_minutes}  # fmt: skip


def digests(attendance_ids: Collection[int]) -> Mapping[int, str]:
    """What the line of each presence says of those who stand for it; one statement."""
    w, found = PresenceWitness, defaultdict[int, list[Iterable[object]]](list)
    rows = db.session.execute(
        select(w.attendance_id, w.account_id, w.role, w.sign, w.at, w.late_minutes)
        .where(w.attendance_id.in_(attendance_ids))
    )  # fmt: skip
    for attendance_id, *stands in rows:
        found[attendance_id].append(stands)
    return {attendance_id: witness_digest(stands) for attendance_id, stands in found.items()}


def cases(shift_id: int, presented: Collection[Presented]) -> Mapping[int, Case]:
    """What decides whether each presence of a shift is a line, by attendance; four statements."""
    kind, announced_by = _unusual(shift_id)
    standing = _standing([one.attendance_id for one in presented])
    people = [one.volunteer_id for one in presented]
    known, alone = _known_to(people), _alone(people, presented)
    return {
        one.attendance_id: Case(
            witnesses=tuple(standing.get(one.attendance_id, ())),
            served_from=one.served_from,
            minutes=one.minutes,
            known_to=frozenset(known.get(one.volunteer_id, ())),
            announced_by=announced_by,
            unusual=kind,
            alone=tuple(alone.get(one.volunteer_id, ())),
        )
        for one in presented
    }


def _unusual(shift_id: int) -> tuple[Lack | None, int]:
    s = Shift
    row = db.session.execute(
        select(s.announced_at, s.announced_by, s.starts_at, s.ends_at, Community.longest_shift)
        .join(Event, Event.id == s.event_id)
        .join(Community, Community.id == Event.community_id)
        .where(s.id == shift_id)
    ).one()
    kind = unusual(row.announced_at, row.starts_at, row.ends_at, row.longest_shift)
    return kind, row.announced_by or 0


def _standing(attendance_ids: Collection[int]) -> Mapping[int, list[Witness]]:
    w, found = PresenceWitness, defaultdict[int, list[Witness]](list)
    rows = db.session.execute(
        select(w.attendance_id, w.account_id, w.role, w.sign, w.at, w.late_minutes,
               or_(w.role == Role.ORGANIZER, not_(_by_a_desk_code())).label("counts"))
        .where(w.attendance_id.in_(attendance_ids))
        .order_by(w.at, w.id)
    )  # fmt: skip
    for row in rows:
        found[row.attendance_id].append(
            Witness(row.account_id, Role(row.role), Sign(row.sign), row.at, row.late_minutes,
                    bool(row.counts))
        )  # fmt: skip
    return found


def _by_a_desk_code() -> ColumnElement[bool]:
    """Whether a code of the desk had opened the account before, and no other organizer than the
    one who handed it out has seen anybody of the household since."""
    d, s, household = DeskCode, Sighting, aliased(Volunteer)
    seen_since = (
        select(s.id)
        .join(household, household.id == s.volunteer_id)
        .where(household.account_id == d.account_id, s.last_at > d.used_at,
               or_(s.organizer_id.is_(None), s.organizer_id != d.issued_by))
        .correlate(d)
        .exists()
    )  # fmt: skip
    return exists().where(
        d.account_id == PresenceWitness.account_id, d.used_at <= PresenceWitness.at,
        not_(seen_since),
    ).correlate(PresenceWitness)  # fmt: skip


def _known_to(people: Collection[int]) -> Mapping[int, list[int]]:
    found = defaultdict[int, list[int]](list)
    rows = db.session.execute(
        select(Sighting.volunteer_id, Sighting.organizer_id)
        .where(Sighting.volunteer_id.in_(people))
    )  # fmt: skip
    for volunteer_id, organizer_id in rows:
        found[volunteer_id].append(FROM_BEFORE if organizer_id is None else organizer_id)
    return found


def _alone(
    people: Collection[int], presented: Collection[Presented]
) -> Mapping[int, list[tuple[int, datetime, int]]]:
    """The lines around these presences that rest on one organizer and that hold."""
    e, w, undone, found = HourEntry, PresenceWitness, aliased(HourEntry), defaultdict[
        int, list[tuple[int, datetime, int]]](list)  # fmt: skip
    if not presented:
        return found
    first = min(one.served_from for one in presented) - CAP_SPAN
    last = max(one.served_from for one in presented) + CAP_SPAN
    who = func.min(w.account_id).label("who")
    rows = db.session.execute(
        select(e.volunteer_id, e.served_from, e.minutes, who)
        .join(w, and_(w.attendance_id == e.attendance_id, w.role == Role.ORGANIZER))
        .where(e.volunteer_id.in_(people), e.served_from > first, e.served_from < last,
               e.kind != EntryKind.REVERSAL, ~exists().where(undone.reverses == e.id))
        .group_by(e.id, e.volunteer_id, e.served_from, e.minutes, e.recorded_by, e.kind)
        .having(func.count(w.account_id.distinct()) == 1)
        .having(or_(e.kind == EntryKind.CREDIT, e.recorded_by == func.min(w.account_id)))
    )  # fmt: skip
    for volunteer_id, served_from, minutes, account_id in rows:
        found[volunteer_id].append((account_id, served_from, minutes))
    return found
