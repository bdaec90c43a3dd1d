"""The tables that only ever grow are searched by an index: no page reads one from end to end."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from tests.support.browser import Visitor
from tests.support.cast import ADA, MAI, OLGA, RIVER, Person
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, viewer_of
from tests.venue.at_the_door import on_paper, on_screen
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.certificates.commands import issue
from volboard.core import clock
from volboard.core.db import db
from volboard.rosters.drafts import keep_draft
from volboard.rosters.models import RosterDraft
from volboard.signups.commands import sign_up

GROWING = re.compile(
    r"SCAN (hour_entries|attendances|attendance_log|signups|event_changes|certificates|"
    r"unconfirmed|presence_witnesses|sightings|disputes|star_awards|thanks|arrivals|cover_asks|hand_overs|messages|deliveries)\b"
)
PAGES = ("/", "/events/1", "/me", "/me/hours", "/organize", "/organize/shifts/1/roster",
         "/organize/shifts/1/gate", "/organize/events/1", "/organize/events/new",
         "/organize/events/1/cut", "/organize/events/1/repeat?rule=weekly&count=3",
         "/organize/shifts/1/arrivals", "/organize/shifts/1/venue-code", "/codes/code-1",
         "/organize/shifts/1/families/1", "/organize/shifts/1/cover", "/asks/1",
         "/signups/1/coming", "/organize/shifts/1/log", "/organize/shifts/1/paper",
         "/organize/shifts/1/gate/offline.json",
         "/organize/unconfirmed",
         "/stars", "/organize/disputes", "/organize/disputes/1", "/me/hours/1/dispute",
         "/shifts/1/thanks", "/me/certificates", "/organize/certificates", "/verify",
         "/me/messages", "/me/data", "/me/data/delete", "/privacy", "/sign-in/office",
         "/organize/desk-help", "/organize/power",
         "/organize/messages", "/organize/messages?state=failed", "/organize/calls",
         "/communities/1/rules", f"/verify/{0:032}",
         "/certificates/001-2027-000001-79")  # fmt: skip


def live_a_little(app: Flask) -> None:
    """Mai serves in a shift whose gate is closed, so that each page has something to ask for."""
    with app.app_context(), clock.standing_at(NOON):
        shift = a_shift()
        sign_up(MAI.id, shift, MAI.id)
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with app.app_context(), clock.standing_at(NOON.replace(hour=13)):
        close_shift(1, viewer_of(OLGA))
        days = (clock.today(), clock.today())
        assert issue(MAI.id, RIVER, *days, False, viewer_of(MAI)) in PAGES[-1]


def a_draft(app: Flask) -> str:
    """A roster whose rows are compared with those who are at home or have a place here."""
    rows = f"姓名,手机号\n{MAI.name},{MAI.phone}\n{MAI.name},138****0001".encode()
    with app.app_context():
        key = keep_draft(rows, "名单.csv", RIVER, viewer_of(OLGA))
        db.session.execute(update(RosterDraft).values(made_at=NOON.replace(hour=13)))
        db.session.commit()
        return f"/organize/rosters/import/{key}"


def plan(app: Flask, statement: str) -> list[str]:
    """How SQLite would go about a query, line by line."""
    with app.app_context(), db.engine.connect() as connection:
        nothing = (None,) * statement.count("?")
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", nothing)
        return [row[3] for row in rows]


@pytest.mark.parametrize("person", [MAI, OLGA, ADA], ids=lambda person: person.name)
def test_no_page_reads_a_growing_table_from_end_to_end(
    app: Flask, as_: Callable[[Person], Visitor], person: Person
) -> None:
    live_a_little(app)
    draft, visitor = a_draft(app), as_(person)
    with counted(app) as statements, clock.standing_at(NOON.replace(hour=13)):
        for url in (*PAGES, on_screen(1), on_paper(1), draft):
            visitor.open(url)
    queries = sorted({s for s in statements if s.startswith("SELECT")})
    assert len(queries) > 5
    read_through = {q: lines for q in queries if any(map(GROWING.search, lines := plan(app, q)))}
    assert read_through == {}
