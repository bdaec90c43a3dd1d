"""The request as volboard reads it: one parser for each text, and no text that is broken.

Whoever else must know what a request says, as the front cache does, asks this class, too.
"""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Flask, Request
from flask.json.provider import DefaultJSONProvider
from flask_babel import lazy_gettext as _l
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_accept_header

from volboard.core.errors import Refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

NOT_ASCII = re.compile(rb"[\x80-\xff]")
LONE_HALF = re.compile("[\ud800-\udfff]")
BROKEN_SIGN = "\ufffd"
OWN_COOKIES = ("language", "size", "session", "__Host-session")


class BrokenText(Refusal):
    """Bytes that are no UTF-8: guessing what they meant would store what nobody typed."""

    status = 400
    title = _l("文字坏了")
    message = _l("有些字在路上坏了，没有存。请回到上一页，重新打一遍。")


class StrictFormParser(FormDataParser):
    """Reads a form's bytes as UTF-8 or not at all; raises BrokenText.

    Werkzeug turns %CD%F5 into the words "%CD%F5", which then stand in a ledger.
    """

    def _parse_urlencoded(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Any:
        try:
            text = stream.read().decode()
            items = parse_qsl(text, keep_blank_values=True, errors="strict")
        except UnicodeDecodeError:
            raise BrokenText from None
        return stream, self.cls(items), self.cls()

    def _parse_multipart(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Any:
        try:
            read = super()._parse_multipart(stream, mimetype, content_length, options)
        except UnicodeDecodeError:
            raise BrokenText from None
        _stream, form, files = read
        names = ((name, file.filename or "") for name, file in files.items(multi=True))
        if any(map(_is_broken, (*_flat(form.items(multi=True)), *_flat(names)))):
            raise BrokenText
        return read


class StrictJson(DefaultJSONProvider):
    """Reads JSON of UTF-8 in which no name stands twice and every number is one."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """What was sent; raises BrokenText, and ValueError for what is no such JSON."""
        try:
            plain = s.decode() if isinstance(s, bytes) else s
        except UnicodeDecodeError:
            raise BrokenText from None
        return json.loads(plain, object_pairs_hook=_once, parse_constant=_no_number)


class StrictRequest(Request):
    """A request whose path, query, cookies, form and JSON are UTF-8, or are refused.

    Raw bytes in the query are read as if they were percent-encoded. A cookie that another
    program of this host broke is left out; `broken_cookies` are those of our own.
    """

    form_data_parser_class = StrictFormParser

    def __init__(self, environ: "WSGIEnvironment", *args: Any, **kwargs: Any) -> None:
        cookie, self.broken_cookies = whole_cookies(environ.get("HTTP_COOKIE", ""))
        if "HTTP_COOKIE" in environ:
            environ["HTTP_COOKIE"] = cookie
        if "HTTP_ACCEPT_ENCODING" in environ:
            environ["HTTP_ACCEPT_ENCODING"] = best_encoding(environ["HTTP_ACCEPT_ENCODING"])
        super().__init__(environ, *args, **kwargs)
        self.query_string = NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], self.query_string)

    def refuse_broken_text(self) -> None:
        """Raise BrokenText for a path, a query or a cookie of our own that is no UTF-8."""
        try:
            self.environ.get("PATH_INFO", "").encode("latin-1").decode()
            parse_qsl(self.query_string.decode(), keep_blank_values=True, errors="strict")
        except UnicodeDecodeError:
            raise BrokenText from None
        if self.broken_cookies:
            raise BrokenText


def init_app(app: Flask) -> None:
    """Let the application read every request so."""
    app.request_class, app.json = StrictRequest, StrictJson(app)


def whole_cookies(header: str) -> tuple[str, tuple[str, ...]]:
    """The cookies that are UTF-8, and the names of our own that are not."""
    if header.isascii():
        return header, ()
    parts = header.split(";")
    broken = {part for part in parts if not _is_utf8(part)}
    names = {part.partition("=")[0].strip() for part in broken}
    whole = ";".join(part for part in parts if part not in broken)
    return whole, tuple(name for name in OWN_COOKIES if name in names)


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """The compression that we send to who accepts these: brotli, else gzip, else none."""
    known = parse_accept_header(accepted)
    return next((name for name in ("br", "gzip") if known[name] > 0), "identity")


def has_lone_half(text: str) -> bool:
    """Whether half of a pair stands in the text, which JSON can say and UTF-8 cannot."""
    return LONE_HALF.search(text) is not None


def _is_utf8(part: str) -> bool:
    try:
        part.encode("latin-1").decode()
    except UnicodeError:
        return False
    return True


def _is_broken(text: str) -> bool:
    return BROKEN_SIGN in text


def _flat(pairs: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (text for pair in pairs for text in pair)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")
