"""A festival rush: 200 people press at once for 20 seats, on four processes and one file."""

import logging
from datetime import timedelta
from pathlib import Path

from flask import Flask

from tests.drills.books import inversions, live_signups, problems
from tests.drills.rush import ROUNDS, Press, press, rush, serving
from tests.support.crowd import a_crowd, phone_of
from tests.support.town import a_shift
from volboard.core import clock

PEOPLE, SEATS = 200, 20


def test_two_hundred_people_press_at_once_for_twenty_seats(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        phones = [phone_of(app, person) for person in a_crowd(PEOPLE)]
        impatient = phones[::5]
        with serving(tmp_path) as server:
            for number in range(ROUNDS):
                day = clock.now() + timedelta(days=number + 1)
                shift = a_shift(capacity=SEATS, starts_at=day)
                url = f"/shifts/{shift}/sign-up"
                presses = rush(server.port, phones + impatient, url)
                assert {one.status for one in presses} == {303}
                assert len(live_signups(shift)) == PEOPLE
                states = [state for _signup, _person, state in live_signups(shift)]
                assert states == ["seated"] * SEATS + ["waiting"] * (PEOPLE - SEATS)
                assert problems(shift) == []
                assert press(server.port, phones[0], url) == 303
                assert len(live_signups(shift)) == PEOPLE
                report(number, presses)


def test_who_was_answered_before_another_pressed_stands_before_them(
    app: Flask, tmp_path: Path
) -> None:
    with app.app_context():
        people = [phone_of(app, person) for person in a_crowd(64)]
        with serving(tmp_path) as server:
            for number in range(ROUNDS):
                day = clock.now() + timedelta(days=number + 1)
                shift = a_shift(capacity=SEATS, starts_at=day)
                presses: list[Press] = []
                for wave in range(0, len(people), 8):
                    url = f"/shifts/{shift}/sign-up"
                    presses += rush(server.port, people[wave : wave + 8], url)
                assert inversions(presses, shift) == 0
                assert problems(shift) == []


def test_without_the_guards_the_same_rush_goes_wrong(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        phones = [phone_of(app, person) for person in a_crowd(60)]
        shift = a_shift(capacity=SEATS, starts_at=clock.now() + timedelta(days=1))
        with serving(tmp_path, "tests.drills.unguarded:app") as server:
            presses = rush(server.port, phones, f"/shifts/{shift}/sign-up")
        failed = [one for one in presses if one.status >= 500]
        assert failed or problems(shift), "the rush would not notice if the guards were gone"


def report(number: int, presses: list[Press]) -> None:
    """Log how long people waited: `make drill` with `--log-cli-level=INFO` shows it."""
    waits = sorted(one.answered - one.sent for one in presses)
    logging.getLogger(__name__).info(
        "round %d: %d presses, half within %.2f s, the last within %.2f s",
        number, len(presses), waits[len(waits) // 2], waits[-1],
    )  # fmt: skip
