"""SIGTERM and SIGHUP in the middle of presses: each is answered, and stored once or not at all."""

import itertools
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.drills.books import live_signups, problems
from tests.drills.in_flight import (
    SHIPPED,
    Press,
    begin,
    begin_until,
    each_has_one,
    listens,
    send,
    serving,
    stands_at_the_lock,
)
from tests.drills.patient import SHUT
from tests.drills.rush import Server
from tests.support.crowd import Phone, a_crowd, phone_of
from tests.support.town import a_shift
from tests.support.waiting import until
from volboard import serving as commands
from volboard import supervisor
from volboard.config import ROOT
from volboard.core import clock, turns
from volboard.core.db import transaction
from volboard.reception import bodies

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PEOPLE = 40
both_signals = pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP])
one_and_two = pytest.mark.parametrize("workers", [1, 2])


@pytest.fixture
def shift(app: Flask) -> Iterator[int]:
    """A shift of tomorrow with a seat for each, inside the product."""
    with app.app_context():
        yield a_shift(capacity=PEOPLE, starts_at=clock.now() + timedelta(days=1))


@pytest.fixture
def phones(app: Flask, shift: int) -> list[Phone]:
    return [phone_of(app, person) for person in a_crowd(PEOPLE)]


def tell(server: Server, what: int) -> None:
    """Send the signal, and go on once a worker that reads or presses takes nobody new."""
    before = server.workers()
    os.kill(server.pid, what)
    enough = all if what == signal.SIGTERM else any  # it begins anew one after another
    until(lambda: enough(not listens(each, server.port) for each in before), "the end of taking")


def seated(shift: int) -> list[int]:
    """Who has a seat, as often as they have one."""
    assert problems(shift) == []
    return sorted(person for _signup, person, _state in live_signups(shift))


def people(presses: list[Press]) -> list[int]:
    return sorted(press.phone.volunteer_id for press in presses)


@one_and_two
@both_signals
def test_a_press_that_waits_for_its_turn_is_answered_and_stored_once(
    phones: list[Phone], shift: int, tmp_path: Path, workers: int, told: int
) -> None:
    with serving(tmp_path, workers) as server:
        with transaction():
            presses = press_at_all(server, phones, shift)
            until(lambda: all(map(stands_at_the_lock, server.workers())), "a wait for the lock")
            tell(server, told)
        assert [press.status() for press in presses] == [303] * len(presses)
        assert seated(shift) == people(presses)


@both_signals
def test_without_time_to_end_the_same_press_is_lost(
    phones: list[Phone], shift: int, tmp_path: Path, told: int
) -> None:
    """A negative control: what is killed is not answered, and that is seen."""
    with serving(tmp_path, 1, goodbye=1) as server:
        with transaction():
            (press,) = press_at_all(server, phones, shift)
            until(lambda: all(map(stands_at_the_lock, server.workers())), "a wait for the lock")
            tell(server, told)
            assert press.status() == 0
        assert seated(shift) == []


def press_at_all(server: Server, phones: list[Phone], shift: int) -> list[Press]:
    """So many press that each worker has a whole form to work on."""
    path = f"/shifts/{shift}/sign-up"
    presses = begin_until(lambda begun: each_has_one(server, begun), server.port, phones, path)
    for press in presses:
        press.end()
    return presses


@one_and_two
@both_signals
def test_a_form_that_is_still_coming_is_answered_and_half_of_one_is_nothing(
    phones: list[Phone], shift: int, tmp_path: Path, workers: int, told: int
) -> None:
    path = f"/shifts/{shift}/sign-up"
    with serving(tmp_path, workers) as server:
        first = begin_until(lambda some: each_has_one(server, some), server.port, phones, path)
        others = phones[len(first) :]
        second = begin_until(lambda some: each_has_one(server, some), server.port, others, path)
        tell(server, told)
        for press in second:
            press.line.close()
        for press in first:
            press.end()
        assert [press.status() for press in first] == [303] * len(first)
        assert seated(shift) == people(first)


@both_signals
def test_a_form_that_never_comes_is_refused_in_words(
    phones: list[Phone], shift: int, tmp_path: Path, told: int
) -> None:
    with serving(tmp_path, 1, SHIPPED) as server:
        press = begin(server.port, phones[0], f"/shifts/{shift}/sign-up")
        tell(server, told)
        assert press.status() == 408
        assert seated(shift) == []


@contextmanager
def nobody_ready(instance: Path) -> Iterator[None]:
    """No new worker is ready for anybody."""
    (instance / SHUT).touch()
    yield
    (instance / SHUT).unlink()


@one_and_two
def test_who_comes_before_a_new_worker_is_ready_is_not_sent_away(
    phones: list[Phone], shift: int, tmp_path: Path, workers: int
) -> None:
    path = f"/shifts/{shift}/sign-up"
    with serving(tmp_path, workers) as server:
        old = server.workers()
        with nobody_ready(tmp_path):
            os.kill(server.pid, signal.SIGHUP)
            until(lambda: not set(old) & set(server.workers()), "the end of the old ones")
            presses = [send(server.port, phone, path) for phone in phones[:8]]
        assert [press.status() for press in presses] == [303] * len(presses)
        assert seated(shift) == people(presses)


def test_while_all_begin_anew_everybody_is_answered(
    phones: list[Phone], shift: int, tmp_path: Path
) -> None:
    path = f"/shifts/{shift}/sign-up"
    with serving(tmp_path, 2) as server:
        old, turn = server.workers(), itertools.cycle(phones)

        def is_over() -> bool:
            assert send(server.port, next(turn), path).status() == 303
            return not set(old) & set(server.workers())

        os.kill(server.pid, signal.SIGHUP)
        until(is_over, "the end of the old ones")
        assert len(set(seated(shift))) == len(seated(shift)) > 0


def test_the_last_moment_lies_behind_every_answer() -> None:
    """Who kills sooner cuts off somebody whose answer was still to come."""
    assert commands.GOODBYE > bodies.SECONDS + 1, "a form has a second for each 16 KiB"
    assert commands.GOODBYE > turns.PRESS
    unit = (ROOT / "deploy/volboard.service").read_text()
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)
    assert int(seconds) > commands.GOODBYE + supervisor.GOODBYE
