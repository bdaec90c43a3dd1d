"""granian, whose master keeps a door open for each of its workers.

    python -m volboard.master ARGUMENTS OF GRANIAN

On Linux each of granian's workers makes its door itself. When it ends, whoever has knocked at it is
sent away, and where all begin anew (SIGHUP) and the new ones take longer than granian waits for
them, nobody listens. Here the next worker stands at the door of the one before, and who has knocked
waits for it (docs/adr/0037). The product is not loaded here: SIGHUP must find it new.
"""

import socket
from collections.abc import Callable
from functools import partial
from typing import Any

from granian import cli
from granian.server import MPServer
from granian.server.mp import WorkerProcess

Loader = Callable[[], Any]


class Doors(MPServer):
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
            callback_loader = partial(load_without, others, callback_loader)
        return super()._spawn_worker(idx, target, callback_loader)

    def _drop_shared_socket(self) -> None:
        super()._drop_shared_socket()  # type: ignore[no-untyped-call]
        for handle in self.handles:
            handle.close()


def load_without(others: list[socket.socket], load: Loader) -> Any:
    """What a worker serves; it holds no door open at which another stands."""
    for door in others:
        door.close()
    return load()


if __name__ == "__main__":
    cli.Server = Doors  # type: ignore[attr-defined]
    cli.entrypoint()  # type: ignore[no-untyped-call]
