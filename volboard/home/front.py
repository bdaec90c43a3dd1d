"""The front cache: finished bytes of public pages, answered before Flask is asked.

A page is kept for one version of the data and until the next instant at which time alone
would change it. What a person signed in sees never comes from here and never goes in here.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request, session
from werkzeug.http import parse_etags

from volboard.core import clock
from volboard.core.access import viewer
from volboard.core.i18n import SIZES, language, large_text
from volboard.home.data_version import DataVersion
from volboard.home.front_key import Form, Key, key_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ASKED = "volboard.keep_until"
ONLY_KEPT = "volboard.only_kept"
"""Set by who wants a kept page or nothing: the event loop, which must not wait for one."""
PLACES = 256
LARGEST = 256 * 1024
OF_ONE_ANSWER = {"content-length", "x-request-id", "date", "etag"}
VARY = "Cookie, Accept-Language, Accept-Encoding"


class NotKept(Exception):
    """What was asked for with `ONLY_KEPT` would have to be made."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished answer, and for how long it is true."""

    version: object
    since: datetime
    until: datetime
    tag: str
    """What is quoted in its ETag."""
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(slots=True)
class Wish:
    """What the page says to the cache that asked for it."""

    until: datetime | None = None
    form: Form | None = None
    """How the page really was shown, whatever the cache has read in the request."""


def keep_until(response: Response, moment: Callable[[], datetime]) -> None:
    """Allow this answer of a view to be kept until `moment()`, if anybody wants to keep it.

    Only for pages that are the same for every visitor with this language and text size.
    Whoever is signed in, or has anything in their session, has a page of their own.
    """
    wish = request.environ.get(ASKED)
    if wish is None or viewer().is_signed_in or session:
        return
    wish.until, wish.form = moment(), Form(language(), SIZES[large_text()])
    response.headers["Cache-Control"] = "no-cache"


def init_app(app: Flask) -> None:
    """Put the cache in front of Flask."""
    app.wsgi_app = FrontCache(app.wsgi_app, DataVersion(app))  # type: ignore[method-assign]


class FrontCache:
    """Answers what it has; asks Flask for the rest and keeps what a view allows to keep."""

    def __init__(self, wsgi_app: "WSGIApplication", version: DataVersion) -> None:
        self.wsgi_app = wsgi_app
        self.version = version
        self.shelf: OrderedDict[Key, Kept] = OrderedDict()
        self.lock = Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        key = key_of(environ)
        version = self.version.read() if key else None
        now = clock.now()
        kept = self._find(key, version, now) if key and version is not None else None
        if kept:
            return answer(kept, environ, start_response)
        if ONLY_KEPT in environ:
            raise NotKept
        if key is None or version is None:
            return self.wsgi_app(environ, start_response)
        return self._ask(key, version, now, environ, start_response)

    def _find(self, key: Key, version: object, now: datetime) -> Kept | None:
        with self.lock:
            kept = self.shelf.get(key)
            if kept is None or kept.version != version or not kept.since <= now < kept.until:
                return None
            self.shelf.move_to_end(key)
            return kept

    def _ask(
        self, key: Key, version: object, now: datetime,
        environ: "WSGIEnvironment", start_response: "StartResponse",
    ) -> Iterable[bytes]:  # fmt: skip
        """Let Flask make the page; the version was read before, so a page is never older."""
        wish = Wish()
        asked = dict(environ, HTTP_ACCEPT_ENCODING=key.encoding, REQUEST_METHOD="GET")
        status, headers, body = call(self.wsgi_app, asked | {ASKED: wish})
        if wish.until is None or wish.form != key.form or not is_shared(status, headers, body):
            start_response(status, headers)
            return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]
        kept = Kept(version, now, wish.until, tag_of(body), headers_of(headers, body), body)
        self._keep(key, kept)
        return answer(kept, environ, start_response)

    def _keep(self, key: Key, kept: Kept) -> None:
        with self.lock:
            self.shelf[key] = kept
            self.shelf.move_to_end(key)
            while len(self.shelf) > PLACES:
                self.shelf.popitem(last=False)


def call(
    wsgi_app: "WSGIApplication", environ: "WSGIEnvironment"
) -> tuple[str, list[tuple[str, str]], bytes]:
    """Ask an application and wait for all of its answer."""
    began: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        began[:] = [status, headers]
        return lambda data: None

    parts = wsgi_app(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    return began[0], began[1], body


def is_shared(status: str, headers: list[tuple[str, str]], body: bytes) -> bool:
    """Whether an answer may stand on the shelf: found, without a cookie, and not too large."""
    is_plain = all(name.lower() != "set-cookie" for name, _ in headers)
    return status.startswith("200") and is_plain and len(body) <= LARGEST


def tag_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:24]


def headers_of(headers: list[tuple[str, str]], body: bytes) -> tuple[tuple[str, str], ...]:
    """The headers that hold for everybody who gets these bytes."""
    own = [(name, value) for name, value in headers
           if name.lower() not in OF_ONE_ANSWER and name.lower() != "vary"]  # fmt: skip
    return (*own, ("Vary", VARY), ("ETag", f'"{tag_of(body)}"'))


def answer(
    kept: Kept, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    """Send the kept page, or say that the browser's own copy is still true."""
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    if known and parse_etags(known).contains_weak(kept.tag):
        unchanged = [h for h in kept.headers if not h[0].lower().startswith("content-")]
        start_response("304 Not Modified", unchanged)
        return [b""]
    start_response("200 OK", [*kept.headers, ("Content-Length", str(len(kept.body)))])
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else kept.body]
