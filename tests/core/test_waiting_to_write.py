"""Somebody else writes and writes: a press ends with a sentence, and pages go on."""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask, request
from psycopg import connect

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import MAI
from tests.support.crowd import signed_in
from tests.support.waiting import PATIENCE
from volboard.accounts.models import Account
from volboard.core import turns
from volboard.core.db import db, locked, sqlite_module, transaction
from volboard.core.turns import ARRIVED, NoTurn, turn_at

SHORT = 0.2


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """As much as a test needs; what it is in truth stands in ADR 38."""
    monkeypatch.setattr(turns, "PRESS", SHORT)
    monkeypatch.setattr(turns, "PAGE", SHORT)


@contextmanager
def held(app: Flask) -> Iterator[None]:
    """Another program has what every press of Mai's wants, for as long as this lasts."""
    with app.app_context():
        url = db.engine.url
    if url.drivername.startswith("sqlite"):
        other = sqlite_module().connect(url.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()
        return
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with connect(address) as line:
        line.execute("SELECT * FROM accounts FOR UPDATE")
        yield


@pytest.fixture
def mai(app: Flask) -> Visitor:
    """Mai, before a button that writes."""

    @app.post("/renew")
    def renew() -> str:
        with transaction():
            db.session.scalar(locked(db.select(Account).where(Account.id == MAI.id), of=Account))
            db.session.execute(
                db.update(Account).where(Account.id == MAI.id).values(session_version=1)
            )
        return "stored"

    app.config["WTF_CSRF_ENABLED"] = False
    return signed_in(app, MAI.id)


@both_engines
def test_a_press_ends_with_a_sentence_and_pages_go_on(app: Flask, mai: Visitor) -> None:
    with held(app):
        answer = mai.client.post("/renew")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert "刚才没有存上" in answer.get_data(as_text=True)
        piece = mai.client.post("/renew", headers={"HX-Request": "true"})
        assert piece.status_code == 503
        assert piece.headers["HX-Retarget"] == "#notices"
        assert "<html" not in piece.get_data(as_text=True)
        assert mai.client.get("/me").status_code == 200
    assert mai.client.post("/renew").get_data(as_text=True) == "stored"


@both_engines
def test_who_arrived_long_ago_is_not_kept_waiting_again(
    app: Flask, mai: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PRESS", float(PATIENCE))
    long_ago = {ARRIVED: time.monotonic() - PATIENCE}
    with held(app):
        assert mai.client.post("/renew", environ_overrides=long_ago).status_code == 503
    answer = mai.client.post("/renew", environ_overrides=long_ago)
    assert answer.get_data(as_text=True) == "stored", "one look is always taken"


def test_a_queue_of_presses_ends_with_the_same_sentence(app: Flask, mai: Visitor) -> None:
    phones = [signed_in(app, MAI.id) for _each in range(6)]
    said: list[int] = []

    def press(phone: Visitor) -> None:
        said.append(phone.client.post("/renew").status_code)

    threads = [threading.Thread(target=press, args=(phone,)) for phone in phones]
    with held(app):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    assert said == [503] * 6


def test_the_turn_is_waited_for_and_passes_on(tmp_path: Path) -> None:
    path, order = str(tmp_path / "lock"), []
    entered, leave = threading.Event(), threading.Event()

    def first() -> None:
        with turn_at(path, time.monotonic()):
            entered.set()
            leave.wait(PATIENCE)
            order.append("first")

    def second() -> None:
        with turn_at(path, time.monotonic() + PATIENCE):
            order.append("second")

    threads = [threading.Thread(target=one) for one in (first, second)]
    threads[0].start()
    assert entered.wait(PATIENCE)
    threads[1].start()
    with pytest.raises(NoTurn), turn_at(path, time.monotonic() + SHORT):
        pass
    leave.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert order == ["first", "second"]


def test_who_is_no_request_waits_longer_and_a_page_less(app: Flask) -> None:
    now = time.monotonic()
    assert turns.last_moment() - now > 10 * SHORT
    turns.PRESS = 2 * SHORT
    with app.test_request_context("/", environ_overrides={ARRIVED: 100.0}):
        assert request.environ[ARRIVED] == 100.0
        assert turns.last_moment() == 100.0 + SHORT
    with app.test_request_context("/", method="POST", environ_overrides={ARRIVED: 100.0}):
        assert turns.last_moment() == 100.0 + 2 * SHORT


def test_another_process_that_writes_is_waited_for(tmp_path: Path) -> None:
    """A handle of its own is to the lock file what another process is."""
    path = tmp_path / "lock"
    with path.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(NoTurn), turn_at(str(path), time.monotonic() + SHORT):
            pass
    with turn_at(str(path), time.monotonic()), path.open("w") as other, pytest.raises(OSError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
