"""A slow line between a phone and the server: a page arrives in pieces, each one painted."""

import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.support.waiting import PATIENCE

CUTS = re.compile(rb"(?=<(?:article|footer|form|h1|h2|header|img|li|main|nav|section)\b)")
LEFT_OUT = {"connection", "content-encoding", "content-length", "transfer-encoding"}
TWO_FRAMES = "() => new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))"


class SlowLine(ThreadingHTTPServer):
    """Hands on what the server at `town` answers; a page in pieces, one for each `more`."""

    def __init__(self, town: str) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.town = urlsplit(town).netloc
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.may_send = threading.Semaphore(0)
        self.is_through = threading.Event()

    def more(self, page: Page) -> bool:
        """Let the next piece through and the page paint it; whether it was not the last."""
        self.may_send.release()
        page.evaluate(TWO_FRAMES)
        return not self.is_through.is_set()


class _Call(BaseHTTPRequestHandler):
    server: SlowLine

    def do_GET(self) -> None:
        asked = {k: v for k, v in self.headers.items() if k.lower() != "accept-encoding"}
        with closing(HTTPConnection(self.server.town, timeout=PATIENCE)) as upstream:
            upstream.request("GET", self.path, headers=asked | {"Host": self.server.town})
            answer = upstream.getresponse()
            body = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in LEFT_OUT:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if answer.headers.get_content_type() == "text/html":
            self._in_pieces(body)
        else:
            self.wfile.write(body)

    def _in_pieces(self, page: bytes) -> None:
        for piece in CUTS.split(page):
            self.wfile.write(piece)
            assert self.server.may_send.acquire(timeout=PATIENCE), "nobody waits for the page"
        self.server.is_through.set()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def slow_line(town: str) -> Iterator[SlowLine]:
    """A line to this server for as long as the block runs."""
    with SlowLine(town) as line:
        thread = threading.Thread(target=line.serve_forever)
        thread.start()
        try:
            yield line
        finally:
            line.shutdown()
            thread.join()
