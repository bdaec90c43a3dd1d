"""An even pace: so many a second and no more, whoever asks."""

import time
from threading import Event, Lock


class Pace:
    """Keeps the threads of one process apart from each other by the same time."""

    def __init__(self, a_second: float, stopping: Event) -> None:
        self._apart = 1 / a_second
        self._stopping = stopping
        self._lock = Lock()
        self._next = 0.0

    def wait(self) -> bool:
        """Come back when it is this caller's turn, or at once when everybody is to stop.

        Answers whether to go on: a process that ends lets those who still wait go home.
        """
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._apart
        return not self._stopping.wait(turn - now)
