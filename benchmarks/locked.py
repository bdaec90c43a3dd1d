"""What people notice while somebody else holds the write lock for half a minute.

    .venv/bin/python -m benchmarks.locked [--workers 2] [--town FOLDER]

Four hands open pages without a pause, and twelve press (they join and leave a team), in turns with
the lock free and held by another program. On SQLite. Ends with 1 where a wish is missed: a page is
a page, a press that waited is told with 503 when to come back, within ten seconds, and nineteen
of twenty pages take at most twice as long.
"""

import argparse
import http.client
import itertools
import re
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from threading import Event
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from benchmarks.slow_senders import FORM, PAGES, serving, told
from volboard.core.db import sqlite_module
from volboard.demo.people import PASSWORD

SECONDS, TURNS = 30, 3
READERS, PRESSERS = 4, 12
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
Took = list[tuple[int, float]]


def read(port: int, over: Event) -> Took:
    """Open pages; answers each status and its milliseconds."""
    took: Took = []
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for page in itertools.cycle(PAGES):
        if over.is_set():
            return took
        took.append(asked(line, "GET", page, "", {}))
    return took


def press(port: int, over: Event, cookie: str, token: str) -> Took:
    """Join a team and leave it; each of the two writes, or finds under the lock that it is done."""
    took: Took = []
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = FORM | {"Cookie": cookie}
    for do in itertools.cycle(("join", "leave")):
        if over.wait(1):
            return took
        took.append(
            asked(line, "POST", f"/teams/1/{do}", urlencode({"csrf_token": token}), headers)
        )
    return took


def signed_in(port: int) -> tuple[str, str]:
    """The cookie of a resident, and the token that goes with it."""
    base = f"http://127.0.0.1:{port}"
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    token = TOKEN.findall(browser.open(f"{base}/sign-in").read().decode())[0]
    form = {"csrf_token": token, "phone": "13800000005", "password": PASSWORD}
    page = browser.open(f"{base}/sign-in", urlencode(form).encode()).read().decode()
    return "; ".join(f"{one.name}={one.value}" for one in jar), TOKEN.findall(page)[0]


def asked(
    line: http.client.HTTPConnection, method: str, path: str, body: str, headers: dict[str, str]
) -> tuple[int, float]:
    began = time.monotonic()
    line.request(method, path, body or None, headers)
    answer = line.getresponse()
    answer.read()
    if answer.status == 503 and not answer.headers["Retry-After"]:
        raise RuntimeError(f"{path} does not say when to come back")
    return answer.status, 1000 * (time.monotonic() - began)


def turn(port: int, seconds: float, person: tuple[str, str]) -> tuple[Took, Took]:
    """Everybody at once for so long: what reading took, and what pressing took."""
    over = Event()

    with ThreadPoolExecutor(READERS + PRESSERS) as crowd:
        try:
            readers = [crowd.submit(read, port, over) for _each in range(READERS)]
            pressers = [crowd.submit(press, port, over, *person) for _each in range(PRESSERS)]
            time.sleep(seconds)
        finally:
            over.set()
        pages, presses = ([one for job in jobs for one in job.result()]
                          for jobs in (readers, pressers))  # fmt: skip
        return pages, presses


def add(all_of: tuple[Took, Took], found: tuple[Took, Took]) -> None:
    for kind, more in zip(all_of, found, strict=True):
        kind.extend(more)


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--town", default="", help="a folder with the demonstration data")
    reader.add_argument("--seconds", type=float, default=SECONDS)
    asked_for = reader.parse_args()
    free: tuple[Took, Took] = [], []
    held: tuple[Took, Took] = [], []
    with serving(asked_for.workers, False, asked_for.town) as (port, folder):
        path = f"{folder}/volboard.sqlite3"
        person = signed_in(port)
        turn(port, 3, person)
        for _turn in range(TURNS):
            add(free, turn(port, asked_for.seconds / TURNS, person))
            other = sqlite_module().connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            add(held, turn(port, asked_for.seconds, person))
            other.close()
    for name, (pages, presses) in (("free", free), ("held", held)):
        median, most = told([ms for _status, ms in pages])
        longest = max(ms for _status, ms in presses) / 1000
        print(f"{name}: pages {statuses(pages)}, median {median:6.1f} ms, 95 % {most:6.1f} ms | "
              f"presses {statuses(presses)}, the longest {longest:.1f} s")  # fmt: skip
    (m1, p1), (m2, p2) = (told([ms for _s, ms in pages]) for pages, _presses in (free, held))
    print(f"pages: median x{m2 / m1:.2f}, 95 % x{p2 / p1:.2f}")
    missed = {
        "a page was refused": set(statuses(free[0] + held[0])) != {200},
        "a press failed, or none had to wait": not {503} <= set(statuses(held[1])) <= {303, 503},
        "a press failed with the lock free": set(statuses(free[1])) != {303},
        "a press took longer than ten seconds": max(ms for _s, ms in held[1]) > 10_000,
        "pages took more than twice as long": p2 > 2 * p1,
    }
    sys.exit("; ".join(name for name, is_so in missed.items() if is_so) or 0)


def statuses(took: Took) -> dict[int, int]:
    """How often each was the answer."""
    return dict(Counter(status for status, _ms in took))


if __name__ == "__main__":
    main()
