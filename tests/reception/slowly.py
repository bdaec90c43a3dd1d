"""Clients that take their time, on plain sockets."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from tests.support.waiting import PATIENCE

FORM = "application/x-www-form-urlencoded"


def head(path: str, length: int | None, method: str = "POST") -> bytes:
    """The headers of a form; without a length where none is told."""
    told = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    lines = (f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {FORM}", told)
    return "\r\n".join((*lines, "", "")).encode()


def line_to(address: str) -> socket.socket:
    """A connection to this server."""
    parts = urlsplit(address)
    return socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE)


@contextmanager
def half_sent(address: str, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """So many clients that have sent this much and say nothing more."""
    with ExitStack() as stack:
        lines = [stack.enter_context(line_to(address)) for _each in range(count)]
        for line in lines:
            line.sendall(sent)
        yield lines


def heard(line: socket.socket) -> bytes:
    """All that the server says, until it ends the connection."""
    said = b""
    while part := line.recv(65536):
        said += part
    return said
