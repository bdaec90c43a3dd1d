"""A little gateway that answers as it is told to: well, late, badly, twice or never."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, cycle
from threading import Event, Lock, Thread
from typing import Any

from tests.support.waiting import PATIENCE

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass(frozen=True)
class Post:
    """What arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> Any:
        return json.loads(self.body)


@dataclass
class Gateway:
    """Answers every post in one manner: a status, or `close`, `hang`, `twice`, `slow`, `drip`."""

    manner: int | str = 200
    answer: bytes = b"ok"
    port: int = 0
    posts: list[Post] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    asked: Event = field(default_factory=Event)
    """Set when a post has arrived."""
    over: Event = field(default_factory=Event)
    """Set when the test ends, so that nobody hangs on."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in"

    def arrived(self) -> Counter[str]:
        """How often each message came, by its key."""
        with self.lock:
            return Counter(post.content["key"] for post in self.posts)


class Desk(BaseHTTPRequestHandler):
    """One post."""

    protocol_version = "HTTP/1.1"
    gateway: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.gateway.lock:
            self.gateway.posts.append(Post(self.path, dict(self.headers), body))
        self.gateway.asked.set()
        self.close_connection = True
        if isinstance(self.gateway.manner, int):
            self.say(self.gateway.manner)
        else:
            getattr(self, self.gateway.manner)()

    def say(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(self.gateway.answer)))
        if status in (301, 302, 307, 308):
            self.send_header("Location", self.gateway.url)
        self.end_headers()
        self.wfile.write(self.gateway.answer)

    def close(self) -> None:
        """Hang up without a word."""

    def hang(self) -> None:
        self.gateway.over.wait(PATIENCE)

    def twice(self) -> None:
        self.wfile.write(OK + OK)

    def slow(self) -> None:
        self.gateway.over.wait(0.3)
        self.wfile.write(OK)

    def drip(self) -> None:
        """A byte now and then, for ever; what each says is a good answer that never ends."""
        for byte in chain(b"HTTP/1.1 200 OK\r\nX-Slow: ", cycle(b"1")):
            if self.gateway.over.wait(0.1):
                return
            self.wfile.write(bytes([byte]))

    def log_message(self, *_: object) -> None:
        """Say nothing of it."""


@contextmanager
def gateway(manner: int | str = 200, answer: bytes = b"ok") -> Iterator[Gateway]:
    """A gateway that listens on a port of its own."""
    made = Gateway(manner, answer)
    desk = type("OwnDesk", (Desk,), {"gateway": made})
    server = ThreadingHTTPServer(("127.0.0.1", 0), desk)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    made.port = server.server_port
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield made
    finally:
        made.over.set()
        server.shutdown()
        server.server_close()
