"""How the operating system shares a processor among the threads of a worker."""

import os
from contextlib import suppress


def let_threads_finish() -> None:
    """Let a thread that wakes wait for the running one's time slice to end (Linux's SCHED_BATCH).

    Python gives its one lock away around every step of SQLite, every compression and every
    write. With two threads in a worker the other one wakes, pushes the first off the processor
    and takes the lock, seven times in one page, and each time they empty each other's caches.
    Programs started from here inherit this; where the system has no such thing nothing happens.
    """
    if hasattr(os, "sched_setscheduler"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
