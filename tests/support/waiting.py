"""Waiting for a thing that happens: a test goes on the moment it has, and never for seconds.

Whatever a test waits for has the one limit that stands here. It is no promise of the product and
no aim: it only lets a run come to an end when something is broken. That something is fast is
measured in benchmarks/; that something did not happen is proven by a later thing that did.
"""

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
PATIENCE = 600
"""Seconds after which only a fault explains it: a server that starts in four seconds alone has
been seen to take two minutes beside thirty other programs on two cores."""
PATIENCE_MS = PATIENCE * 1000
"""The same as a browser counts it."""
LOOK = 0.05


def until(it_is: Callable[[], Answer], what: str = "it") -> Answer:
    """The first answer that is true; fails with `what` never happened."""
    end = time.monotonic() + PATIENCE
    while not (answer := it_is()):
        assert time.monotonic() < end, f"{what} never happened: {answer!r} after {PATIENCE} s"
        time.sleep(LOOK)
    return answer
