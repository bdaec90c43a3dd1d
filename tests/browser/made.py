"""What the demonstration lacks and some page needs: a question, an offer, codes, a roster."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.support import live
from volboard.app import create_app
from volboard.config import Settings
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
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
            db.session.add_all([question, offer])
            db.session.flush()
            asked = question.id
        db.engine.dispose()
    return {
        "draft": draft,
        "ask": asked,
        "offered": OFFERED,
        "sheet": sign(secret, Sheet(shift)),
        "screen": Fresh(lambda: sign(secret, Screen(shift, organizer.id))),
    }
