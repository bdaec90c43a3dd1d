"""What the demonstration lacks and some page needs: a question, an offer, codes, a roster."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.support import live
from volboard.app import create_app
from volboard.attendance.models import Attendance
from volboard.config import Settings
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.events.models import Event, Shift
from volboard.hours.models import Unconfirmed
from volboard.rosters.drafts import keep_draft
from volboard.signups.hand_overs import digest_of
from volboard.signups.models import CoverAsk, HandOver
from volboard.venue.tokens import Screen, Sheet, sign

OFFERED = "p" * 22
ROSTER = "姓名,手机号\n平安,13900000001\n没有号码,\n".encode()


@dataclass(frozen=True)
class Fresh:
    """A word of an address that is made when the address is, for it does not last."""

    make: Callable[[], str]

    def __format__(self, _spec: str) -> str:
        return self.make()


def a_waiting_presence(attendance_id: int, organizer_id: int) -> Unconfirmed:
    """Of somebody of the resident's household: it rests on one organizer."""
    a, s = Attendance, Shift
    row = db.session.execute(
        select(a.volunteer_id, a.shift_id, s.starts_at, Event.community_id)
        .join(s, s.id == a.shift_id)
        .join(Event, Event.id == s.event_id)
        .where(a.id == attendance_id)
    ).one()
    return Unconfirmed(
        attendance_id=attendance_id, volunteer_id=row.volunteer_id, shift_id=row.shift_id,
        community_id=row.community_id, minutes=60, planned_minutes=120, how="gate",
        served_from=row.starts_at, served_to=row.starts_at + timedelta(hours=1),
        seen_by=organizer_id, seen_at=row.starts_at, device="", closed_by=organizer_id,
        lacks="second known", since=clock.now() - timedelta(days=1),
    )  # fmt: skip


def made(instance: Path, known: Mapping[str, Any]) -> dict[str, object]:
    """Write it into the installation beside its running server; answers the words of addresses."""
    app = create_app(Settings.from_environ(live.environment(instance)))
    secret = str(app.config["SECRET_KEY"])
    shift, organizer = known["shift"], Viewer(id=known["organizer"], communities=frozenset({1}))
    question = CoverAsk(shift_id=known["ahead"], volunteer_id=known["resident"],
                        asked_by=organizer.id)  # fmt: skip
    offer = HandOver(signup_id=known["own_seat"], secret_hash=digest_of(OFFERED))
    with app.app_context():
        draft = keep_draft(ROSTER, "名单.csv", 1, organizer)
        question.asked_at = offer.made_at = clock.now() - timedelta(hours=1)
        with transaction():
            waiting = a_waiting_presence(known["own_absence"], organizer.id)
            db.session.add_all([question, offer, waiting])
            db.session.flush()
            asked, unconfirmed = question.id, waiting.id
        db.engine.dispose()
    return {
        "draft": draft,
        "ask": asked,
        "unconfirmed": unconfirmed,
        "offered": OFFERED,
        "sheet": sign(secret, Sheet(shift)),
        "screen": Fresh(lambda: sign(secret, Screen(shift, organizer.id))),
    }
