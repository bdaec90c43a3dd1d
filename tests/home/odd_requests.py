"""Requests as browsers, proxies, other programs of the host and attackers send them, by chance;
and whether the front cache answers them as the page made anew does."""

import gzip
import io
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

import brotli
from flask import Flask

from volboard.home import front

OWN_CHANGE = {"x-request-id", "date", "cache-control", "vary", "etag", "content-length"}
"""Headers that the cache may write anew, or that differ each time."""
TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')
PLAIN = ("language=zh", "language=en", "size=large", "size=normal")
ODD = (
    "language=xx", 'language="en"', "language=", "language", "LANGUAGE=en", " language = en ",
    "size=huge", 'size="large"', "sizes=large", 'prefs={"a": 1, "b": [2]}', "a=b", "=;=", ";;",
    "x=\xff\xfe", "x=\xcd\xf5", "language=\xff", "size=\xcd\xf5", 'x="a;language=en"',
    'x="unclosed', "x=a,language=en", "$Version=1", "remember_token=1|forged", "session=forged",
    "session=", "__Host-session=forged", "language=en\x00", "x=\t", "\\language=en", "名=值",
)  # fmt: skip
LANGUAGES = ("", "zh-CN,zh;q=0.9", "en-GB,en;q=0.9", "en;q=0.1, zh;q=0.2", "de", "*", "en;q=0",
             "zh-Hans-CN,en;q=0.5", "en-US,en;q=0.9,zh;q=0.8", ";;q=,", "\xff", "EN", "en;q=x",
             "zh,en", "en,en;q=0.1,zh;q=0.5")  # fmt: skip
ENCODINGS = ("br, gzip", "gzip", "gzip, deflate, br, zstd", "", "identity", "*", "br;q=0",
             "br;q=0, gzip", "gzip;q=1.0, br;q=0.5", "BR", "gzip;q=x", "*;q=0", "zstd",
             "identity;q=0", "br ; q=0.1", "\xff")  # fmt: skip
HOSTS = ("localhost", "board.example", "BOARD.example", "board.example:80", "board.example:443",
         "evil.example", "", "a b", "[::1]:8000", "1.2.3.4", "board.example.", "\xff")  # fmt: skip
QUERIES = (
    "", "", "", "free=1", "q=%E7%B2%BD", "q=a&q=b", "q=a&free=1&q=", "&&", "=", "?", "free=1&",
    "year=2027", "year=2026&year=2027", "community=1", "community=2", "date=2027-06-09", "past=1",
    "q=%CD%F5", "q=\xcd\xf5", "q=\xe7\xb2\xbd", "q=%00", "page=2", "x=1", "q=" + "a" * 2000,
    "festival=duanwu", "q=%", "q=a;free=1", "free=1#x", "q=<svg>", "q=%ED%A0%80",
)  # fmt: skip
PATHS = ("/", "/", "/", "/festivals", "/festivals/", "//", "", "/events/1%00",
         "/events/01", "/events/\xff", "/events/\xef\xbc\x91", "//events/1", "/events/../",
         "/nothing", "/events/999", "/healthz", "/Festivals")  # fmt: skip
METHODS = ("GET",) * 14 + ("HEAD",) * 3 + ("POST", "OPTIONS", "get", "DELETE", "FOO")
RARE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("HTTP_HX_REQUEST", ("true", "false", "")),
    ("HTTP_X_FORWARDED_HOST", ("evil.example",)),
    ("HTTP_X_FORWARDED_PROTO", ("https",)),
    ("HTTP_AUTHORIZATION", ("Basic YTpi",)),
    ("HTTP_RANGE", ("bytes=0-9",)),
    ("HTTP_ORIGIN", ("https://evil.example", "http://localhost", "null")),
    ("HTTP_SEC_FETCH_SITE", ("cross-site", "none")),
    ("CONTENT_TYPE", ("application/json", "text/plain; charset=gbk", "\xff")),
    ("HTTP_IF_MODIFIED_SINCE", ("Wed, 09 Jun 2027 04:00:00 GMT",)),
    ("HTTP_USER_AGENT", ("Mozilla/5.0 (iPhone) MicroMessenger/8.0",)),
    ("SCRIPT_NAME", ("/board",)),
)


