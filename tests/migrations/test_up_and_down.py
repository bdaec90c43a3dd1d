"""Every revision goes up and down again, with the cast's data in the tables that it leaves."""

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import inspect, text

from tests.conftest import both_engines
from tests.support.cast import BAO, MAI, OLGA
from tests.support.past import known_from_before
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core import clock, upgrade
from volboard.core.db import Base, db
from volboard.signups.commands import sign_up

pytestmark = both_engines


def revisions() -> list[str]:
    """All revisions, the newest first."""
    config = current_app.extensions["migrate"].migrate.get_config()
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]


def counts() -> dict[str, int]:
    """The number of rows of each table that there is."""
    db.session.rollback()
    with db.engine.connect() as connection:
        tables = [
            name for name in inspect(connection).get_table_names() if name in Base.metadata.tables
        ]
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in tables
        }


def live_a_little() -> None:
    """Leave a row in every table that the main line fills."""
    shift = a_shift()
    with clock.standing_at(NOON):
        for person in (MAI, BAO):
            sign_up(person.id, shift, person.id)
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with clock.standing_at(NOON.replace(hour=13)):
        close_shift(shift, viewer_of(OLGA))


def test_the_models_and_the_migrations_say_the_same(inside: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_each_revision_goes_down_and_up_and_keeps_what_it_does_not_own(inside: Flask) -> None:
    live_a_little()
    full = counts()
    assert full["hour_entries"] == 1
    for revision in revisions():
        before = counts()
        flask_migrate.downgrade(revision="-1")
        left = counts()
        assert left.items() <= before.items(), f"going down from {revision} lost rows elsewhere"
        flask_migrate.upgrade(revision="+1")
        flask_migrate.downgrade(revision="-1")
    assert upgrade.current_revision() is None
    assert counts() == {}
    flask_migrate.upgrade()
    assert counts().keys() == full.keys()


def test_the_triggers_are_back_after_going_down_and_up(inside: Flask) -> None:
    flask_migrate.downgrade(revision="0002")
    flask_migrate.upgrade()
    known_from_before((MAI.id,))
    live_a_little()
    db.session.rollback()
    with pytest.raises(Exception, match="hour_entries_append_only"):
        db.session.execute(text("UPDATE hour_entries SET minutes = minutes"))
    db.session.rollback()
