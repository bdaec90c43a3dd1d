"""Does a gateway that hangs hold a signup up? Signups over HTTP, with messages going out beside.

    .venv/bin/python -m benchmarks.messages

Three installations in turns, each with two workers for pages: one that sends nothing, one whose
gateway takes every message at once, and one whose gateway never answers. In each some hundreds
of messages are due, and people press the whole time. Prints each one's answer times.
"""

import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import fill, settings_for
from tests.drills.rush import press
from tests.messages.gateway import gateway
from tests.messages.post_office import many_messages, reached_by, states
from tests.support.crowd import Phone, a_crowd, phone_of
from tests.support.keys import SITE_KEY
from tests.support.live import serving
from tests.support.town import a_shift
from volboard.app import create_app
from volboard.core import clock
from volboard.core.db import db

PEOPLE, SHIFTS, HANDS = 40, 6, 2
ROUNDS = 4
MESSAGES = 600
CASES = ("nothing goes out", "a gateway that takes", "a gateway that hangs")


def a_town(folder: Path, sends: bool) -> tuple[list[Phone], list[int]]:
    """People with phones, shifts with room for all, and messages that are due."""
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'volboard.sqlite3'}"))
    fill(app)
    with app.app_context():
        phones = [phone_of(app, person) for person in a_crowd(PEOPLE)]
        days = [clock.now() + timedelta(days=number + 1) for number in range(SHIFTS)]
        shifts = [a_shift(capacity=PEOPLE, starts_at=day) for day in days]
        if sends:
            reached_by(app, webhook_url="http://gateway.invalid")
            with clock.standing_at(clock.local(clock.now()).replace(hour=12) - timedelta(days=1)):
                many_messages(5, MESSAGES // 5)
        db.engine.dispose()
    return phones, shifts


def timed(port: int, phones: list[Phone], shifts: list[int]) -> list[float]:
    """Everybody takes a place in every shift; milliseconds of each press."""

    def one(turn: tuple[Phone, int]) -> float:
        began = time.perf_counter()
        assert press(port, turn[0], f"/shifts/{turn[1]}/sign-up") == 303
        return (time.perf_counter() - began) * 1000

    with ThreadPoolExecutor(HANDS) as crowd:
        return list(crowd.map(one, [(phone, shift) for shift in shifts for phone in phones]))


def measured(case: str) -> tuple[list[float], str]:
    """The answer times of one installation, and what became of its messages meanwhile."""
    sends = case != CASES[0]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        phones, shifts = a_town(folder, sends)
        gate = stack.enter_context(gateway("hang" if case == CASES[2] else 200))
        more = {"VOLBOARD_SECRET_KEY": SITE_KEY}
        if sends:
            more["VOLBOARD_WEBHOOK_URL"] = gate.url
        address = stack.enter_context(serving(folder, 2, sends, **more))
        time.sleep(8 if sends else 1)  # the worker is with its gateway by then
        took = timed(urlsplit(address).port or 0, phones, shifts)
        app = create_app(settings_for(folder, f"sqlite:///{folder / 'volboard.sqlite3'}"))
        with app.app_context():
            return took, " ".join(f"{state} {count}" for state, count in sorted(states().items()))


def main() -> None:
    """Measure each case in turns, and tell how they compare."""
    took: dict[str, list[float]] = {case: [] for case in CASES}
    fate: dict[str, str] = {}
    for _round in range(ROUNDS):
        for case in CASES:
            more, fate[case] = measured(case)
            took[case] += more
    base = quantiles(took[CASES[0]])
    for case in CASES:
        half, most = quantiles(took[case])
        print(f"{case:22} median {half:6.1f} ms  p95 {most:6.1f} ms"
              f"  ×{half / base[0]:.2f} ×{most / base[1]:.2f}  messages: {fate[case]}")  # fmt: skip


def quantiles(times: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[18]


if __name__ == "__main__":
    main()
