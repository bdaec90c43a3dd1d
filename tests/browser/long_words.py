"""The longest of everything that is printed, as far as the forms allow, written into a town."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update

from tests.browser.pages import RESIDENT
from tests.support import live
from tests.support.cast import RIVER
from tests.support.crowd import a_crowd, seat_all
from tests.support.town import a_shift, an_event
from volboard.accounts.models import Account, Volunteer
from volboard.app import create_app
from volboard.config import Settings
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.events.commands import create_from_template
from volboard.events.models import Event
from volboard.festivals.templates import all_templates
from volboard.rosters.drafts import keep_draft

TITLE, PLACE, STORY, CONTACT = 60, 80, 2000, 30
LONGEST: Mapping[str, tuple[str, str, str]] = {
    "han": ("端" * TITLE, "楼" * PLACE, "粥" * STORY),
    "sentences": ("一锅腊八粥" * 12, "社区活动室小厨房" * 10, "豆子泡上，慢火熬。" * 220),
    "one word": ("W" * TITLE, "W" * PLACE, "W" * STORY),
    "words": (("Dragon Boat Festival dumplings " * 3)[:TITLE],
              ("Activity room on the first floor " * 4)[:PLACE],
              ("Bring your own bowl and grandma. " * 80)[:STORY]),
    "emoji": ("👨‍👩‍👧" * 12, "😀" * PLACE, "😀\n" * 1000),
    "a long story": ("包粽子", "社区活动室", "来的时候带个自家的碗。" * 180),
    "a title alone": ("“情暖夕阳”象棋比赛" * 5, "社区活动室", ""),
}  # fmt: skip
"""Title, place and story by what is hard about them."""
CROWD, BAD_ROWS, FAMILY = 60, 120, 12


def write_ready_made(by: Viewer) -> dict[str, int]:
    """Every ready-made event, published as it comes; by its key."""
    day = clock.today() + timedelta(days=40)
    made = {
        one.key: create_from_template(one.key, day, RIVER, by, another=True)
        for one in all_templates()
    }
    with transaction():
        published = update(Event).where(Event.id.in_(made.values()))
        db.session.execute(published.values(state="published", published_at=clock.now()))
    return made


def write_longest() -> dict[str, int]:
    """An event for each of `LONGEST`, with a shift as long as that; by its name."""
    found = {}
    for name, (title, place, story) in LONGEST.items():
        begins = clock.now() + timedelta(days=20)
        ends = begins + timedelta(days=5)
        found[name] = an_event(RIVER, title, place=place, story=story,
                               contact_name="名" * CONTACT, contact_phone="0" * CONTACT,
                               starts_at=begins, ends_at=ends)  # fmt: skip
    return found


def write_lists(event: int, organizer: Viewer) -> dict[str, Any]:
    """A crowd in one shift, a household of many, a file of many bad rows."""
    shift = a_shift(event, CROWD, clock.now() + timedelta(days=20), title="岗" * CONTACT)
    seat_all(a_crowd(CROWD, first=500_001), shift, clock.now())
    with transaction():
        account = db.session.query(Account.id).filter_by(phone=f"+86{RESIDENT}").scalar()
        db.session.execute(insert(Volunteer), [
            {"account_id": account, "name": f"{number:02}" + "欧" * (CONTACT - 2), "initials": "o",
             "is_self": False, "relation": "", "code": f"slip-{number}", "created_at": clock.now()}
            for number in range(FAMILY)
        ])  # fmt: skip
    rows = "".join(f"{'阿卜杜拉' * 9}{n},{'1391111000' * 3}\n" for n in range(BAD_ROWS))
    draft = keep_draft(f"姓名,手机号\n{rows}".encode(), "名" * 60 + ".csv", RIVER, organizer)
    return {"crowded": shift, "bad": draft}


def written(instance: Path, known: Mapping[str, Any]) -> dict[str, Any]:
    """Write all of it beside the running server; answers what stands in the addresses."""
    app = create_app(Settings.from_environ(live.environment(instance)))
    organizer = Viewer(id=known["organizer"], communities=frozenset({RIVER}))
    with app.app_context():
        ready, longest = write_ready_made(organizer), write_longest()
        lists = write_lists(longest["han"], organizer)
        db.engine.dispose()
    return lists | {"ready": ready, "longest": longest}
