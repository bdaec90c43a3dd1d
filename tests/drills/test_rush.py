"""A festival rush: 200 people press at once for 20 seats, on four processes and one file."""

import logging
from datetime import timedelta
from pathlib import Path

from flask import Flask

from tests.drills.books import inversions, live_signups, problems
from tests.drills.rush import ROUNDS, Press, Server, press, rush, serving
from tests.support.crowd import Phone, a_crowd, phone_of
from tests.support.town import a_shift
from volboard.core import clock

PEOPLE, SEATS = 200, 20


def test_two_hundred_people_press_at_once_for_twenty_seats(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        phones = [phone_of(app, person) for person in a_crowd(PEOPLE)]
        with serving(tmp_path) as server:
            for number in range(ROUNDS):
                everybody_at_once(server, phones, timedelta(days=2 * number + 1))
                in_waves(server, phones[:64], timedelta(days=2 * number + 2))


def everybody_at_once(server: Server, phones: list[Phone], later: timedelta) -> None:
    """All press at the same moment, every fifth twice."""
    shift = a_shift(capacity=SEATS, starts_at=clock.now() + later)
    url = f"/shifts/{shift}/sign-up"
    presses = rush(server.port, phones + phones[::5], url, patient=True)
    report(presses)
    assert {one.status for one in presses} == {303}
    states = [state for _signup, _person, state in live_signups(shift)]
    assert states == ["seated"] * SEATS + ["waiting"] * (PEOPLE - SEATS)
    assert problems(shift) == []
    assert press(server.port, phones[0], url) == 303
    assert len(live_signups(shift)) == PEOPLE


def in_waves(server: Server, phones: list[Phone], later: timedelta) -> None:
    """Eight at a time: whoever was answered before another pressed stands before them."""
    shift = a_shift(capacity=SEATS, starts_at=clock.now() + later)
    presses: list[Press] = []
    for wave in range(0, len(phones), 8):
        eight = phones[wave : wave + 8]
        presses += rush(server.port, eight, f"/shifts/{shift}/sign-up", patient=True)
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


def report(presses: list[Press]) -> None:
    """Log how long people waited: `make drill` with `--log-cli-level=INFO` shows it."""
    waits = sorted(one.answered - one.sent for one in presses)
    logging.getLogger(__name__).info(
        "%d presses, half within %.2f s, the last within %.2f s",
        len(presses), waits[len(waits) // 2], waits[-1],
    )  # fmt: skip
