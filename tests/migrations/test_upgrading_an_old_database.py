"""`make run` on an old database: a copy first, then the migrations; nothing is lost."""

import stat
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import create_engine, text

from volboard.core import upgrade
from volboard.core.db import db, sqlite_module


def people_in(path: Path) -> int:
    """How many accounts a database file holds."""
    engine = create_engine(f"sqlite:///{path}", module=sqlite_module())
    with engine.connect() as connection:
        number = connection.execute(text("SELECT count(*) FROM accounts")).scalar_one()
    engine.dispose()
    return int(number)


def test_an_old_database_is_copied_whole_and_upgraded(inside: Flask, tmp_path: Path) -> None:
    flask_migrate.downgrade(revision="0002")
    copy = upgrade.upgrade(tmp_path / "backups")
    assert copy is not None
    assert "at-0002" in copy.name
    assert people_in(copy) == people_in(tmp_path / "volboard.sqlite3") == 6
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert upgrade.current_revision() == upgrade.newest_revision()


def test_a_database_of_this_release_is_left_alone(inside: Flask, tmp_path: Path) -> None:
    assert upgrade.upgrade(tmp_path / "backups") is None
    assert not (tmp_path / "backups").exists()


def test_foreign_keys_are_on_again_after_the_migrations(inside: Flask) -> None:
    flask_migrate.downgrade(revision="0002")
    flask_migrate.upgrade()
    db.session.rollback()
    assert db.session.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
