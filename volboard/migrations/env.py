"""Alembic's environment: migrations run on the application's engine.

SQLite changes a table by copying it (batch mode). With foreign keys on, dropping the old
copy would delete the children that cascade, so they are off while migrations run and
checked afterwards.
"""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from volboard.core.db import Base, UTCDateTime


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our instant type as plain SQLAlchemy, so that a revision stands by itself."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Bring the database to the asked revision in one transaction."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _run_on_sqlite(connection)
        else:
            _migrate(connection)
            connection.commit()


def _run_on_sqlite(connection: Connection) -> None:
    connection.rollback()
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        connection = connection.execution_options(begin_mode="IMMEDIATE")
        _migrate(connection)
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise RuntimeError(
                f"the migration would leave rows without their parents: {broken[:5]}"
            )
        connection.commit()
    finally:
        connection.rollback()
        raw.execute("PRAGMA foreign_keys = ON")


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
        transaction_per_migration=False,
        transactional_ddl=True,
    )
    context.run_migrations()


run()
