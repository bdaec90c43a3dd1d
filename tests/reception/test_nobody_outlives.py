"""Whoever is left alone ends: no worker goes on without its master."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support import live
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE, until
from volboard.config import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def below(process: int) -> list[int]:
    """The processes that this one started, and those that they started."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [each for child in children for each in (int(child), *below(int(child)))]


def is_there(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def served(instance: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`volboard serve` with two workers and one who delivers."""
    port = free_port()
    command = [sys.executable, "-m", "volboard", "serve", "--port", str(port), "--workers", "2"]
    with (instance / "server.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=live.environment(instance), stdout=log, stderr=log
        )
    try:
        live.wait_until_well(server, f"http://127.0.0.1:{port}", instance / "server.log")
        until(lambda: len(below(server.pid)) == 4, "a master, two workers and who delivers")
        yield server
    finally:
        server.kill()
        server.wait(PATIENCE)


@pytest.mark.parametrize("who", ["the supervisor", "granian's master"])
def test_all_end_when_it_is_killed(built: Path, tmp_path: Path, who: str) -> None:
    shutil.copy(built, tmp_path)
    with served(tmp_path) as server:
        family = below(server.pid)
        masters = [each for each in family if len(below(each)) == 2]
        os.kill(server.pid if who == "the supervisor" else masters[0], signal.SIGKILL)
        server.wait(PATIENCE)
    until(lambda: not any(map(is_there, family)), "the end of all of them")


ENDS = "print('in order', flush=True)"
HOLDS = "ctypes.PyDLL(None).sleep(100_000)"
"""In the main thread, with the interpreter in its hand: nothing else of the program runs."""


@pytest.mark.parametrize(("answer", "last"), [(ENDS, "in order"), (HOLDS, "")])
def test_a_grandchild_ends_in_order_or_by_force(answer: str, last: str) -> None:
    """When its parent was killed, whatever it does when it is told to end."""
    child = (
        "import ctypes, os, signal, sys, time; from volboard.core import parents;"
        "parents.GOODBYE = 2;"
        f"signal.signal(signal.SIGTERM, lambda *_: ({answer}, sys.exit()));"
        "parents.end_with(os.getppid()); print(os.getpid(), flush=True); time.sleep(100_000)"
    )
    parent = (
        "import subprocess, sys, time;"
        "subprocess.Popen([sys.executable, '-c', sys.argv[1]]); time.sleep(100_000)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", parent, child], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        grandchild = int(process.stdout.readline())
        process.kill()
        said = process.stdout.read()  # to its end: nobody is there any more to say more
    assert said.strip() == last
    until(lambda: not is_there(grandchild), "the end of whoever was left alone")
