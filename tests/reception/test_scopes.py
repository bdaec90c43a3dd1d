"""A request of granian's, as a WSGI application wants it."""

from dataclasses import dataclass, field

import pytest

from volboard.reception.bodies import told_length
from volboard.reception.scopes import environ_of


class Headers(list[tuple[str, str]]):
    def items(self) -> list[tuple[str, str]]:
        return self


@dataclass
class Asked:
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "192.0.2.7:51000"
    scheme: str = "http"
    method: str = "GET"
    path: str = "/"
    query_string: str = ""
    authority: str | None = None
    headers: Headers = field(default_factory=Headers)


def test_addresses_come_without_ports_and_brackets() -> None:
    environ = environ_of(Asked(server="[::1]:8000", client="[2001:db8::7]:51000"))
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("::1", "8000")
    assert environ["REMOTE_ADDR"] == "2001:db8::7"


def test_path_and_query_are_bytes_as_wsgi_has_them() -> None:
    environ = environ_of(Asked(path="/活动", query_string="q=粽"))
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/活动"
    assert environ["QUERY_STRING"].encode("latin-1").decode() == "q=粽"


@pytest.mark.parametrize(
    ("headers", "name", "value"),
    [
        ([("cookie", "a=1"), ("cookie", "b=2")], "HTTP_COOKIE", "a=1; b=2"),
        ([("x-a", "1"), ("x-a", "2")], "HTTP_X_A", "1,2"),
        ([("content-type", "text/plain")], "CONTENT_TYPE", "text/plain"),
        ([("content-length", "5")], "CONTENT_LENGTH", "5"),
        ([("host", "board.example.org")], "HTTP_HOST", "board.example.org"),
    ],
)
def test_headers_become_variables(headers: list[tuple[str, str]], name: str, value: str) -> None:
    assert environ_of(Asked(headers=Headers(headers)))[name] == value


def test_two_lengths_are_no_length() -> None:
    """As two who read one request differently would like it."""
    headers = Headers([("content-length", "5"), ("content-length", "7")])
    assert told_length(environ_of(Asked(headers=headers))) is None


def test_a_proxys_authority_names_the_host_where_no_header_does() -> None:
    assert environ_of(Asked(authority="board.example.org"))["HTTP_HOST"] == "board.example.org"
