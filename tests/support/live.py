"""A real server with demonstration data, and a real headless Chromium."""

import fcntl
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Route,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.support.keys import GATEWAY_KEY, SEAL_KEY
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE, PATIENCE_MS, until
from volboard.config import ROOT

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-gpu",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-smooth-scrolling",  # a swipe is done when the page has moved
]
PHONE: ViewportSize = {"width": 390, "height": 844}
NO_HURRY = """addEventListener('DOMContentLoaded', () => {
  if (window.htmx) window.htmx.config.timeout = %d;
})"""
"""The gate and the wall give up an answer after some seconds, for a hanging network is worse than
none. A busy machine is no hanging network."""
WORKER_PATIENCE = "const PATIENCE = 3000;"
"""So long the gate's service worker waits for the server's page, before it gives the kept one."""


def environment(instance: Path, **more: str) -> dict[str, str]:
    """The settings of an installation in `instance`, over plain HTTP."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("VOLBOARD_")}
    settings = {"VOLBOARD_INSTANCE": str(instance), "VOLBOARD_HTTPS": "0",
                "VOLBOARD_SEAL_KEY": SEAL_KEY, "VOLBOARD_WEBHOOK_KEY": GATEWAY_KEY}  # fmt: skip
    return own | settings | more


def demo_town(shared: Path) -> Path:
    """A folder with a database of demonstration data, made once for all test workers."""
    town = shared / "demo-town"
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / "demo-town.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (town / "volboard.sqlite3").exists():
            town.mkdir(exist_ok=True)
            command = [sys.executable, "-m", "volboard", "prepare", "--demo"]
            subprocess.run(
                command, check=True, cwd=ROOT, env=environment(town), capture_output=True
            )
    return town


@contextmanager
def serving(
    instance: Path, workers: int = 1, delivers: bool = False, /, **more: str
) -> Iterator[str]:
    """Serve an installation as `make serve` does; yields its address.

    Messages go out only where a test says so: else each server would cost a process more.
    """
    port = free_port()
    command = [sys.executable, "-m", "volboard", "serve", "--port", str(port),
               "--workers", str(workers), *([] if delivers else ["--no-worker"])]  # fmt: skip
    with (instance / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment(instance, **more),
                                  stdout=log, stderr=log)  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_well(server, address, instance / "server.log")
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE)


def wait_until_well(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    """Wait until `/healthz` answers; fails with what the server said, at once where it ended."""

    def is_well() -> bool:
        assert server.poll() is None, log.read_text()[-2000:]
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE):
                return True
        except OSError:
            return False

    until(is_well, f"an answer of the server, which writes to {log},")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one on the path."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise RuntimeError("Chromium was not found: scripts/need-tools installs it.")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS, timeout=PATIENCE_MS)
        browser.new_page()  # without any it may end by itself, between two tests
        yield browser
        browser.close()


def a_context(browser: Browser, **options: Any) -> BrowserContext:
    """Somebody's own browser, as Playwright's `new_context` makes it, which waits as tests do."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE_MS)
    return context


def let_it_wait(context: BrowserContext) -> None:
    """Let the pages, and the gate's service worker, wait for the server as long as a test does."""

    def patient(route: Route) -> None:
        answer = route.fetch()
        script = answer.text()
        assert WORKER_PATIENCE in script
        longer = script.replace(WORKER_PATIENCE, f"const PATIENCE = {PATIENCE_MS};")
        route.fulfill(response=answer, body=longer)

    context.route("**/static/js/gate-worker*", patient)
    context.add_init_script(NO_HURRY % PATIENCE_MS)
