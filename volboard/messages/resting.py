"""Gateways that are left alone for a while, so that not each message runs into the same wall."""

from datetime import datetime, timedelta
from threading import Lock

from volboard.core import clock
from volboard.messages.delivery_rules import MISSES, rest_after

ALONE = timedelta(minutes=1)
"""So long others wait for the one that finds out whether a gateway is back."""


class Rests:
    """How often in a row each way out was not reached, and until when it rests.

    Kept by one process for itself: a worker that starts anew simply tries.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._misses: dict[str, int] = {}
        self._until: dict[str, datetime] = {}

    def lets_in(self, channel: str) -> bool:
        """Whether a try may be made; after a rest by one at a time, until one is answered."""
        with self._lock:
            moment = clock.now()
            if self._until.get(channel, moment) > moment:
                return False
            if self._misses.get(channel, 0) >= MISSES:
                self._until[channel] = moment + ALONE
            return True

    def missed(self, channel: str, is_unreachable: bool) -> None:
        """It was not reached or said nothing; one that answers `not now` counts as reached."""
        if not is_unreachable:
            self.reached(channel)
            return
        with self._lock:
            self._misses[channel] = self._misses.get(channel, 0) + 1
            self._until[channel] = clock.now() + rest_after(self._misses[channel])

    def reached(self, channel: str) -> None:
        """It answered."""
        with self._lock:
            self._misses.pop(channel, None)
            self._until.pop(channel, None)

    def now(self) -> tuple[str, ...]:
        """The ways out that are left alone at this moment."""
        with self._lock:
            moment = clock.now()
            return tuple(channel for channel, until in self._until.items() if until > moment)
