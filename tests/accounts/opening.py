"""An account that a desk's code opened, and organizers who see its person."""

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import update

from tests.support.cast import MAI, OLGA, Person
from tests.support.town import a_shift, viewer_of
from volboard.accounts import commands
from volboard.accounts.giving_away import Entry
from volboard.accounts.models import Sighting, Volunteer
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.signups.commands import sign_up

NEW = "a new word for the gate"
NOON = datetime(2026, 6, 19, 4, tzinfo=UTC)


def opened(
    who: Person = MAI, by: Person = OLGA, at: datetime = NOON, password: str = NEW
) -> Entry:  # fmt: skip
    """Somebody comes into this account by a code of this organizer; needs a context."""
    with clock.standing_at(at):
        code = commands.issue_desk_code(who.id, by.id)
        return commands.use_desk_code(who.phone, code, password)


def opened_in(app: Flask, by: Person = OLGA, at: datetime = NOON) -> None:
    """The same, in an app context of its own."""
    with app.app_context():
        opened(by=by, at=at)


def seen(who: int, by: Person, at: datetime) -> None:
    """The organizer checks this one person (a volunteer) in at this moment."""
    with clock.standing_at(at):
        shift = a_shift(starts_at=at)
        sign_up(who, shift, db.session.get_one(Volunteer, who).account_id)
        check_in(shift, who, viewer_of(by), "gate", "")


def seen_in_the_old_days(who: int, at: datetime) -> None:
    """Somebody checked them in before it was kept who: only the migration writes such a row."""
    with transaction():
        db.session.execute(
            update(Sighting)
            .where(Sighting.volunteer_id == who, Sighting.organizer_id.is_(None))
            .values(last_at=at)
        )
