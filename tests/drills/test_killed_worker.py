"""kill -9 in the middle of a rush: what was answered is stored, and nobody is seated twice."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from flask import Flask

from tests.drills.books import live_signups, problems
from tests.drills.rush import ROUNDS, Server, press_until_answered, serving
from tests.support.crowd import Phone, a_crowd, phone_of
from tests.support.town import a_shift
from tests.support.waiting import until
from volboard.core import clock

PEOPLE, SEATS, HANDS = 120, 30, 8


def test_a_killed_worker_takes_no_answered_signup_with_it(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        phones = [phone_of(app, person) for person in a_crowd(PEOPLE)]
        with serving(tmp_path, workers=2) as server:
            for number in range(ROUNDS):
                day = clock.now() + timedelta(days=number + 1)
                shift = a_shift(capacity=SEATS, starts_at=day)
                answered = rush_with_a_death(server, phones, f"/shifts/{shift}/sign-up")
                stored = {person for _signup, person, _state in live_signups(shift)}
                assert answered <= stored
                assert len(stored) == PEOPLE
                assert problems(shift) == []


def rush_with_a_death(server: Server, phones: list[Phone], url: str) -> set[int]:
    """Everybody presses until they have an answer, while a worker dies; who was answered."""
    began = threading.Semaphore(0)

    def one(phone: Phone) -> int:
        began.release()
        assert press_until_answered(server.port, phone, url) == 303
        return phone.account_id

    before = server.workers()
    with ThreadPoolExecutor(HANDS) as crowd:
        presses: list[Future[int]] = [crowd.submit(one, phone) for phone in phones]
        for _person in range(PEOPLE // 3):
            began.acquire()
        assert server.kill_one() in before
        answered = {future.result() for future in presses}
    until(lambda: len(server.workers()) == len(before), "a worker in the place of the dead one")
    return answered
