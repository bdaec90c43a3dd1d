"""Messages go out by e-mail, through a real mail server with good and bad manners."""

import asyncio
import email
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default as policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from flask import Flask

from tests.messages.post_office import a_message, delivery, give_address, reached_by, state
from tests.support.cast import BAO, MAI
from tests.support.ports import free_port
from tests.support.town import NOON
from tests.support.waiting import PATIENCE, until
from volboard.core import clock
from volboard.messages import delivering, mail
from volboard.messages.delivering import deliver
from volboard.messages.models import Delivery
from volboard.messages.resting import Rests

ADDRESS = "mai@home.example"
SENDER = "沿河社区 <board@board.example>"


@dataclass
class Server:
    """A mail server; `rcpt` and `data` are what it answers, `data` may be `hang` or `close`."""

    rcpt: str = "250 ok"
    data: str = "250 ok"
    letters: list[Envelope] = field(default_factory=list)
    port: int = 0
    is_over: bool = False
    """Set when the test ends, so that nobody hangs on."""

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.letters.append(envelope)
        while self.data == "hang" and not self.is_over:
            await asyncio.sleep(0.05)
        if self.data == "close":
            server.transport.abort()
        return self.data


@contextmanager
def mail_server(**columns: Any) -> Iterator[Server]:
    made = Server(port=free_port(), **columns)

    def may(_s: object, _session: object, _e: object, _m: str, who: LoginPassword) -> AuthResult:
        is_known = who.login == b"me" and who.password == b"p@ss"
        return AuthResult(success=is_known, handled=is_known)  # not handled: it says 535

    options: dict[str, Any] = {"authenticator": may, "auth_require_tls": False,
                               "ready_timeout": PATIENCE}  # fmt: skip
    controller = Controller(made, hostname="127.0.0.1", port=made.port, **options)
    controller.start()
    try:
        yield made
    finally:
        made.is_over = True
        controller.stop()


@pytest.fixture
def send(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Delivery]]:
    """Tell Mai, who has an address, and let it go out; answers the delivery."""
    monkeypatch.setattr(mail, "TIMEOUT", PATIENCE)
    monkeypatch.setattr(delivering, "rests", Rests())
    give_address(MAI, ADDRESS)

    def sent(server: Server, login: str = "") -> Delivery:
        url = f"smtp://{login}127.0.0.1:{server.port}"
        reached_by(inside, smtp_url=url, mail_from=SENDER)
        one = a_message()
        deliver(one)
        return delivery(one)

    with clock.standing_at(NOON):
        yield sent


def read(envelope: Envelope) -> EmailMessage:
    content = envelope.original_content
    assert content is not None
    found = email.message_from_bytes(content, policy=policy)
    assert isinstance(found, EmailMessage)
    return found


def test_a_letter_is_plain_text_for_one_person(send: Callable[..., Delivery]) -> None:
    with mail_server() as server:
        found = send(server)
    assert (found.channel, found.state) == ("email", "delivered")
    (envelope,) = server.letters
    assert (envelope.mail_from, envelope.rcpt_tos) == ("board@board.example", [ADDRESS])
    letter = read(envelope)
    assert letter.get_content_type() == "text/plain"
    assert "下大雨" in letter.get_content()
    assert str(letter["To"]) == ADDRESS
    assert str(letter["Subject"]).startswith("沿河社区：")
    assert str(letter["Message-ID"]).endswith("@board.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "shift" not in str(letter["Message-ID"])


def test_the_server_may_want_a_name_and_a_password(send: Callable[..., Delivery]) -> None:
    with mail_server() as server:
        assert send(server, "me:p%40ss@").state == "delivered"


@pytest.mark.parametrize(
    ("manners", "login", "then", "fault"),
    [
        ({"rcpt": "450 busy"}, "", "waiting", "smtp_450"),
        ({"rcpt": "550 nobody"}, "", "failed", "smtp_550"),
        ({"data": "451 later"}, "", "waiting", "smtp_451"),
        ({"data": "554 spam"}, "", "failed", "smtp_554"),
        ({"data": "close"}, "", "unsure", "no_answer"),
        ({}, "me:wrong@", "waiting", "no_connection"),
    ],
)
def test_what_becomes_of_a_letter(
    send: Callable[..., Delivery], manners: dict[str, str], login: str, then: str, fault: str
) -> None:
    with mail_server(**manners) as server:
        found = send(server, login)
        assert (found.state, found.fault) == (then, fault)
        deliver(found.id)
        assert len(server.letters) <= 1


def test_a_server_that_never_answers_for_a_letter_is_not_asked_again(
    send: Callable[..., Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    say = smtplib.SMTP.send

    def say_and_wait_less(client: smtplib.SMTP, words: bytes | str) -> None:
        say(client, words)
        if isinstance(words, bytes) and words.endswith(b"\r\n.\r\n"):
            assert client.timeout == mail.TIMEOUT
            client.sock.settimeout(0.1)  # type: ignore[union-attr]

    monkeypatch.setattr(smtplib.SMTP, "send", say_and_wait_less)
    with mail_server(data="hang") as server:
        found = send(server)
        assert (found.state, found.fault) == ("unsure", "no_answer")
        deliver(found.id)
        until(lambda: server.letters, "the letter")
    assert len(server.letters) == 1


def test_a_server_that_is_not_there_is_tried_again(send: Callable[..., Delivery]) -> None:
    found = send(Server(port=free_port()))
    assert (found.state, found.fault) == ("waiting", "no_connection")
    with mail_server() as server, clock.standing_at(found.next_at):
        assert until(lambda: send(server).state == "delivered")
    assert len(server.letters) == 1


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: all@b.example", "麦@home.example", ""])
def test_an_address_that_is_none_is_never_written_to(
    inside: Flask, send: Callable[..., Delivery], address: str
) -> None:
    give_address(BAO, address)
    with mail_server() as server:
        send(server)
        one = a_message(BAO)
        deliver(one)
    assert state(one) == "failed"
    assert len(server.letters) == 1


def test_a_line_that_begins_with_a_dot_stays_whole() -> None:
    assert mail.LINE_WITH_A_DOT.sub(b"..", b"a\r\n.b\r\n..c") == b"a\r\n..b\r\n...c"
