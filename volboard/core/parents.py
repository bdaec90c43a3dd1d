"""Nobody outlives the process that started it, however that one ended."""

import ctypes
import os
import signal
import sys
import threading
import time

KEEPER = "VOLBOARD_KEEPER"
"""In the environment of a supervisor's children: its process id."""
PR_SET_PDEATHSIG = 1
FIRST = 1
"""The process to which the kernel gives whoever lost its parent."""
LOOK = 1.0
"""Seconds between two looks whether the parent is still there."""
GOODBYE = 10
"""Seconds to end in order, once it is gone."""


def end_with(parent: int) -> None:
    """End in order a moment after this parent is gone, and ten seconds later by force.

    Where the parent is no program of ours, it is ended if its own supervisor is gone. Who was
    given to the first process of the machine before it came here has lost its parent already.
    """
    keeper = int(os.environ.get(KEEPER, parent))
    if parent == FIRST and keeper != FIRST:
        os._exit(1)
    threading.Thread(target=_watch, args=(parent, keeper), daemon=True).start()


def tie_to(parent: int) -> None:
    """Ask the kernel to end this process with its parent (Linux); it may be gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)


def _watch(parent: int, keeper: int) -> None:
    while os.getppid() == parent and (parent == keeper or _is_there(keeper)):
        time.sleep(LOOK)
    # The force is the kernel's and comes first: a granian that is told to end may hold the
    # interpreter for ever, and then no thread of ours can end it any more.
    signal.alarm(GOODBYE)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
    elif sys.platform != "linux":  # there the kernel told the parent already
        os.kill(parent, signal.SIGTERM)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