@dataclass
class Chance:
    """What is asked next; the same numbers make the same requests."""

    random: Random
    sessions: tuple[str, ...]
    """Cookies of people who are signed in."""
    events: tuple[int, ...]
    tags: list[str] = field(default_factory=lambda: ['"nothing"'])
    """The ETags that were seen."""

    def environ(self) -> dict[str, Any]:
        """A request as a server hands it over: half of them plain, but for a thing or two."""
        oddity = self.random.choice((0.0, 0.02, 0.05, 0.3, 0.6, 1.0))
        pages = [f"/events/{event}" for event in self.events]
        path = (*PATHS, *pages, f"{pages[0]}/share", f"{pages[0]}.ics")
        asked: dict[str, Any] = {
            "PATH_INFO": self.pick(oddity, ("/", "/", "/", pages[0]), path),
            "QUERY_STRING": self.pick(oddity, ("",) * 4 + QUERIES[:5], QUERIES),
            "REQUEST_METHOD": self.pick(oddity / 4, ("GET", "GET", "HEAD"), METHODS),
            "wsgi.url_scheme": self.pick(oddity, ("http",), ("http", "https")),
            "HTTP_HOST": self.pick(oddity / 2, HOSTS[:1], HOSTS),
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SCRIPT_NAME": "",
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "10.0.0.1", "CONTENT_LENGTH": "0",
            "HTTP_X_REQUEST_ID": "the-same-for-both",
        }  # fmt: skip
        headers = {
            "HTTP_COOKIE": self.cookies(oddity),
            "HTTP_ACCEPT_LANGUAGE": self.pick(oddity, LANGUAGES[:3], LANGUAGES),
            "HTTP_ACCEPT_ENCODING": self.pick(oddity, ENCODINGS[:2], ENCODINGS),
            "HTTP_IF_NONE_MATCH": self.known(),
        }
        asked |= {name: value for name, value in headers.items() if self.random.random() < 0.6}
        for name, values in RARE:
            if self.random.random() < oddity / 20:
                asked[name] = self.random.choice(values)
        return asked

    def pick(self, oddity: float, plain: tuple[str, ...], odd: tuple[str, ...] = ()) -> str:
        """One of the plain ones; as often as the oddity says, one of the odd."""
        return self.random.choice(odd if odd and self.random.random() < oddity else plain)

    def cookies(self, oddity: float) -> str:
        """Of the display, of somebody, of other programs, in any order and with any comma."""
        weights = (1, oddity, (oddity + 0.1) / 2)
        kinds = self.random.choices((PLAIN, ODD, self.sessions), weights, k=1 + self.few())
        parts = [self.random.choice(kind) for kind in kinds]
        return self.pick(oddity / 2, ("; ",), (";", " ; ", ", ", ";;")).join(parts)

    def known(self) -> str:
        """What the browser says it has."""
        shape = self.random.choice(("{}", "W/{}", '"other", {}', "{},", "*", "{}{}", "\xff"))
        return shape.replace("{}", self.random.choice(self.tags[-20:]))

    def few(self) -> int:
        return self.random.choice((0, 0, 0, 1, 1, 2, 3))


@dataclass(frozen=True)
class Answer:
    """What came back, without what may differ."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    tag: str


def ask(app: Flask, environ: dict[str, Any]) -> Answer:
    """Send a request to the whole application, as a server does."""
    streams = {"wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.version": (1, 0)}
    status, headers, body = front.call(app.wsgi_app, environ | streams)
    names = {name.lower(): value for name, value in headers}
    kept = tuple(sorted((name.lower(), value if name.lower() != "set-cookie" else value[:8])
                        for name, value in headers if name.lower() not in OWN_CHANGE))  # fmt: skip
    plain = unpacked(body, names.get("content-encoding", ""))
    return Answer(status, kept, TOKEN.sub(b"", plain), names.get("etag", ""))


def unpacked(body: bytes, encoding: str) -> bytes:
    if not body:
        return body
    return bytes({"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(body))


def difference(kept: Flask, anew: Flask, environ: dict[str, Any]) -> tuple[Answer, str]:
    """What the cache answers, and in words how that differs from the page made anew.

    A 304 says that the page is the one of its tag: it is asked for again without the header.
    """
    answer = ask(kept, environ)
    if answer.status.startswith("304"):
        again = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        whole = ask(kept, again)
        if whole.tag != answer.tag:
            return answer, "304 for another page"
        environ, answer = again, whole
    made = ask(anew, environ)
    for part in ("status", "headers", "body"):
        if getattr(made, part) != getattr(answer, part):
            return answer, f"{part}: {getattr(answer, part)!r:.300} ≠ {getattr(made, part)!r:.300}"
    return answer, ""
