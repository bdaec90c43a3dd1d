"""Bringing a database to this release: a copy first, then the migrations.

A worker never imports this module: Alembic would cost it 25 MB.
"""

from pathlib import Path
from typing import Any

import flask_migrate
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import inspect

from volboard.config import ROOT
from volboard.core import clock
from volboard.core.db import db


def attach(app: Flask) -> None:
    """Give an application the migrations (`volboard db …`)."""
    folder = str(ROOT / "volboard" / "migrations")
    flask_migrate.Migrate(app, db, directory=folder, render_as_batch=True)


def upgrade(backups: Path) -> Path | None:
    """Run the missing migrations; answers the copy taken before, if there was anything to copy.

    An SQLite file with data is copied into `backups` first. A PostgreSQL database is not:
    its migrations run in one transaction, and its backups are its operator's.
    """
    present = current_revision()
    copy = None
    if present not in (None, newest_revision()) and db.engine.dialect.name == "sqlite":
        copy = backup(backups, str(present))
    flask_migrate.upgrade()
    return copy


def current_revision() -> str | None:
    """The revision of the database; none for an empty one."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The revision that this release needs."""
    config: Any = current_app.extensions["migrate"].migrate.get_config()
    return ScriptDirectory.from_config(config).get_current_head()


def backup(folder: Path, revision: str) -> Path:
    """Copy the SQLite database, whole and consistent, while others may be writing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = clock.local(clock.now()).strftime("%Y%m%d-%H%M%S")
    target = folder / f"volboard-{stamp}-at-{revision}.sqlite3"
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
        connection.exec_driver_sql("BEGIN")
    target.chmod(0o600)
    return target


def is_empty() -> bool:
    """Whether nobody has an account yet."""
    if not inspect(db.engine).has_table("accounts"):
        return True
    return db.session.execute(db.text("SELECT 1 FROM accounts LIMIT 1")).first() is None
