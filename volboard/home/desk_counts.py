"""What waits for an organizer: how many of each, and where to go."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, text
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.attendance.models import Arrival, Attendance
from volboard.attendance.rules import CAME, EARLY, AttendanceState
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.rules import EventState
from volboard.hours.models import Dispute, MakeUp
from volboard.hours.rules import MakeUpState
from volboard.hours.unconfirmed_queries import waits_for
from volboard.messages.call_queries import to_call
from volboard.messages.office_queries import stuck
from volboard.oversight.queries import not_reviewed
from volboard.rights.name_queries import waiting_names


@dataclass(frozen=True)
class Waits:
    """What waits, by kind; a gate is the first one where somebody waits, if any."""

    make_ups: int
    unconfirmed: int
    """People whose minutes wait for this organizer, who is another than those who pressed."""
    disputes: int
    arrivals: int
    arrivals_gate: int | None
    uncovered: int
    """Posts where somebody should stand now and nobody does."""
    uncovered_gate: int | None
    calls: int
    """People who are to be telephoned."""
    stuck: int
    """Messages of which nobody knows whether they arrived, or that did not."""
    names: int
    """Names that wait for this person as the second one."""
    odd: int

    def __bool__(self) -> bool:
        return any(value for name, value in vars(self).items() if not name.endswith("_gate"))


def waits(by: Viewer, places: tuple[int, ...]) -> Waits:
    """Everything that waits for this person in these communities; three statements."""
    arrivals, uncovered = _arrivals(places), _uncovered(places)
    counts = select(
        _make_ups(by, places).scalar_subquery(), waits_for(by, places).scalar_subquery(),
        _disputes(by, places).scalar_subquery(),
        select(func.count()).select_from(arrivals).scalar_subquery(),
        select(func.min(arrivals.c.shift_id)).scalar_subquery(),
        select(func.count()).select_from(uncovered).scalar_subquery(),
        select(func.min(uncovered.c.shift_id)).scalar_subquery(),
        to_call(places).scalar_subquery(), stuck(places).scalar_subquery(),
        _names(by).scalar_subquery(),
    )  # fmt: skip
    known: list[Any] = list(db.session.execute(counts).one())
    return Waits(*[*known, not_reviewed(places)])


def _names(by: Viewer) -> Select[int]:
    """Names that this person may agree to."""
    return select(func.count()).select_from(waiting_names(by).subquery())


def _make_ups(by: Viewer, places: tuple[int, ...]) -> Select[int]:
    """Requests that this person may decide: of others, for other households."""
    m, v = MakeUp, Volunteer
    return (
        select(func.count())
        .select_from(m)
        .join(v, v.id == m.volunteer_id)
        .where(m.community_id.in_(places), m.state == MakeUpState.WAITING,
               m.asked_by != by.id, v.account_id != by.id)
    )  # fmt: skip


def _disputes(by: Viewer, places: tuple[int, ...]) -> Select[int]:
    """Open disputes, but for those of the own household, which somebody else answers."""
    d = Dispute
    return (
        select(func.count())
        .select_from(d)
        .where(d.community_id.in_(places), d.answered_at.is_(None), d.opened_by != by.id)
    )


def _arrivals(places: tuple[int, ...]) -> Any:
    """Who scanned a printed code at a gate that is open, and was not let in meanwhile."""
    r, a, s = Arrival, Attendance, Shift
    now = clock.now()
    return (
        select(r.shift_id)
        .join(s, s.id == r.shift_id)
        .join(Event, Event.id == s.event_id)
        .outerjoin(a, and_(a.shift_id == r.shift_id, a.volunteer_id == r.volunteer_id,
                           a.state.in_(CAME)))
        .where(_open(places), s.starts_at <= now + EARLY, s.ends_at > now,
               text("arrivals.state = 'waiting'"), a.id.is_(None))
        .subquery("arrivals")
    )  # fmt: skip


def _uncovered(places: tuple[int, ...]) -> Any:
    """Posts of events that run now where nobody is present, in none of the post's shifts."""
    s, same, a, now = Shift, aliased(Shift), Attendance, clock.now()
    kept = (
        select(a.id)
        .join(same, same.id == a.shift_id)
        .where(same.event_id == s.event_id, same.title == s.title, same.closed_at.is_(None),
               same.called_off_at.is_(None), a.state == AttendanceState.PRESENT)
        .correlate(s)
        .exists()
    )  # fmt: skip
    return (
        select(func.min(s.id).label("shift_id"))
        .join(Event, Event.id == s.event_id)
        .where(_open(places), s.starts_at <= now, s.ends_at > now,
               ~kept)
        .group_by(s.event_id, s.title)
        .subquery("uncovered")
    )  # fmt: skip


def _open(places: tuple[int, ...]) -> ColumnElement[bool]:
    s = Shift
    return and_(Event.community_id.in_(places), Event.state == EventState.PUBLISHED,
                s.closed_at.is_(None), s.called_off_at.is_(None))  # fmt: skip
