"""One JSON post over HTTP or HTTPS: within a time, without redirects, and with a clear end."""

import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from volboard.messages.sending import NoAnswer, NotTaken, Refused, Unreachable

TIMEOUT = 10
"""Seconds for connecting, and again for the whole answer."""
MOST_READ = 4096
NOT_NOW = {408, 425, 429, 503}
"""Answers that say: not taken, come again."""


@dataclass(frozen=True)
class Answer:
    """What a gateway answered: at most `MOST_READ` bytes of it."""

    status: int
    body: bytes


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Post, and answer once the gateway accepted; raises Unreachable, NotTaken, Refused, NoAnswer.

    An error after the first byte left is NoAnswer, and so is every 5xx but 503: behind a gateway
    that fails, another one may have sent the message.
    """
    connection = _connected(urlsplit(url))
    try:
        with _at_most(connection):
            answer = _exchanged(connection, url, body, headers)
    finally:
        connection.close()
    _judge(answer.status)
    return answer


def as_json(content: object) -> bytes:
    """The bytes of a JSON body."""
    return json.dumps(content, ensure_ascii=False).encode()


def _connected(parts: SplitResult) -> HTTPConnection:
    """A connection that stands, so that what fails later is not a failure to connect."""
    try:
        host, port = parts.hostname or "", parts.port
        connection = (
            HTTPSConnection(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
            if parts.scheme == "https"
            else HTTPConnection(host, port, timeout=TIMEOUT)
        )
        connection.connect()
    except (OSError, ValueError, HTTPException) as error:
        raise Unreachable("no_connection") from error
    return connection


def _exchanged(
    connection: HTTPConnection, url: str, body: bytes, headers: Mapping[str, str]
) -> Answer:
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, {"Content-Type": "application/json", **headers})
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(MOST_READ))
    except (OSError, ValueError, HTTPException) as error:
        raise NoAnswer from error


@contextmanager
def _at_most(connection: HTTPConnection) -> Iterator[None]:
    """Hang up after the time, however slowly the other side drips."""

    def hang_up() -> None:
        with suppress(OSError):
            connection.sock.shutdown(SHUT_RDWR)

    timer = Timer(TIMEOUT, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _judge(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in NOT_NOW:
        raise NotTaken(f"http_{status}")
    if status < 500:
        raise Refused(f"http_{status}")
    raise NoAnswer(f"http_{status}")
