"""What is the matter with the database: a busy one is waited for, a broken one is mended."""

from threading import Lock

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)

from volboard.core.turns import NoTurn

OUR_MISTAKE = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
WAITED = {"55P03", "57014", "40P01", "40001"}
"""PostgreSQL's lock_not_available, query_canceled, deadlock_detected, serialization_failure."""
SILENT_SECONDS = 60.0
"""How long one cause is not written down again: a broken database fails every request."""
MANY = 100
_said: dict[str, float] = {}
_lock = Lock()


def is_our_mistake(error: Exception) -> bool:
    """Whether the statement was wrong, and not the database."""
    return isinstance(error, OUR_MISTAKE)


def is_busy(error: Exception) -> bool:
    """Whether waiting a little helps, since somebody else was only writing."""
    if isinstance(error, NoTurn):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else None
    if getattr(cause, "sqlstate", None) in WAITED:
        return True
    return "locked" in str(cause) and not hasattr(cause, "sqlstate")


def name_of(error: Exception) -> str:
    """What the driver says, in one line; it names tables, files and hosts, but no values."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    words = str(cause).strip().partition("\n")[0]
    return f"{type(cause).__name__}: {words}" if words else type(cause).__name__


def is_news(problem: str, now: float) -> bool:
    """Whether this has not been said by this process for a while; `now` in seconds."""
    with _lock:
        if now - _said.get(problem, -SILENT_SECONDS) < SILENT_SECONDS:
            return False
        if len(_said) >= MANY:
            _said.clear()
        _said[problem] = now
        return True
