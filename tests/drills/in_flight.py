"""Presses that are on their way while the server is told to end, or to begin anew."""

import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from tests.drills.rush import KEY, Server
from tests.support.crowd import Phone
from tests.support.live import environment, wait_until_well
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE, until
from volboard.config import ROOT
from volboard.serving import server_of

PATIENT, SHIPPED = "tests.drills.patient:served", "volboard.reception:served"
LISTENS = "0A"
"""The state of a socket that takes new connections, in /proc/net/tcp."""
HALF = 12
"""Bytes of a form that are sent at first."""


@contextmanager
def serving(
    instance: Path, workers: int, target: str = PATIENT, goodbye: int = PATIENCE
) -> Iterator[Server]:
    """What `volboard serve` becomes, which kills nobody while a test waits."""
    port = free_port()
    command = server_of("127.0.0.1", port, workers)[:-1]
    command += [target, "--workers-kill-timeout", str(goodbye)]
    with (instance / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log,
                                   env=environment(instance, VOLBOARD_SECRET_KEY=KEY))  # fmt: skip
    server = Server(port, process.pid)
    try:
        wait_until_well(process, f"http://127.0.0.1:{port}", instance / "server.log")
        until(lambda: all(listens(worker, port) for worker in server.workers()), "all workers")
        yield server
    finally:
        process.kill()
        process.wait(PATIENCE)


@dataclass(frozen=True)
class Press:
    """A press that was begun: its connection, and what is still to be sent."""

    phone: Phone
    line: socket.socket
    rest: bytes

    def end(self) -> None:
        """Send what is left."""
        self.line.sendall(self.rest)

    def status(self) -> int:
        """The status of the answer, or 0 where the connection ended without one."""
        with self.line, suppress(OSError, HTTPException), HTTPResponse(self.line) as answer:
            answer.begin()
            answer.read()
            return answer.status
        return 0


def begin(port: int, phone: Phone, path: str) -> Press:
    """Send half of a form; goes on once the server has begun to read it."""
    body = form(phone)
    line = line_to(port, phone, path, "Expect: 100-continue")
    said = b""
    while b"\r\n\r\n" not in said:
        part = line.recv(1)
        assert part, "the server wants no form"
        said += part
    assert said.startswith(b"HTTP/1.1 100"), said
    line.sendall(body[:HALF])
    return Press(phone, line, body[HALF:])


def send(port: int, phone: Phone, path: str) -> Press:
    """Send a whole form, whether somebody reads it or not."""
    line = line_to(port, phone, path)
    line.sendall(form(phone))
    return Press(phone, line, b"")


def line_to(port: int, phone: Phone, path: str, *more: str) -> socket.socket:
    """A new connection on which a form is announced."""
    head = (f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {phone.cookie}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(form(phone))}", *more, "", "")  # fmt: skip
    line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    line.sendall("\r\n".join(head).encode())
    return line


def form(phone: Phone) -> bytes:
    """What the button of a place sends."""
    return urlencode({"csrf_token": phone.token, "volunteer": phone.volunteer_id}).encode()


def begin_until(
    enough: Callable[[list[Press]], bool], port: int, phones: list[Phone], path: str
) -> list[Press]:
    """One phone after another begins, until there are enough."""
    presses: list[Press] = []
    for phone in phones:
        presses.append(begin(port, phone, path))
        if enough(presses):
            return presses
    raise AssertionError(f"{len(phones)} phones, and not yet enough")


def each_has_one(server: Server, presses: list[Press]) -> bool:
    """Whether every worker is reading the form of somebody."""
    having = {worker_of(server, press.line) for press in presses}
    return having == set(server.workers())


def worker_of(server: Server, line: socket.socket) -> int:
    """The worker at the other end of this connection."""
    theirs = f"{server.port:04X}", f"{line.getsockname()[1]:04X}"
    (inode,) = {row.inode for row in table() if (row.local, row.remote) == theirs}
    (worker,) = {each for each in server.workers() if inode in sockets(each)}
    return worker


def listens(worker: int, port: int) -> bool:
    """Whether this process takes new connections."""
    doors = {row.inode for row in table() if (row.state, row.local) == (LISTENS, f"{port:04X}")}
    return bool(doors & sockets(worker))


def stands_at_the_lock(worker: int) -> bool:
    """Whether this process looks at the lock file of those who write."""
    return any(name.endswith(".write-lock") for name in opened(worker))


@dataclass(frozen=True)
class Row:
    """A socket of this machine; ports in hexadecimal."""

    local: str
    remote: str
    state: str
    inode: str


def table() -> list[Row]:
    """The sockets of this machine, of IPv4."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [Row(r[1].split(":")[1], r[2].split(":")[1], r[3], r[9]) for r in rows]


def sockets(process: int) -> set[str]:
    """The inodes of the sockets that a process has."""
    return {name[8:-1] for name in opened(process) if name.startswith("socket:[")}


def opened(process: int) -> list[str]:
    """The names of what a process has open; none where it has ended."""
    names = []
    with suppress(FileNotFoundError):
        for handle in Path(f"/proc/{process}/fd").iterdir():
            with suppress(FileNotFoundError):
                names.append(str(handle.readlink()))
    return names
