"""Who stands for a line, or for a presence that is none yet, as people read it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from volboard.accounts.models import Volunteer
from volboard.core.db import db
from volboard.hours.models import PresenceWitness


@dataclass(frozen=True)
class Stands:
    """Somebody who stands for a presence, by name; pages mask it."""

    attendance_id: int
    account_id: int
    name: str
    role: str
    sign: str
    at: datetime
    late_minutes: int


def stands_of(attendance_ids: Collection[int]) -> Mapping[int, tuple[Stands, ...]]:
    """Those who stand for each of these presences, in the order of time; one statement."""
    w, v, found = PresenceWitness, Volunteer, defaultdict[int, list[Stands]](list)
    rows = db.session.execute(
        select(w.attendance_id, w.account_id, v.name, w.role, w.sign, w.at, w.late_minutes)
        .join(v, and_(v.account_id == w.account_id, v.is_self))
        .where(w.attendance_id.in_(attendance_ids))
        .order_by(w.at, w.id)
    )
    for row in rows:
        found[row.attendance_id].append(Stands(**row._mapping))
    return {attendance_id: tuple(stands) for attendance_id, stands in found.items()}
