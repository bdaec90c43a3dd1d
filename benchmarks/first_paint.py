"""The board's first visit on a slow phone, beside an empty page, in one run.

    .venv/bin/python -m benchmarks.first_paint

A processor four times slower, 400 ms to the server, 400 kbit/s; nothing is cached. Prints the
bytes and requests of the visit and the median time to the first contentful paint of both.
"""

import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser

from tests.support import live

ROUNDS = 7
NETWORK = {"offline": False, "latency": 400, "downloadThroughput": 50_000,
           "uploadThroughput": 50_000}  # fmt: skip
PAINT = """() => new Promise(resolve => new PerformanceObserver(list => {
  const paint = list.getEntriesByName('first-contentful-paint')[0];
  if (paint) resolve(paint.startTime);
}).observe({type: 'paint', buffered: true}))"""
EMPTY = b"<!doctype html><html lang=zh><meta charset=utf-8><title>.</title><p>.</p>"


class EmptyPage(BaseHTTPRequestHandler):
    """Answers every path with a page of one dot."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(EMPTY)))
        self.end_headers()
        self.wfile.write(EMPTY)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def empty_page() -> Iterator[str]:
    """The address of a server of empty pages."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), EmptyPage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def visit(browser: Browser, url: str) -> tuple[float, int, int]:
    """Milliseconds to the first contentful paint, bytes on the wire, requests."""
    context = browser.new_context(viewport=live.PHONE, locale="zh-CN")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    seen: list[int] = []
    wire.on("Network.loadingFinished", lambda event: seen.append(int(event["encodedDataLength"])))
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", NETWORK)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url)
    paint = float(page.evaluate(PAINT))
    page.wait_for_timeout(1500)
    context.close()
    return paint, sum(seen), len(seen)


def main() -> None:
    """Measure both in turns and print the medians."""
    paints: dict[str, list[float]] = {"empty page": [], "board": []}
    with tempfile.TemporaryDirectory() as folder:
        town = live.demo_town(Path(folder))
        with live.serving(town) as board, empty_page() as empty, live.chromium() as browser:
            visit(browser, board)
            for _round in range(ROUNDS):
                paints["empty page"].append(visit(browser, empty)[0])
                paint, size, requests = visit(browser, f"{board}/")
                paints["board"].append(paint)
    middle = {name: statistics.median(times) for name, times in paints.items()}
    for name, time in middle.items():
        print(f"{name:12} {time:6.0f} ms to the first contentful paint")
    print(f"board        {middle['board'] / middle['empty page']:.2f} times the empty page")
    print(f"board        {size / 1000:.1f} kB on the wire in {requests} requests")


main()
