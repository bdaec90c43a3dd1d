"""How fast the board is, beside a bare Flask "hello" on the same server, in one run.

    make bench        (or: .venv/bin/python -m benchmarks.board [seconds])

One granian worker each, pinned to one core, and the client on another where the machine has
two; they take turns, and the median of the rounds counts. The board is asked as it is shipped,
and, to compare, through granian's own WSGI side as hello is (docs/adr/0037).
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.client import rate

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
SHIPPED, PLAIN = "volboard.reception:served", "wsgi:app"
WARM_UP_SECONDS = 1.0
START_SECONDS = 300


@dataclass(frozen=True)
class Server:
    """A server under test."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def megabytes(self) -> float:
        """Resident memory of the worker: granian's youngest child."""
        return max(resident(pid) for pid in children(self.process.pid)) / 1024

    @property
    def cpu_seconds(self) -> float:
        """What the worker has used of a processor, which other programs do not disturb."""
        return sum(used(pid) for pid in children(self.process.pid))


@dataclass(frozen=True)
class Round:
    """Requests a second, and milliseconds of processor a request."""

    rate: float
    cpu_ms: float


@contextmanager
def serving(name: str, target: str, environ: dict[str, str]) -> Iterator[Server]:
    """Run one worker until the block ends."""
    port = free_port()
    side = ["rsgi", "--factory"] if target == SHIPPED else ["wsgi", "--blocking-threads", "2"]
    command = [*pinned(0), sys.executable, "-m", "granian", "--port", str(port), "--workers", "1",
               "--no-ws", "--http", "1", "--log-level", "error", "--interface", *side,
               target]  # fmt: skip
    path = os.pathsep.join((str(ROOT), str(ROOT / "benchmarks")))
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environ | {"PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        yield Server(name, port, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def pinned(core: int) -> list[str]:
    """The words before a command that keep it on one core; none where that cannot be."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if not shutil.which("taskset") or len(cores) < 2:
        return []
    return ["taskset", "-c", str(cores[core])]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"nothing answers on port {port}")


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else [pid]


def resident(pid: int) -> int:
    """Resident memory in KiB; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def used(pid: int) -> float:
    """Processor seconds of a process; 0 where the system does not tell."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def prepared(folder: str) -> dict[str, str]:
    """An installation with the demonstration data; answers its environment."""
    environ = {"VOLBOARD_INSTANCE": folder, "VOLBOARD_HTTPS": "0"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare", "--demo"]
    volboard = Path(sys.executable).with_name("volboard")
    if volboard.exists():
        command = [str(volboard), "prepare", "--demo"]
    subprocess.run(command, cwd=ROOT, env=os.environ | environ, check=True, capture_output=True)
    return environ


def measure(seconds: float) -> None:
    """Print the rates, side by side, and what they cost in memory."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        environ = prepared(folder)
        anew, kept = ({"VOLBOARD_FRONT_CACHE": on} | environ for on in "01")
        servers = [
            stack.enter_context(serving(*each))
            for each in (
                ("bare Flask hello", "hello:app", {}),
                ("board, made anew", SHIPPED, anew),
                ("anew, by WSGI", PLAIN, anew),
                ("board, kept", SHIPPED, kept),
                ("kept, by WSGI", PLAIN, kept),
            )
        ]
        rounds: dict[str, list[Round]] = {server.name: [] for server in servers}
        for server in servers:
            rate(server.url, WARM_UP_SECONDS, pinned(1))
        for _round in range(ROUNDS):
            for server in servers:
                rounds[server.name].append(run(server, seconds))
        yardstick = median(rounds[servers[0].name])
        for server in servers:
            found = median(rounds[server.name])
            print(
                f"{server.name:17}{found.rate:7.0f} requests/s{found.rate / yardstick.rate:6.2f} of"
                f" hello | {found.cpu_ms:5.2f} ms of processor each | {server.megabytes:5.1f} MB"
            )


def run(server: Server, seconds: float) -> Round:
    """One round: how many a second, and what each cost."""
    before = server.cpu_seconds
    found = rate(server.url, seconds, pinned(1))
    return Round(found, 1000 * (server.cpu_seconds - before) / (found * seconds))


def median(rounds: list[Round]) -> Round:
    return Round(
        statistics.median(found.rate for found in rounds),
        statistics.median(found.cpu_ms for found in rounds),
    )


if __name__ == "__main__":
    measure(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
