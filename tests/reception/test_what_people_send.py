"""A form is read before a thread is given: who sends slowly, too much or half holds up nobody."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.reception.slowly import half_sent, head, heard, line_to
from tests.support import live
from tests.support.waiting import PATIENCE
from volboard.reception import bodies
from volboard.rosters.import_views import ROOM_FOR_A_FILE


@pytest.fixture(scope="module")
def address(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One worker, as `make serve` starts it."""
    folder = tmp_path_factory.mktemp("slow")
    shutil.copy(built, folder)
    with live.serving(folder) as address:
        yield address


def status_of(request: str | Request) -> int:
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_more_slow_senders_than_threads_hold_up_no_page_and_no_press(address: str) -> None:
    with half_sent(address, 40, head("/display", 100) + b"size="):
        assert status_of(f"{address}/") == 200
        assert status_of(f"{address}/teams") == 200
        press = Request(f"{address}/display", b"size=large&next=/sign-in")
        assert status_of(press) == 200


def test_a_form_that_does_not_come_in_time_ends_in_words(address: str) -> None:
    with half_sent(address, 1, head("/display", 100) + b"size=") as (line,):
        said = heard(line)
    assert said.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in said.lower()
    assert "没有等到全部内容" in said.decode()


def test_more_slow_headers_than_threads_hold_up_nobody(address: str) -> None:
    with half_sent(address, 40, b"POST /display HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow:") as lines:
        assert status_of(f"{address}/") == 200
        assert heard(lines[0]) == b"", "the connection ends, without an answer to half a question"


def test_more_who_do_not_read_than_threads_hold_up_nobody(address: str) -> None:
    asking = b"GET /?past=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 50
    with half_sent(address, 20, asking):
        assert status_of(f"{address}/teams") == 200


@pytest.mark.parametrize(
    "length", [bodies.SMALL + 1, bodies.LARGEST + 1, 10 * bodies.LARGEST], ids=str
)
def test_too_large_a_form_is_refused_in_words(address: str, length: int) -> None:
    with line_to(address) as line:
        line.sendall(head("/display", length))
        send_until_answered(line, length)
        said = line.recv(65536)
    assert said.startswith(b"HTTP/1.1 413")
    assert (b"connection: close" in said.lower()) == (length > bodies.DRAINED)


def send_until_answered(line: socket.socket, length: int) -> None:
    """Send so many bytes, or what fits until the server has said what it says."""
    line.setblocking(False)
    left = length
    while left > 0:
        try:
            left -= line.send(b"x" * min(left, 65536))
        except BlockingIOError:
            line.setblocking(True)
            if length > bodies.DRAINED:
                return
            left -= line.send(b"x" * min(left, 65536))
            line.setblocking(False)
        except OSError:
            return
    line.settimeout(PATIENCE)


def test_after_a_refusal_the_connection_is_good_for_the_next(address: str) -> None:
    """Behind a proxy the next one is somebody else."""
    with line_to(address) as line:
        for _each in range(2):
            line.sendall(head("/display", bodies.SMALL + 1) + b"x" * (bodies.SMALL + 1))
            assert answer_of(line).startswith(b"HTTP/1.1 413")
        line.sendall(head("/", 0, "GET"))
        assert answer_of(line).startswith(b"HTTP/1.1 200")


def answer_of(line: socket.socket) -> bytes:
    """One whole answer."""
    said = b""
    while b"</html>" not in said and (part := line.recv(65536)):
        said += part
    return said


def test_a_form_that_does_not_tell_its_length_is_refused(address: str) -> None:
    with line_to(address) as line:
        line.sendall(head("/display", None) + b"5\r\nsize=\r\n")
        assert heard(line).startswith(b"HTTP/1.1 411")


def test_half_a_form_is_no_form(address: str) -> None:
    """A connection that breaks must not press with half of the words."""
    with line_to(address) as line:
        line.sendall(head("/display", 100) + b"size=large&next=/")
        line.shutdown(socket.SHUT_WR)
        assert b" 303 " not in heard(line)


def test_the_largest_form_finds_room() -> None:
    assert bodies.LARGEST >= ROOM_FOR_A_FILE
