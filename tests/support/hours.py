"""An hour of tries in an instant: the clock that limits are counted by."""

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from limits.storage import memory

from volboard.core.security import limiter


class HandWoundClock:
    """What `time.time` answers in a test; the limits begin anew with it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = time.time()
        monkeypatch.setattr(memory, "time", SimpleNamespace(time=lambda: self.now))
        monkeypatch.setattr(time, "time", lambda: self.now)
        limiter.reset()

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


def tries_in_an_hour(clock: HandWoundClock, attempt: Callable[[int], int]) -> int:
    """How many of the attempts of one hour were looked at: one that is told to wait, waits.

    `attempt` gets its number and answers a status.
    """
    looked_at = 0
    for _minute in range(60):
        while attempt(looked_at) != 429:
            looked_at += 1
            assert looked_at < 5000, "nothing stops them"
        clock.pass_by(60)
    return looked_at
