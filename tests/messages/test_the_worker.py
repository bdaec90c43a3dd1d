"""The worker runs beside the server, minds its queue, and says nothing of anybody."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from psycopg import connect

from tests.conftest import both_engines
from tests.messages.gateway import gateway
from tests.messages.post_office import WORDS, many_messages, reached_by, states
from tests.support import live
from tests.support.ports import free_port
from tests.support.postgres import create_database, drop_database
from tests.support.town import NOON
from tests.support.waiting import PATIENCE, until
from volboard import worker
from volboard.config import ROOT
from volboard.core import clock
from volboard.messages.pacing import Pace


@contextmanager
def running(instance: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """`volboard deliver`, ended politely."""
    with (instance / "worker.log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", "volboard", "deliver"], cwd=ROOT,
                                   env=live.environment(instance, **settings),
                                   stdout=log, stderr=log)  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def tell_a_few(app: Flask, url: str) -> None:
    """Ten messages that have been due since yesterday noon."""
    reached_by(app, webhook_url=url)
    with clock.standing_at(clock.local(clock.now()).replace(hour=12) - timedelta(days=1)):
        many_messages(5, 2)


@both_engines
def test_what_was_told_goes_out(app: Flask, tmp_path: Path, database_url: str) -> None:
    with app.app_context(), gateway() as gate:
        tell_a_few(app, gate.url)
        with running(tmp_path, VOLBOARD_DATABASE_URL=database_url, VOLBOARD_WEBHOOK_URL=gate.url):
            assert until(lambda: states() == {"delivered": 10})
        assert set(gate.arrived().values()) == {1}
    log = (tmp_path / "worker.log").read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    assert len([line for line in lines if line["event"] == "delivery"]) == 10
    assert [word for word in (*WORDS, "1380000000", "麦小芳") if word in log] == []


class Waits(Event):
    """Notes how long everybody would have waited."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.noted.append(timeout or 0)
        return self.is_set()


def test_messages_go_out_at_an_even_pace_whatever_the_number_of_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stopping = Waits()
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    pace = Pace(4, stopping)
    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(lambda _turn: pace.wait(), range(4)))
    assert sorted(stopping.noted) == [0, 0.25, 0.5, 0.75]
    monkeypatch.setattr(time, "monotonic", lambda: 102.0)
    assert pace.wait()
    assert stopping.noted[-1] == 0, "who comes after a rest waits for nobody"
    stopping.set()
    assert not pace.wait(), "who is to stop does not go out any more"


def test_a_worker_told_to_stop_does_not_wait_for_the_turns_of_what_is_left(
    app: Flask, tmp_path: Path
) -> None:
    an_hour_apart = {"VOLBOARD_MESSAGES_A_SECOND": str(1 / 3600)}
    with app.app_context(), gateway() as gate:
        tell_a_few(app, gate.url)
        with running(tmp_path, VOLBOARD_WEBHOOK_URL=gate.url, **an_hour_apart) as process:
            until(lambda: states()["delivered"] == 1, "the first message")
            process.terminate()
            assert process.wait(PATIENCE) == 0
        assert states() == {"delivered": 1, "waiting": 9}
        assert len(gate.posts) == 1
    assert "interrupting" not in (tmp_path / "worker.log").read_text()


def test_the_queue_may_be_in_postgresql(app: Flask, tmp_path: Path, server: str) -> None:
    queue = create_database(server, "queue")
    try:
        with app.app_context(), gateway() as gate:
            tell_a_few(app, gate.url)
            with running(tmp_path, VOLBOARD_QUEUE_URL=queue, VOLBOARD_WEBHOOK_URL=gate.url):
                assert until(lambda: states() == {"delivered": 10})
        assert not (tmp_path / "queue.sqlite3").exists()
        with connect(queue) as connection:
            assert connection.execute("SELECT count(*) FROM huey_task").fetchone() is not None
    finally:
        drop_database(server, "queue")


def test_a_broken_queue_file_is_made_anew(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "queue.sqlite3").write_bytes(b"not a database at all" * 100)
    with app.app_context(), gateway() as gate:
        tell_a_few(app, gate.url)
        with running(tmp_path, VOLBOARD_WEBHOOK_URL=gate.url):
            assert until(lambda: states() == {"delivered": 10})


def children(pid: int) -> dict[str, int]:
    """The processes that this one keeps, by what they are."""
    found: dict[str, int] = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with suppress(FileNotFoundError):  # it ended after it was listed
            words = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
            if words[2:3] in (["granian"], ["volboard.worker"]):
                found[words[2]] = int(child)
    return found


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def served(instance: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """`volboard serve`, until both its children are there."""
    port = free_port()
    with (instance / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "volboard", "serve", "--workers", "1", "--port", str(port),
             *options], cwd=ROOT, env=live.environment(instance), stdout=log, stderr=log,
        )  # fmt: skip
    try:
        live.wait_until_well(server, f"http://127.0.0.1:{port}", instance / "server.log")
        yield server
    finally:
        server.kill()
        server.wait(PATIENCE)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_server_and_worker_end_together(app: Flask, tmp_path: Path, end: int) -> None:
    with served(tmp_path) as server:
        assert until(lambda: len(children(server.pid)) == 2)
        both = children(server.pid)
        os.kill(server.pid, end)
        status = server.wait(PATIENCE)
        assert until(lambda: not any(map(is_there, both.values())))
    assert status == (-end if end == signal.SIGKILL else 0)


def the_worker(server: int, but: int = 0) -> int:
    """The worker's process id, once there is one other than `but`."""
    assert until(lambda: children(server).get("volboard.worker", but) != but)
    return children(server)["volboard.worker"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_worker_that_dies_is_started_anew_and_hup_renews_it(app: Flask, tmp_path: Path) -> None:
    with served(tmp_path) as server:
        first = the_worker(server.pid)
        os.kill(first, signal.SIGKILL)
        second = the_worker(server.pid, first)
        server.send_signal(signal.SIGHUP)
        the_worker(server.pid, second)
        assert "granian" in children(server.pid)
        server.terminate()
        assert server.wait(PATIENCE) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_server_may_do_without_a_worker(app: Flask, tmp_path: Path) -> None:
    with served(tmp_path, "--no-worker") as server:
        assert "granian" in Path(f"/proc/{server.pid}/cmdline").read_text()
        server.terminate()
        assert server.wait(PATIENCE) == 0
    assert not (tmp_path / "queue.sqlite3").exists()


def test_each_slot_of_time_comes_up_once() -> None:
    is_due = worker.each(worker.day)
    said = []
    for hours in (0, 1, 11, 12, 13, 36):
        with clock.standing_at(NOON + timedelta(hours=hours)):
            said.append(is_due(None))
    assert said == [True, False, False, True, False, True], "once at the start, and after midnight"


def test_an_error_is_logged_without_its_words(
    capsys: pytest.CaptureFixture[str], app: Flask
) -> None:
    def fails() -> None:
        raise ValueError("13800000001 麦小芳")

    def goes_on() -> None:
        done.append(True)

    done: list[bool] = []
    worker.sweep((fails, goes_on))
    line = capsys.readouterr().out
    assert "ValueError" in line
    assert "test_the_worker.py" in line
    assert "1380000" not in line
    assert done == [True]
