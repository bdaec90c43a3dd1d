"""The one clock. Instants are aware and in UTC; pages show Beijing time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC. Nothing else in volboard asks the system clock."""
    return _standing.get() or datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """The instant as Beijing reads it."""
    return instant.astimezone(BEIJING)


def today() -> date:
    """The date in Beijing."""
    return local(now()).date()


def instant(day: date, at: time) -> datetime:
    """The instant, in UTC, at which Beijing's clocks show `at` on `day`."""
    return datetime.combine(day, at, BEIJING).astimezone(UTC)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at an aware instant: for demo data's past, and for tests."""
    token = _standing.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)
