"""The database: one base for all models, and the only way to write.

On SQLite a write opens `BEGIN IMMEDIATE` before its first read, behind a lock file on which
the writers of all processes queue in turn (docs/adr/0002). On PostgreSQL a command locks the
rows that it decides on with `locked()`. Neither waits for ever (docs/adr/0038).
"""

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, Select, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from volboard.core.turns import last_moment, seconds_until, turn_at

BUSY_MS = 5000
"""How long SQLite waits for another program, where nothing else is said."""
CONNECT_SECONDS = 5
"""How long a PostgreSQL server may take to answer at all."""
NAMES = {
    "ix": "%(column_0_label)s_index",
    "uq": "%(table_name)s_%(column_0_name)s_unique",
    "ck": "%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_name)s_exists",
    "pk": "%(table_name)s_key",
}


class Base(DeclarativeBase):
    """What every table is declared on; constraints get speaking names."""

    metadata = MetaData(naming_convention=NAMES)


Query = TypeVar("Query", bound="Select[*tuple[Any, ...]]")
db = SQLAlchemy(metadata=Base.metadata)


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """Read SQLite's text in one step: a page of the board holds a hundred instants."""
        if dialect.name == "sqlite":
            return lambda text: None if text is None else datetime.fromisoformat(text + "+00:00")
        return super().result_processor(dialect, coltype)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


@contextmanager
def transaction() -> Iterator[None]:
    """Run the block as one write: commit at its end, roll back on any error.

    A block inside another joins it. Everything read before the outermost block is
    forgotten, so facts are read again under the write lock. Raises NoTurn or OperationalError
    where others write for too long.
    """
    session = db.session()
    if session.info.get("writing"):
        yield
        return
    session.rollback()
    until = last_moment()
    with _turn_to_write(until):
        session.connection(execution_options={"begin_mode": "IMMEDIATE", "begin_until": until})
        session.info["writing"] = True
        try:
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writing"] = False


def wipe_the_journal() -> None:
    """Bring SQLite's write-ahead log into the database file and empty it, after an erasure.

    What was deleted is overwritten in the file (`secure_delete`), but the log still holds the
    pages of before. Where somebody reads this moment it stays for the next one who asks; what
    this session was reading is let go.
    """
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
            connection.exec_driver_sql("BEGIN")


def locked(query: Query, of: type[Base]) -> Query:
    """Lock the query's rows of one table until the transaction ends (SQLite holds its one lock).

    FOR NO KEY UPDATE: two of these exclude each other, and a row that somebody else inserts
    may still refer to the locked one, which would else be a deadlock.
    """
    return query.with_for_update(of=of, key_share=True).execution_options(populate_existing=True)


def _turn_to_write(until: float) -> AbstractContextManager[None]:
    """This process's turn among all that write to the same SQLite file."""
    path = db.engine.url.database
    if db.engine.dialect.name != "sqlite" or not path or path == ":memory:":
        return nullcontext()
    return turn_at(path + ".write-lock", until)


def sqlite_module() -> ModuleType:
    """The SQLite that volboard brings along, or Python's own where that one is sound."""
    bundled = importlib.util.find_spec("pysqlite3") is not None
    module = importlib.import_module("pysqlite3.dbapi2" if bundled else "sqlite3")
    if not is_sound(module.sqlite_version_info):
        raise RuntimeError(
            f"SQLite {module.sqlite_version} can lose committed data in WAL mode "
            "(fixed in 3.51.3, 3.50.7 and 3.44.6): install the dependencies of volboard."
        )
    return module


def is_sound(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite is free of the WAL-reset bug of 3.7.0 to 3.51.2."""
    if version >= (3, 51, 3):
        return True
    return (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def engine_options(url: str) -> dict[str, Any]:
    """What `create_engine` needs for this address. A failed statement tells no values: it stands
    in the log, and they are names and numbers of people."""
    if url.startswith("sqlite"):
        return {"module": sqlite_module(), "hide_parameters": True}
    return {
        "hide_parameters": True, "pool_pre_ping": True, "pool_size": 4, "max_overflow": 4,
        "connect_args": {"connect_timeout": CONNECT_SECONDS},
    }  # fmt: skip


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: Any) -> None:
    if not hasattr(connection, "isolation_level") or hasattr(connection, "pgconn"):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Open the transaction; one that writes waits for the others until its last moment."""
    options = connection.get_execution_options()
    left = round(1000 * seconds_until(options["begin_until"])) if "begin_until" in options else None
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        _begin_sqlite(connection, driver, options.get("begin_mode", "DEFERRED"), left)
    elif left is not None:
        driver.execute(f"SET LOCAL lock_timeout = {max(1, left)}")


def _begin_sqlite(connection: Connection, driver: Any, mode: str, left: int | None) -> None:
    if left is None:
        connection.exec_driver_sql(f"BEGIN {mode}")
        return
    driver.execute(f"PRAGMA busy_timeout = {left}")
    try:
        connection.exec_driver_sql(f"BEGIN {mode}")
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
