"""Somebody who opens every page that links lead to, and sends every form found there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.support.browser import fields
from tests.support.cast import Person
from volboard.core.db import db, sqlite_module
from volboard.core.security import limiter

WORDS = "textarea, input:is([type=text], [type=tel], [type=date], [type=time], :not([type]))"
ENOUGH = 3
"""Pages of one kind: more of them show the same forms."""


@dataclass(frozen=True)
class Form:
    """A form as a page rendered it, with what it sends if nobody types."""

    page: str
    endpoint: str
    url: str
    method: str
    data: dict[str, object]
    keeps: bool
    """Whether it has a field whose words must come back with the sentence."""

    @property
    def typed(self) -> list[str]:
        """The names of its fields, hidden ones too, without the token."""
        return [name for name in self.data if name != "csrf_token"]


class Walker:
    """A visitor or one of the cast; each request begins with the same cookie."""

    def __init__(self, app: Flask, person: Person | None = None) -> None:
        self.app = app
        self.client = app.test_client(use_cookies=False)
        number = person.id if person else 0
        session = {"csrf_token": "raw", "device": f"{number:032x}"}
        session |= {"_user_id": f"{number}.1"} if person else {}
        signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        self.headers = {"Cookie": f"session={signer.dumps(session)}"}
        key = str(app.config["SECRET_KEY"])
        self.token = URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps("raw")
        self.pages: dict[str, BeautifulSoup] = {}
        self.forms: dict[tuple[str, ...], Form] = {}
        self.kinds: Counter[str] = Counter()
        self.doors: set[str] = set()
        """The addresses that no page led to; they may be closed."""

    def get(self, url: str) -> TestResponse:
        return self.client.get(url, headers=self.headers)

    def send(self, form: Form, changed: dict[str, Any], **headers: str) -> TestResponse:
        """Send the form with some fields changed; None leaves a field out. Limits are forgotten."""
        limiter.reset()
        data = {**form.data, **changed}
        data = {name: value for name, value in data.items() if value is not None}
        asked: dict[str, Any] = {"headers": self.headers | headers}
        if form.method == "get":
            return self.client.get(form.url, query_string=data, **asked)
        return self.client.post(form.url, data=data | {"csrf_token": self.token}, **asked)

    def send_as(self, form: Form, kind: str) -> TestResponse:
        """Send the form as it is, under another content type."""
        limiter.reset()
        data = {name: value for name, value in form.data.items() if value is not None}
        body = urlencode(data | {"csrf_token": self.token}, doseq=True)
        return self.client.post(form.url, data=body, content_type=kind, headers=self.headers)

    def walk(self, *ahead: str) -> None:
        """Open the pages of every kind that links lead to, and note every kind of form."""
        todo = list(ahead)
        self.doors |= set(ahead)
        while todo:
            url = todo.pop(0)
            if url not in self.pages and not self.is_enough(url):
                self.pages[url] = soup = soup_of(self.get(url))
                todo += links(soup, url)
                self.note_forms(soup, url)

    def is_enough(self, url: str) -> bool:
        """Whether pages of this kind were opened often enough; counts this one."""
        parts = urlsplit(url)
        kind = self.endpoint_of(url, "get") + " ".join(sorted(parse_qs(parts.query)))
        self.kinds[kind] += 1
        return self.kinds[kind] > ENOUGH

    def note_forms(self, soup: BeautifulSoup, page: str) -> None:
        for tag in soup.select("form"):
            for button in tag.select("button") or [tag]:
                form = self.form_of(tag, button, page)
                self.forms.setdefault((form.endpoint, form.method, *form.typed), form)

    def form_of(self, tag: Tag, button: Tag, page: str) -> Form:
        url = urljoin(page, str(button.get("formaction") or tag.get("action") or page))
        method = str(tag.get("method", "get")).lower()
        silent = {str(box["name"]): None for box in tag.select("[type=radio], [type=checkbox]")}
        data = silent | fields(tag, button)
        keeps = method == "post" and bool(tag.select(WORDS))
        return Form(page, self.endpoint_of(url, method), url, method, data, keeps)

    def endpoint_of(self, url: str, method: str) -> str:
        try:
            found, _values = self.app.url_map.bind("localhost").match(
                urlsplit(url).path, method=method.upper()
            )
        except HTTPException:
            return "nowhere"
        return str(found)


class Rewinder:
    """Notices every change to the database's file, and puts it back as it was."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            path = db.engine.url.database
        self.live = sqlite_module().connect(path)
        self.kept = sqlite_module().connect(":memory:")
        self.live.backup(self.kept)
        self.seen = self.version()

    def version(self) -> int:
        return int(self.live.execute("PRAGMA data_version").fetchone()[0])

    def changed(self) -> bool:
        """Whether anything was committed since; if so, it is undone."""
        if self.version() == self.seen:
            return False
        self.kept.backup(self.live)
        self.seen = self.version()
        return True

    def close(self) -> None:
        self.live.close()
        self.kept.close()


def soup_of(answer: TestResponse) -> BeautifulSoup:
    """The page, or nothing where the answer is no page."""
    return BeautifulSoup(answer.text if answer.mimetype == "text/html" else "", "html.parser")


def links(soup: BeautifulSoup, page: str) -> Iterator[str]:
    """Where the links of a page lead on this site, each without its anchor."""
    for link in soup.select("a[href]"):
        url = urlsplit(urljoin("http://localhost" + page, str(link["href"])))
        if url.netloc == "localhost" and not url.path.startswith("/static"):
            yield url.path + (f"?{url.query}" if url.query else "")
