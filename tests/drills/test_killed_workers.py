"""kill -9 on the worker, again and again, while it brings messages to a gateway.

`VOLBOARD_ROUNDS=20` is the long run: 20 deaths among 2,000 messages.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from tests.drills.rush import KEY, ROUNDS
from tests.messages.gateway import Gateway, gateway
from tests.messages.post_office import many_messages, reached_by, states
from tests.support.live import environment
from tests.support.waiting import PATIENCE, until
from volboard.config import ROOT
from volboard.core import clock
from volboard.core.db import db
from volboard.messages import taking
from volboard.messages.delivery_rules import LEASE
from volboard.messages.models import Delivery, Message
from volboard.messages.sending import public_key
from volboard.worker import THREADS

DEATHS, PEOPLE, EACH = (20, 5, 400) if ROUNDS > 1 else (3, 5, 30)


@contextmanager
def worker(instance: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as `volboard serve` starts it; killed without a word at the end."""
    own = environment(instance, VOLBOARD_SECRET_KEY=KEY, VOLBOARD_WEBHOOK_URL=url,
                      VOLBOARD_MESSAGES_A_SECOND="1000")  # fmt: skip
    with (instance / "worker.log").open("a") as log:
        process = subprocess.Popen([sys.executable, "-m", "volboard.worker"], cwd=ROOT, env=own,
                                   stdout=log, stderr=log)  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)


def fates() -> dict[str, str]:
    """How far each message is, by the key that the gateway knows it by."""
    db.session.rollback()
    rows = db.session.execute(
        select(Message.key, Delivery.state).join(Delivery, Delivery.message_id == Message.id)
    )
    return {public_key(key): state for key, state in rows}


def arrived_more(gate: Gateway, by: int) -> Callable[[], bool]:
    """Whether so many more have arrived since now, or all."""
    wanted = min(len(gate.posts) + by, PEOPLE * EACH)
    return lambda: len(gate.posts) >= wanted


def check(gate: Gateway) -> None:
    """Each arrived at most once; what did not arrive waits, or is with a person."""
    arrived, fate = gate.arrived(), fates()
    assert [key for key, times in arrived.items() if times > 1] == []
    assert len(fate) == PEOPLE * EACH
    for key, state in fate.items():
        known = {"delivered"} if key in arrived else {"waiting"}
        assert state in known | {"sending", "unsure"}


def test_no_message_is_lost_or_told_twice_by_workers_that_die(app: Flask, tmp_path: Path) -> None:
    with app.app_context(), gateway("slow") as gate:
        reached_by(app, webhook_url=gate.url)
        yesterday = clock.local(clock.now()).replace(hour=12) - timedelta(days=1)
        with clock.standing_at(yesterday):
            many_messages(PEOPLE, EACH)
        share = PEOPLE * EACH // (DEATHS + 1)
        for _death in range(DEATHS):
            with worker(tmp_path, gate.url):
                assert until(arrived_more(gate, share))
                time.sleep(random.random() * 0.3)
            check(gate)
        (tmp_path / "queue.sqlite3").unlink()
        with worker(tmp_path, gate.url):
            assert until(lambda: not {"waiting"} & set(states()))
        with clock.standing_at(clock.now() + LEASE + timedelta(minutes=1)):
            taking.lapse()
        check(gate)
        assert set(states()) <= {"delivered", "unsure"}
        assert states()["unsure"] <= (DEATHS + 1) * THREADS
        forbidden = ("+8613800", "端午", "下大雨")
        assert not any(word in (tmp_path / "worker.log").read_text() for word in forbidden)


def test_a_worker_told_to_stop_finishes_what_it_has_in_hand(app: Flask, tmp_path: Path) -> None:
    with app.app_context(), gateway("slow") as gate:
        reached_by(app, webhook_url=gate.url)
        with clock.standing_at(clock.local(clock.now()).replace(hour=12) - timedelta(days=1)):
            many_messages(PEOPLE, EACH)
        with worker(tmp_path, gate.url) as process:
            assert until(arrived_more(gate, 5))
            os.kill(process.pid, signal.SIGTERM)
            os.kill(process.pid, signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
        check(gate)
        assert set(states()) <= {"delivered", "waiting"}
