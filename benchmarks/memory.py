"""What each of two workers takes of memory, as `volboard serve` runs them (Linux).

    .venv/bin/python -m benchmarks.memory

After the board alone, and after four rounds over the pages of a visitor, a resident and an
organizer. Resident counts what all processes share for each of them, proportional divides it.
"""

import os
import re
import subprocess
import sys
import tempfile
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from benchmarks.board import ROOT, children, free_port, prepared, wait_for
from volboard.demo.people import PASSWORD

VISITOR = (
    "/ /?past=1 /?q=%E6%B2%A1%E6%9C%89 /events/40 /events/40/share /events/40/poster "
    "/shifts/100/sign-up /festivals /teams /teams/1 /sign-in /join /nothing-here /calendar.ics"
)
TOURS = {
    "": VISITOR,
    "13800000005": "/ /events/40 /me /me/hours /me/code /me/family /me/account "
    "/me/data /me/messages /me/certificates",
    "13800000001": "/organize /organize/events/new /organize/events/40 /organize/desk-help "
    "/organize/shifts/100/gate /organize/messages /organize/rosters /organize/anomalies",
}
ROUNDS = 4
LINE = re.compile(r"^(Rss|Pss): +(\d+)", re.MULTILINE)
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def somebody(base: str, phone: str) -> OpenerDirector:
    """A browser with cookies of its own, signed in where a number is given."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    if phone:
        token = TOKEN.findall(browser.open(f"{base}/sign-in").read().decode())[0]
        form = {"csrf_token": token, "phone": phone, "password": PASSWORD}
        browser.open(f"{base}/sign-in", urlencode(form).encode()).read()
    browser.addheaders = [("Accept-Encoding", "br")]
    return browser


def open_page(browser: OpenerDirector, url: str) -> None:
    try:
        browser.open(url).read()
    except HTTPError as error:
        error.read()


def report(moment: str, server: int) -> None:
    """Print the megabytes of each worker: resident and proportional."""
    for worker in children(server):
        rollup = Path(f"/proc/{worker}/smaps_rollup").read_text()
        found = {name: int(kib) / 1024 for name, kib in LINE.findall(rollup)}
        print(f"{moment:12}{found['Rss']:6.1f} MB resident{found['Pss']:6.1f} proportional")


def measure() -> None:
    """Serve the demonstration data and visit it."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "volboard", "serve", "--no-worker", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | prepared(folder), stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            base = f"http://127.0.0.1:{port}"
            wait_for(port)
            for _visit in range(12):
                open_page(somebody(base, ""), f"{base}/")
            report("the board", server.pid)
            for phone, paths in TOURS.items():
                browser = somebody(base, phone)
                for path in paths.split() * ROUNDS:
                    open_page(browser, base + path)
            report("all pages", server.pid)
        finally:
            server.terminate()
            server.wait(20)


measure()
