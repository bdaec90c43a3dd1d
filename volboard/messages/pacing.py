"""An even pace: so many a second and no more, whoever asks."""

import time
from threading import Lock


class Pace:
    """Keeps the threads of one process apart from each other by the same time."""

    def __init__(self, a_second: float) -> None:
        self._apart = 1 / a_second
        self._lock = Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Come back when it is this caller's turn."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._apart
        time.sleep(turn - now)
