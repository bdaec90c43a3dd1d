"""What people notice of 20 clients that send a form a byte a second.

    .venv/bin/python -m benchmarks.slow_senders [--seconds 120] [--workers 2] [--caddy]

Four hands open pages and press a button, in turns with and without the slow ones, of which 20
are there at every moment: whoever is sent away comes back at once. The client shares the cores
with the server. `--caddy` puts deploy/Caddyfile in front.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.board import ROOT, free_port, prepared

SLOW, HANDS, TURNS = 20, 4, 8
PAGES = ("/", "/?free=1", "/events/40", "/teams", "/festivals", "/sign-in")
PRESS = ("/display", "size=large&next=%2F")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HEAD = b"POST /display HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n" \
       b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"  # fmt: skip


@contextmanager
def serving(workers: int, caddy: bool, town: str) -> Iterator[tuple[int, str]]:
    """The demonstration data behind `volboard serve`; yields the port to ask, and the folder."""
    port, front = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | moved_in(folder, town) | {"XDG_DATA_HOME": folder}
        commands = [
            [sys.executable, "-m", "volboard", "serve", "--no-worker", "--port", str(port),
             "--workers", str(workers)]
        ]  # fmt: skip
        if caddy:
            shipped = (ROOT / "deploy/Caddyfile").read_text()
            own = re.sub(r"board\.example\.org", f"http://127.0.0.1:{front}", shipped)
            own = own.replace("127.0.0.1:8000", f"127.0.0.1:{port}").replace(
                "servers {", "admin off\n\tservers {", 1
            )
            Path(folder, "Caddyfile").write_text(own)
            commands.append([str(shutil.which("caddy")), "run", "--adapter", "caddyfile",
                             "--config", f"{folder}/Caddyfile"])  # fmt: skip
        started = [
            subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
            for command in commands
        ]
        try:
            for process, each in zip(started, (port, front), strict=False):
                wait_for_it(each, process)
            yield front if caddy else port, folder
        finally:
            for process in started:
                process.send_signal(signal.SIGTERM)
            for process in started:
                process.wait(30)


def moved_in(folder: str, town: str) -> dict[str, str]:
    """The settings of an installation in `folder`: with this town's data, or made anew."""
    if not town:
        return prepared(folder)
    for name in ("volboard.sqlite3", "seal_key"):
        if Path(town, name).exists():  # the key may stand in VOLBOARD_SEAL_KEY
            shutil.copy(Path(town, name), folder)
    return {"VOLBOARD_INSTANCE": folder, "VOLBOARD_HTTPS": "0"}


def wait_for_it(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until it listens; ends at once where it has ended, for it has said why."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"what should listen on {port} has ended")


def drip(port: int, over: threading.Event, ends: Counter[str]) -> None:
    """Send a byte a second, come back when sent away, and count how it ended."""
    while not over.is_set():
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(HEAD)
            line.settimeout(1)
            while not over.is_set():
                try:
                    line.sendall(b"x")
                    answer = line.recv(4000)
                except TimeoutError:
                    continue
                except OSError:
                    ends["broken off"] += 1
                    break
                ends[answer.split(b"\r\n")[0].decode() or "closed"] += 1
                break


def hand(port: int, until: float) -> list[float]:
    """Open pages and press, one after another; answers the milliseconds of each."""
    took = []
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        for method, path, body in [("GET", page, None) for page in PAGES] + [("POST", *PRESS)]:
            began = time.monotonic()
            connection.request(method, path, body, FORM if body else {})
            answer = connection.getresponse()
            answer.read()
            took.append(1000 * (time.monotonic() - began))
            if answer.status not in (200, 303):
                raise RuntimeError(f"{path} answered {answer.status}")
    return took


def round_of(port: int, seconds: float, slow: int, ends: Counter[str]) -> list[float]:
    """One turn, with so many slow ones beside it."""
    over = threading.Event()
    with ThreadPoolExecutor(SLOW + HANDS) as crowd:
        for _each in range(slow):
            crowd.submit(drip, port, over, ends)
        try:
            time.sleep(1)
            until = time.monotonic() + seconds
            hands = [crowd.submit(hand, port, until) for _each in range(HANDS)]
            return [ms for one in hands for ms in one.result()]
        finally:
            over.set()


def told(took: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("--seconds", type=float, default=120, help="with slow clients, in all")
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--caddy", action="store_true")
    reader.add_argument("--town", default="", help="a folder with the demonstration data")
    asked = reader.parse_args()
    ends: Counter[str] = Counter()
    alone: list[float] = []
    beside: list[float] = []
    with serving(asked.workers, asked.caddy, asked.town) as (port, _folder):
        round_of(port, 3, 0, ends)
        for _turn in range(TURNS):
            alone += round_of(port, asked.seconds / TURNS, 0, ends)
            beside += round_of(port, asked.seconds / TURNS, SLOW, ends)
    (m1, p1), (m2, p2) = told(alone), told(beside)
    print(f"alone          {len(alone):6} answers, median {m1:6.1f} ms, 95 % {p1:6.1f} ms")
    print(f"beside {SLOW} slow {len(beside):6} answers, median {m2:6.1f} ms (x{m2 / m1:.2f}), "
          f"95 % {p2:6.1f} ms (x{p2 / p1:.2f})")  # fmt: skip
    print("the slow ones:", dict(ends))


if __name__ == "__main__":
    main()
