"""Local ports, of which each is one test's own."""

import random
import socket

OURS = range(20_000, 32_000)
"""Below the ports that Linux (from 32768) and others (from 49152) give to whoever calls out: else a
test's own call may take the port that a server was about to listen on."""
_held: list[socket.socket] = []
"""The UDP port of each number that was given out: a lock that ends with this process."""


def free_port() -> int:
    """A port on which nobody listens, and which no other run of the tests on this machine has.

    It is found free, not taken: whoever asks next is told of another one, though the first
    server has not come so far as to listen.
    """
    for port in random.sample(OURS, len(OURS)):
        lock = _bound(port, socket.SOCK_DGRAM)
        probe = lock and _bound(port, socket.SOCK_STREAM)
        if lock and probe:
            probe.close()
            _held.append(lock)
            return port
    raise RuntimeError(f"no port of {OURS} is free")


def _bound(port: int, kind: socket.SocketKind) -> socket.socket | None:
    """A socket of this kind on the port, or nothing where somebody else has it."""
    made = socket.socket(type=kind)
    try:
        made.bind(("127.0.0.1", port))
    except OSError:
        made.close()
        return None
    return made
