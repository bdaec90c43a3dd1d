"""What granian tells of a request, as a WSGI application wants it."""

import io
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

JOINED_WITH = {"HTTP_COOKIE": "; "}
"""What stands between two headers of one name (RFC 9110 5.3; cookies: RFC 6265 5.4)."""


Headers = list[tuple[str, str]]


class Scope(Protocol):
    """A request without its body (granian's RSGI 1.6)."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> Any: ...


class Exchange(Protocol):
    """The way of the answer, and of the body that comes with the request."""

    async def __call__(self) -> bytes:
        """The whole body; raises granian's `ProtocolClosed` where it is cut off."""

    def __aiter__(self) -> Any: ...

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...


def environ_of(scope: Scope) -> "WSGIEnvironment":
    """The environment of PEP 3333, with an empty body."""
    name, _, port = scope.server.rpartition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": as_bytes(scope.path),
        "QUERY_STRING": as_bytes(scope.query_string),
        "SERVER_PROTOCOL": "HTTP/" + scope.http_version,
        "SERVER_NAME": name,
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "HTTP_HOST": scope.authority or "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.input_terminated": True,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    told: set[str] = set()
    for header, value in scope.headers.items():
        name = variable(header)
        known = environ[name] + JOINED_WITH.get(name, ",") if name in told else ""
        told.add(name)
        environ[name] = known + value
    return environ


def as_bytes(text: str) -> str:
    """Text as WSGI has it: each byte of its UTF-8 as one character."""
    return text if text.isascii() else text.encode().decode("latin-1")


@lru_cache(maxsize=512)
def variable(header: str) -> str:
    """The variable that holds this header."""
    name = header.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + name
