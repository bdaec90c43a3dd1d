"""Events, shifts and signups that a test needs, written through the real commands."""

from datetime import datetime, timedelta

from tests.support.cast import RIVER, Person
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.events.models import Event, Shift

NOON = datetime.fromisoformat("2027-06-09T12:00:00+08:00")
"""Dragon Boat 2027, at noon in Beijing."""


def viewer_of(person: Person) -> Viewer:
    """The person as a command sees them."""
    return Viewer(id=person.id, volunteer_id=person.id, name=person.name, session_version=1,
                  is_admin=person.is_admin, communities=frozenset(person.organizes))  # fmt: skip


def an_event(
    community: int = RIVER, title: str = "端午包粽子", state: str = "published", **columns: object
) -> int:
    """An event without shifts yet; answers its id."""
    facts: dict[str, object] = {
        "community_id": community, "title": title, "state": state, "festival": "duanwu",
        "mark": "zongzi", "story": "一起包粽子。", "place": "社区活动室", "safety": "",
        "contact_name": "欧阳兰", "contact_phone": "0453-3120001", "created_by": 3,
        "created_at": NOON - timedelta(days=30), "starts_at": NOON,
        "ends_at": NOON + timedelta(hours=2),
    }  # fmt: skip
    with transaction():
        event = Event(**(facts | columns))
        db.session.add(event)
        db.session.flush()
        return event.id


def a_shift(
    event: int | None = None,
    capacity: int = 2,
    starts_at: datetime = NOON,
    minutes: int = 120,
    title: str = "包粽子",
    kind: str = "service",
    **columns: object,
) -> int:
    """A shift (of a new event unless one is given); answers its id."""
    with transaction():
        event_id = event or an_event(starts_at=starts_at,
                                     ends_at=starts_at + timedelta(minutes=minutes))  # fmt: skip
        shift = Shift(event_id=event_id, title=title, kind=kind, capacity=capacity,
                      starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes),
                      cancel_notice=120, **columns)  # fmt: skip
        db.session.add(shift)
        db.session.flush()
        return shift.id


def seats(shift_id: int) -> tuple[int, int]:
    """Seated and waiting, as the shift's own counters say."""
    with clock.standing_at(clock.now()):
        db.session.rollback()
        row = db.session.get_one(Shift, shift_id, populate_existing=True)
        return row.seated, row.waiting
