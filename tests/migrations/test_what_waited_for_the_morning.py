"""What an older volboard held back until the morning, and what its calendars were known by."""

from datetime import timedelta

import flask_migrate
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import select

from tests.conftest import both_engines
from tests.messages.post_office import a_message
from tests.support.cast import MAI
from tests.support.town import NOON, a_shift, an_event
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Event
from volboard.messages.models import Delivery, Message
from volboard.messages.rules import Kind

pytestmark = both_engines
LATE = NOON.replace(hour=23)


def there_and_back() -> None:
    config = current_app.extensions["migrate"].migrate.get_config()
    before = ScriptDirectory.from_config(config).get_revision("0020").down_revision
    flask_migrate.downgrade(revision=str(before))
    flask_migrate.upgrade()
    db.session.rollback()


def test_a_call_that_was_hidden_stands_on_the_list_and_rings_as_it_would_have(
    inside: Flask,
) -> None:
    expires = LATE + timedelta(days=2)
    with clock.standing_at(LATE):
        a_message(MAI, 1, Kind.CANCELLED, expires_at=expires)
        a_message(MAI, 2, Kind.INVITED, expires_at=expires)
    there_and_back()
    assert db.session.scalars(select(Delivery.next_at)).all() == [LATE]
    found = db.session.execute(select(Message.ring_by).order_by(Message.id)).scalars().all()
    assert found == [expires, None]


def test_the_first_day_of_what_is_announced_keeps_its_name(inside: Flask) -> None:
    published, plan, empty = an_event(), an_event(state="draft"), an_event()
    off = a_shift(published, starts_at=NOON - timedelta(days=1), called_off_at=NOON)
    later = a_shift(published, starts_at=NOON + timedelta(days=1))
    first = a_shift(published)
    a_shift(plan)
    there_and_back()
    assert off < later < first
    rows = db.session.execute(select(Event.id, Event.first_shift_id))
    assert {row.id: row.first_shift_id for row in rows} == {
        published: first,
        plan: None,
        empty: None,
    }
