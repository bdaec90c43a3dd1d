"""A gate of today with twenty-four neighbours, on a server that can be stopped and started."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import text

from tests.conftest import settings_for
from tests.support import live
from tests.support.cast import OLGA, Person
from tests.support.crowd import a_crowd, phone_of, seat_all
from tests.support.keys import SITE_KEY
from tests.support.ports import free_port
from tests.support.town import a_shift, an_event
from tests.support.waiting import PATIENCE, until
from volboard.app import create_app
from volboard.config import ROOT
from volboard.core import clock
from volboard.core.db import db, sqlite_module, transaction

SECRET = SITE_KEY
PEOPLE = 24
STORED = """(store) => new Promise((resolve, reject) => {
  const asked = indexedDB.open('volboard-gate');
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const found = asked.result.transaction(store).objectStore(store).getAll();
    found.onsuccess = () => { asked.result.close(); resolve(found.result); };
  };
})"""
READY = """() => Promise.all(['/organize/', '/codes/x'].map(async (place) => {
  const found = await navigator.serviceWorker.getRegistration(place);
  return Boolean(found && found.active && found.active.state === 'activated');
})).then((both) => both.every(Boolean))"""


@dataclass
class Gatehouse:
    """One installation, its server, and the phones that were opened on it."""

    folder: Path
    browser: Browser
    app: Flask = field(init=False)
    shift: int = field(init=False)
    people: list[int] = field(init=False)
    port: int = field(default_factory=free_port)
    server: "subprocess.Popen[bytes] | None" = None
    phones: list[BrowserContext] = field(default_factory=list)

    def __post_init__(self) -> None:
        path = self.folder / "volboard.sqlite3"
        self.app = create_app(settings_for(self.folder, f"sqlite:///{path}"))
        began = clock.now() - timedelta(minutes=30)
        with self.app.app_context():
            ends = began + timedelta(hours=5)
            event = an_event(title="社区清洁日", starts_at=began, ends_at=ends)
            self.shift = a_shift(event, capacity=40, starts_at=began, minutes=300, title="扫楼道")
            self.people = a_crowd(PEOPLE)
            seat_all(self.people, self.shift, began - timedelta(days=1))
            db.engine.dispose()
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def gate(self) -> str:
        return f"/organize/shifts/{self.shift}/gate"

    @property
    def wall(self) -> str:
        return f"/organize/shifts/{self.shift}/wall"

    def start(self) -> None:
        """Serve, at the same address as before."""
        command = [sys.executable, "-m", "volboard", "serve", "--port", str(self.port),
                   "--workers", "1", "--no-worker"]  # fmt: skip
        settings = live.environment(self.folder, VOLBOARD_SECRET_KEY=SECRET)
        with (self.folder / "server.log").open("ab") as log:
            self.server = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log,
                                           stderr=log, start_new_session=True)  # fmt: skip
        live.wait_until_well(self.server, self.address, self.folder / "server.log")

    def stop(self) -> None:
        """Take the server away in the middle of whatever it does."""
        self.signal(signal.SIGKILL)
        if self.server is not None:
            self.server.wait(PATIENCE)
            self.server = None

    def signal(self, number: int) -> None:
        """Tell the server and its workers something."""
        if self.server is not None:
            os.killpg(self.server.pid, number)

    def phone(self, person: Person = OLGA, **options: Any) -> BrowserContext:
        """A phone on which this person is signed in, whose gate waits for the server's pages."""
        context = self.hurried_phone(person, **options)
        live.let_it_wait(context)
        return context

    def hurried_phone(self, person: Person = OLGA, **options: Any) -> BrowserContext:
        """The same as it is in real life: after three seconds without an answer it goes on."""
        settings: dict[str, Any] = {"viewport": live.PHONE, "has_touch": True, "is_mobile": True,
                                    "locale": "zh-CN", "base_url": self.address}  # fmt: skip
        context = live.a_context(self.browser, **(settings | options))
        context.new_page()  # an empty one: Chromium ends a phone whose last page is closed, in time
        self.sign_in(context, person)
        self.phones.append(context)
        return context

    def sign_in(self, context: BrowserContext, person: Person) -> None:
        """Put this person's session on the phone."""
        name, _, value = phone_of(self.app, person.id).cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def open_gate(self, context: BrowserContext) -> Page:
        """The gate with a network, until this phone could do without one."""
        page = context.new_page()
        page.goto(self.gate)
        expect(page.locator("#offline-ready")).to_contain_text("存好 24 人")
        until(lambda: page.evaluate(READY), "a service worker that is ready")
        return page

    def ask(self, query: str) -> list[Any]:
        """What the database holds."""
        connection = sqlite_module().connect(str(self.folder / "volboard.sqlite3"))
        rows = [row[0] if len(row) == 1 else row for row in connection.execute(query)]
        connection.close()
        return rows

    def change(self, statement: str) -> None:
        """Let something have happened meanwhile."""
        with self.app.app_context(), transaction():
            db.session.execute(text(statement))
        with self.app.app_context():
            db.engine.dispose()

    def close(self) -> None:
        for context in self.phones:
            context.close()
        self.stop()


def stored(page: Page, store: str) -> list[dict[str, Any]]:
    """What this phone keeps."""
    found: list[dict[str, Any]] = page.evaluate(STORED, store)
    return found


def check_in(page: Page, number: int) -> None:
    """Look one of the crowd up by the last four digits and press once."""
    page.fill("#search-q", f"{number:04}")
    page.locator("#gate-answer .gate-row", has_text=f"{number:04}").get_by_role(
        "button", name="签到"
    ).tap()
    expect(page.locator("#gate-answer .verdict")).to_contain_text("已签到")
