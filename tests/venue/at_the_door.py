"""What people do with a venue's codes: scan the screen, scan the sheet, come with the family."""

from typing import Any

from flask import Flask

from tests.support.browser import Page, Visitor
from tests.support.cast import OLGA, Person
from tests.support.keys import SITE_KEY
from volboard.accounts.commands import add_family
from volboard.attendance.models import Arrival, Attendance, AttendanceLog
from volboard.core.db import db
from volboard.signups.commands import sign_up
from volboard.venue.tokens import Screen, Sheet, sign

SECRET = SITE_KEY


def on_screen(shift: int, by: Person = OLGA) -> str:
    """The address that the screen of this organizer says at this moment."""
    return f"/arrive/{sign(SECRET, Screen(shift, by.id))}"


def on_paper(shift: int) -> str:
    """The address that the printed sheet says."""
    return f"/arrive/paper/{sign(SECRET, Sheet(shift))}"


def scan(visitor: Visitor, shift: int, by: Person = OLGA) -> Page:
    """Scan what the organizer's screen shows right now."""
    return visitor.open(on_screen(shift, by))


def family_of(app: Flask, head: Person, *names: str, seats: int = 0) -> list[int]:
    """Add these to a household, each with a seat in the shift `seats`; answers their ids."""
    with app.app_context():
        people = [add_family(head.id, name, "家人") for name in names]
        for person in people if seats else ():
            sign_up(person, seats, head.id)
        return people


def stored(app: Flask) -> tuple[int, int, int]:
    """How many attendances, presses and arrivals there are."""
    with app.app_context():
        return (db.session.query(Attendance).count(), db.session.query(AttendanceLog).count(),
                db.session.query(Arrival).count())  # fmt: skip


def who_came(app: Flask) -> list[tuple[int, str, str, int | None]]:
    """Volunteer, state, way and the organizer who stands for it."""
    with app.app_context():
        rows = db.session.query(Attendance).order_by(Attendance.volunteer_id)
        return [(row.volunteer_id, row.state, row.how, row.checked_in_by) for row in rows]


def sent(page: Page) -> dict[str, Any]:
    """What the form of the one button would send."""
    form = page.soup.select_one('form[action="/arrive/check-in"]')
    assert form is not None, page.whole_text
    return {str(field["name"]): str(field["value"]) for field in form.select("input[name]")}


def token_of(visitor: Visitor) -> str:
    """The visitor's own CSRF token."""
    field = visitor.open("/me").soup.select_one('form[action="/sign-out"] [name=csrf_token]')
    assert field is not None
    return str(field["value"])
