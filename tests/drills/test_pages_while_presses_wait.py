"""Every thread for presses waits for the database, and more presses behind them: pages go on."""

import sys
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask import Flask

from tests.drills.in_flight import send, serving, stands_at_the_lock
from tests.support.crowd import a_crowd, phone_of
from tests.support.town import a_shift
from tests.support.waiting import PATIENCE, until
from volboard.core import clock
from volboard.core.db import transaction
from volboard.reception.desk import PRESSERS, READERS


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_pages_go_on_while_more_presses_wait_than_there_are_threads(
    app: Flask, tmp_path: Path
) -> None:
    with app.app_context(), serving(tmp_path, 1) as server:
        shift = a_shift(capacity=9, starts_at=clock.now() + timedelta(days=1))
        phones = [phone_of(app, one) for one in a_crowd(PRESSERS + READERS + 1)]
        with transaction():
            presses = [send(server.port, one, f"/shifts/{shift}/sign-up") for one in phones]
            until(lambda: all(map(stands_at_the_lock, server.workers())), "a wait for the lock")
            with urlopen(f"http://127.0.0.1:{server.port}/sign-in", timeout=PATIENCE) as page:
                assert page.status == HTTPStatus.OK
        assert {press.status() for press in presses} == {303}
