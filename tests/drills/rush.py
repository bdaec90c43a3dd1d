"""A rush: many phones press at the same moment, over HTTP, on a server of several processes."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from tests.support.crowd import Phone
from tests.support.keys import SITE_KEY
from tests.support.live import environment, wait_until_well
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE, until
from volboard.config import ROOT

ROUNDS = int(os.environ.get("VOLBOARD_ROUNDS", "1"))
KEY = SITE_KEY
SHIPPED = "volboard.reception:served"


@dataclass(frozen=True)
class Press:
    """One press: whose, when it was sent and answered (seconds), and with what."""

    person: int
    sent: float
    answered: float
    status: int


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def workers(self) -> list[int]:
        """The processes that answer requests now."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def kill_one(self) -> int:
        """Kill the first worker as a power cut would: it cannot say goodbye."""
        victim = self.workers()[0]
        os.kill(victim, signal.SIGKILL)
        return victim


@contextmanager
def serving(instance: Path, target: str = SHIPPED, workers: int = 4) -> Iterator[Server]:
    """Serve an installation with granian, as `make serve` does; other targets for controls.

    A worker that is only just starting does not hear that it should stop: it is killed then.
    """
    port = free_port()
    kind = "rsgi" if target == SHIPPED else "wsgi"
    command = [sys.executable, "-m", "granian", "--interface", kind, "--port", str(port),
               "--workers", str(workers), "--no-ws", "--backlog", "1024", "--log-level", "warning",
               "--respawn-failed-workers", "--workers-kill-timeout", "2",
               *(["--factory"] if kind == "rsgi" else ["--blocking-threads", "2"]),
               target]  # fmt: skip
    with (instance / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log,
                                  env=environment(instance, VOLBOARD_SECRET_KEY=KEY))  # fmt: skip
    try:
        wait_until_well(server, f"http://127.0.0.1:{port}", instance / "server.log")
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def press(port: int, phone: Phone, path: str) -> int:
    """Send the form of a button once; answers the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    body = urlencode({"csrf_token": phone.token, "volunteer": phone.volunteer_id})
    headers = {"Cookie": phone.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def rush(port: int, phones: list[Phone], path: str, patient: bool = False) -> list[Press]:
    """Everybody presses at the same moment; whoever is `patient` presses again when told to."""
    start = threading.Barrier(len(phones))

    def one(phone: Phone) -> Press:
        start.wait()
        sent = time.monotonic()
        status = press(port, phone, path)
        while patient and status == HTTPStatus.SERVICE_UNAVAILABLE:
            status = press(port, phone, path)
        return Press(phone.account_id, sent, time.monotonic(), status)

    with ThreadPoolExecutor(len(phones)) as crowd:
        return list(crowd.map(one, phones))


def press_until_answered(port: int, phone: Phone, path: str) -> int:
    """Press, and press again where the answer was lost; answers the status."""

    def answered() -> int:
        with suppress(OSError, http.client.HTTPException):
            return press(port, phone, path)
        return 0

    return until(answered, f"an answer for {phone.account_id}")
