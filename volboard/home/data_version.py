"""A value that is another as soon as anything that is committed in the database changes."""

import os
import time
import weakref
from threading import Lock

from flask import Flask

from volboard.core import trouble
from volboard.core.db import db
from volboard.core.logs import log

QUESTIONS = {
    "sqlite": "PRAGMA data_version",
    "postgresql": "SELECT pg_current_snapshot()::text",
}


class DataVersion:
    """Asks on a connection of its own, one a process, that never writes.

    SQLite's `data_version` tells a connection of the commits of all others. PostgreSQL's
    current snapshot says exactly which transactions a reader sees: two readers with the same
    snapshot see the same data. (The position of the write-ahead log would not do: a commit
    stands in the log before readers see it, so an old page could be kept as the new one.)
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.lock = Lock()
        self.process = 0
        self.opened = 0
        self.question = ""
        self.cursor: object = None

    def read(self) -> object | None:
        """The version; none if this database cannot tell it or does not answer now.

        Versions of two connections are not comparable, so each carries its connection's number.
        """
        with self.lock:
            try:
                if self.process != os.getpid():
                    self._open()
                if not self.question:
                    return None
                self.cursor.execute(self.question)  # type: ignore[attr-defined]
                return self.opened, self.cursor.fetchone()[0]  # type: ignore[attr-defined]
            except Exception as problem:
                self.process = 0
                name = type(problem).__name__
                if trouble.is_news(f"data_version {name}", time.monotonic()):
                    log.warning("data_version", problem=name)
                return None

    def _open(self) -> None:
        with self.app.app_context():
            engine = db.engine
            self.question = QUESTIONS.get(engine.dialect.name, "")
            if not self.question or engine.url.database in (None, "", ":memory:"):
                self.question = ""
                self.process = os.getpid()
                return
            pooled = engine.raw_connection()
        connection = pooled.driver_connection
        pooled.detach()
        if engine.dialect.name == "postgresql":
            connection.autocommit = True  # type: ignore[union-attr]
        else:  # the event loop asks too, and must not wait
            connection.execute("PRAGMA busy_timeout = 0")  # type: ignore[union-attr]
        weakref.finalize(self, connection.close)  # type: ignore[union-attr]
        self.cursor = connection.cursor()  # type: ignore[union-attr]
        self.opened += 1
        self.process = os.getpid()
