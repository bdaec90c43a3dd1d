"""What `volboard serve` becomes: one small process that keeps a worker and a server.

    python -m volboard.supervisor WORKER … -- SERVER …

The server decides how long it lasts. A worker that ends is started anew. Only the standard
library is loaded, for this process stays as long as the server does.
"""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from types import FrameType

from volboard.core.parents import KEEPER, tie_to

PAUSE = 3.0
"""Seconds before a worker that ended is started anew."""
GOODBYE = 20
"""Seconds that a worker has for those who are with a gateway."""
LOOK = 0.2


class Keeper:
    """A server and its worker."""

    def __init__(self, worker: list[str], server: list[str]) -> None:
        self.commands = worker, server
        self.server: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None
        self.ended_at = time.monotonic()
        self.is_stopping = False

    def run(self) -> int:
        """Stay until the server ends; answers its status, as a shell would."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        signal.signal(signal.SIGHUP, self.renew)
        self.server = start(self.commands[1])
        while (status := self.server.poll()) is None:
            self.look_after_worker()
            time.sleep(LOOK)
        self.dismiss_worker()
        return 128 - status if status < 0 else status

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """End both, each in its own way."""
        self.is_stopping = True
        for child in filter(None, (self.server, self.worker)):
            child.terminate()

    def renew(self, _signal: int, _frame: FrameType | None) -> None:
        """Let the server load the product anew, and the worker come back with it."""
        for child in filter(None, (self.server, self.worker)):
            child.send_signal(signal.SIGHUP)

    def look_after_worker(self) -> None:
        """Start the worker where there is none, but not one right after another."""
        now = time.monotonic()
        if self.worker and self.worker.poll() is not None:
            self.worker, self.ended_at = None, now
        if not self.worker and not self.is_stopping and now - self.ended_at >= PAUSE:
            self.worker = start(self.commands[0])

    def dismiss_worker(self) -> None:
        """Let the worker finish what it has in hand, but not for ever."""
        if not self.worker:
            return
        self.worker.terminate()
        try:
            self.worker.wait(GOODBYE)
        except subprocess.TimeoutExpired:
            self.worker.kill()


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a child that ends with this process, however this process ends.

    Where the kernel does not see to it (elsewhere than on Linux), the child looks after it.
    """
    own = os.environ | {KEEPER: str(os.getpid())}
    tie = partial(tie_to, os.getpid())
    return subprocess.Popen(command, preexec_fn=tie, env=own)  # noqa: PLW1509, S603


def main(arguments: list[str]) -> int:
    """Keep both until the server ends."""
    border = arguments.index("--")
    return Keeper(arguments[:border], arguments[border + 1 :]).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
