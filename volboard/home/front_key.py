"""Which public page a request asks for, and in which of its forms.

The request is read by the class with which the page reads it, never by hand: where two
programs read one text, somebody can write it so that they differ.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from volboard.core.i18n import LANGUAGES, SIZES, preferred, remembered
from volboard.core.reading import StrictRequest

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LONGEST = 1024
"""Signs of all that is read here; who sends more gets a page made anew."""
DISPLAY_COOKIES = {"language": LANGUAGES, "size": SIZES}
BLANK = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": "", "SERVER_PORT": "80",
         "wsgi.url_scheme": "http"}  # fmt: skip


class Form(NamedTuple):
    """How the page is shown."""

    language: str
    size: str


class Key(NamedTuple):
    """Everything on which the bytes of a public page depend, beside the data and the time."""

    scheme: str
    host: str | None
    server: tuple[str, str]
    """Where the server listens, which is the page's host if there is no header."""
    path: str
    query: str
    form: Form
    encoding: str


def key_of(environ: "WSGIEnvironment") -> Key | None:
    """Which page is asked for; none where the answer could be somebody's own."""
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not is_public(path):
        return None
    if environ.get("SCRIPT_NAME") or "HTTP_HX_REQUEST" in environ:
        return None
    query = environ.get("QUERY_STRING", "")
    told = (query, environ.get("HTTP_COOKIE", ""), environ.get("HTTP_ACCEPT_LANGUAGE", ""),
            environ.get("HTTP_ACCEPT_ENCODING", ""))  # fmt: skip
    if sum(map(len, told)) > LONGEST:
        return None
    read = read_form(*told)
    if read is None:
        return None
    return Key(
        environ["wsgi.url_scheme"], environ.get("HTTP_HOST"),
        (environ["SERVER_NAME"], environ["SERVER_PORT"]), path, query, *read,
    )  # fmt: skip


def is_public(path: str) -> bool:
    """Whether pages of this kind may allow to be kept."""
    return path == "/" or path.startswith("/events/") or path == "/festivals"


@lru_cache(maxsize=512)
def read_form(
    query: str, cookie: str, languages: str, encodings: str
) -> tuple[Form, str] | None:  # fmt: skip
    """Language, text size and compression of the answer; none for what is not plainly read.

    That is any cookie but the display's, a name that stands twice, and whatever is left over
    when the names and values that were found are written down again.
    """
    asked = StrictRequest(
        BLANK | {"QUERY_STRING": query, "HTTP_COOKIE": cookie, "HTTP_ACCEPT_LANGUAGE": languages,
                 "HTTP_ACCEPT_ENCODING": encodings}
    )  # fmt: skip
    cookies = list(asked.cookies.items(multi=True))
    if not (query.isascii() and is_plain(list(asked.args.items(multi=True)), query.count("&"))):
        return None
    if "; ".join(map("=".join, cookies)) != cookie or not all(map(is_ours, cookies)):
        return None
    if not is_plain(cookies, cookie.count(";")):
        return None
    size = remembered(asked, "size", SIZES) or SIZES[0]
    language = remembered(asked, "language", LANGUAGES) or preferred(asked)
    return Form(language, size), asked.headers["Accept-Encoding"]


def is_plain(pairs: Sequence[tuple[str, str]], separators: int) -> bool:
    """Whether each name stands once, and no more signs part them than are needed."""
    return len(dict(pairs)) == len(pairs) and separators == max(len(pairs) - 1, 0)


def is_ours(cookie: tuple[str, str]) -> bool:
    """Whether the display set this cookie."""
    name, value = cookie
    return value in DISPLAY_COOKIES.get(name, ())
