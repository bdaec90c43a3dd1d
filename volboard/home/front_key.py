"""Which public page a request asks for, and in which of its forms."""

from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.http import parse_accept_header

from volboard.core.i18n import LANGUAGES, SIZES, preferred

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LONGEST_QUERY = 512
DISPLAY_COOKIES = {"language", "size"}


class Key(NamedTuple):
    """Everything on which the bytes of a public page depend, beside the data and the time."""

    scheme: str
    host: str
    path: str
    query: str
    language: str
    size: str
    encoding: str


def key_of(environ: "WSGIEnvironment") -> Key | None:
    """Which page is asked for; none where the answer could be somebody's own."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not is_public(path):
        return None
    if len(query) > LONGEST_QUERY or "HTTP_HX_REQUEST" in environ:
        return None
    display = display_of(environ.get("HTTP_COOKIE", ""))
    if display is None:
        return None
    language, size = display
    return Key(
        environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), path, query,
        language or preferred(environ.get("HTTP_ACCEPT_LANGUAGE", "")), size,
        encoding_of(environ.get("HTTP_ACCEPT_ENCODING", "")),
    )  # fmt: skip


def is_public(path: str) -> bool:
    """Whether pages of this kind may allow to be kept."""
    return path == "/" or path.startswith("/events/") or path == "/festivals"


@lru_cache(maxsize=256)
def display_of(cookie: str) -> tuple[str, str] | None:
    """Language and text size as the phone remembers them; none if there is any other cookie."""
    try:
        cookies = {name: found.value for name, found in SimpleCookie(cookie).items()}
    except CookieError:
        return None
    if cookie.strip() and not (cookies and cookies.keys() <= DISPLAY_COOKIES):
        return None
    language, size = cookies.get("language", ""), cookies.get("size", "")
    return language if language in LANGUAGES else "", size if size in SIZES else SIZES[0]


@lru_cache(maxsize=256)
def encoding_of(accepted: str) -> str:
    """The best compression that the browser takes."""
    known = parse_accept_header(accepted)
    return next((name for name in ("br", "gzip") if known[name] > 0), "identity")
