"""granian, whose master keeps a door open for each of its workers.

    python -m volboard.master ARGUMENTS OF GRANIAN

On Linux each of granian's workers makes its door itself. When it ends, whoever has knocked at it is
sent away, and where all begin anew (SIGHUP) and the new ones take longer than granian waits for
them, nobody listens. Here the next worker stands at the door of the one before, and who has knocked
waits for it (docs/adr/0037). The product is not loaded here: SIGHUP must find it new.
"""

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

from granian import _signals, cli
from granian._granian import WorkerSignal
from granian.server import MPServer
from granian.server.mp import WorkerProcess

from volboard.core.parents import MASTER

Loader = Callable[[], Any]


class Master(MPServer):
    """Elsewhere than on Linux, granian has one door for all by itself."""

    _ssp: Any
    _shd: Any
    _sso: socket.socket | None

    def _init_shared_socket(self) -> None:
        super()._init_shared_socket()  # type: ignore[no-untyped-call]
        self.doors = []
        if self._ssp is not None:
            self.doors = [self._ssp.build() for _each in range(self.workers)]
            self._ssp = None
        self.handles = [socket.socket(fileno=door.get_fd()) for door in self.doors]

    def _spawn_worker(  # type: ignore[override]
        self, idx: int, target: Any, callback_loader: Loader
    ) -> WorkerProcess:
        if self.doors:
            self._shd, self._sso = self.doors[idx], self.handles[idx]
        others = [each for each in self.handles if each is not self._sso]
        return super()._spawn_worker(idx, target, partial(settle_in, others, callback_loader))

    def _drop_shared_socket(self) -> None:
        super()._drop_shared_socket()  # type: ignore[no-untyped-call]
        for handle in self.handles:
            handle.close()


def settle_in(others: list[socket.socket], load: Loader) -> Any:
    """What a worker serves; it holds no door open at which another stands."""
    for door in others:
        door.close()
    _signals.set_loop_signals = hear_once
    return load()


def hear_once(loop: asyncio.AbstractEventLoop) -> WorkerSignal:
    """granian's signal to end, given the first time that a worker is told.

    Given twice it waits for somebody to take it, and with it the whole process, for ever. A worker
    is told twice by whoever tells each process of a group: systemd, or a terminal.
    """
    event = WorkerSignal()
    signals = signal.SIGTERM, signal.SIGINT

    def end() -> None:
        for each in signals:
            loop.add_signal_handler(each, lambda: None)
        event.set()

    for each in signals:
        loop.add_signal_handler(each, end)
    return event


if __name__ == "__main__":
    os.environ[MASTER] = str(os.getpid())
    cli.Server = Master  # type: ignore[attr-defined]
    cli.entrypoint()  # type: ignore[no-untyped-call]
