"""Waiting for the turn to write, but not for ever: a press is answered while somebody is there.

Those who write wait behind each other on a lock file (docs/adr/0002), each until a moment of
its own (docs/adr/0038).
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from flask import has_request_context, request

ARRIVED = "volboard.arrived"
"""In the environment of a request: when it arrived, in seconds of the monotonic clock."""
PRESS = 7.0
"""Seconds that a press may wait, counted from when it arrived. Then there is a sentence."""
PAGE = 1.0
"""Seconds that showing a page may wait where it writes something: pages must go on."""
NOBODY = 60.0
"""Seconds where nobody waits for an answer: the worker, the command line."""
BREATH = 0.002
"""Seconds between two looks at the lock file."""
_queues: dict[str, Lock] = {}


class NoTurn(Exception):
    """Somebody else was writing for all of the time that there was."""


def last_moment() -> float:
    """Until when whoever wants to write now may wait, in seconds of the monotonic clock."""
    now = time.monotonic()
    if not has_request_context():
        return now + NOBODY
    arrived: float = request.environ.get(ARRIVED, now)
    return arrived + (PAGE if request.method in ("GET", "HEAD") else PRESS)


def seconds_until(moment: float) -> float:
    """The seconds left; 0 where it has passed."""
    return max(0.0, moment - time.monotonic())


@contextmanager
def turn_at(path: str, until: float) -> Iterator[None]:
    """Hold this lock file; raises NoTurn where it was not free in time.

    One thread of each process looks at the file, the others queue behind it. Whoever comes
    too late looks once.
    """
    queue = _queues.setdefault(path, Lock())
    if not queue.acquire(timeout=seconds_until(until)):
        raise NoTurn
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            while not _is_mine(handle):
                if time.monotonic() >= until:
                    raise NoTurn
                time.sleep(BREATH)
            yield
        finally:
            os.close(handle)
    finally:
        queue.release()


def _is_mine(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
