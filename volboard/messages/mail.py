"""E-mail by SMTP, step by step, so that it is known at which one it failed."""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import ExitStack, suppress
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from volboard.core import clock
from volboard.messages.sending import (
    Letter,
    NoAnswer,
    NotTaken,
    Refused,
    Sender,
    Unreachable,
    public_key,
)

TIMEOUT = 20
"""Seconds for each step with the mail server."""
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
LINE_WITH_A_DOT = re.compile(rb"(?m)^\.")
OK = 250
GO_ON = 354


def mail(url: str, sender: str) -> Sender:
    """Sends each letter through this server; `sender` may be `name <address>`."""
    server = urlsplit(url)

    def send(letter: Letter) -> None:
        content = written(letter, sender)
        client = greeted(server)
        try:
            hand_over(client, parseaddr(sender)[1], letter.email, content)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                client.quit()

    return send


def written(letter: Letter, sender: str) -> bytes:
    """The letter as plain text; the same letter has the same Message-ID at every try."""
    message = EmailMessage(policy=policy.SMTP)
    if "@" not in letter.email or parseaddr(letter.email)[1] != letter.email:
        raise Refused("bad_address")
    try:
        message["From"], message["To"] = sender, letter.email
        message["Subject"] = letter.title
        message["Message-ID"] = f"<{public_key(letter.key)}@{parseaddr(sender)[1].split('@')[-1]}>"
        message["Date"] = format_datetime(clock.now())
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence answers it
        message.set_content(letter.words, cte="base64")
        content = message.as_bytes()
        letter.email.encode("ascii")
    except (ValueError, MessageError, IndexError) as error:
        raise Refused("bad_address") from error
    return LINE_WITH_A_DOT.sub(b"..", content)


def greeted(server: SplitResult) -> smtplib.SMTP:
    """A server that knows us and waits for a letter; nothing of one was said until here."""
    try:
        with ExitStack() as on_failure:
            client = connected(server)
            on_failure.callback(client.close)
            if server.scheme == "smtp+tls":
                client.starttls(context=ssl.create_default_context())
            client.ehlo_or_helo_if_needed()
            if server.username:
                client.login(unquote(server.username), unquote(server.password or ""))
            on_failure.pop_all()
    except (OSError, ValueError, KeyError, smtplib.SMTPException) as error:
        raise Unreachable("no_connection") from error
    return client


def connected(server: SplitResult) -> smtplib.SMTP:
    """A connection to the server, which has said its first line."""
    host, port = server.hostname or "", server.port or PORTS[server.scheme]
    if server.scheme == "smtps":
        safe = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=safe)
    return smtplib.SMTP(host, port, timeout=TIMEOUT)


def hand_over(client: smtplib.SMTP, sender: str, to: str, content: bytes) -> None:
    """Give the letter to the server; what fails before its last line is certainly not taken."""
    step(lambda: client.mail(sender), OK)
    step(lambda: client.rcpt(to), OK)
    step(lambda: client.docmd("DATA"), GO_ON)
    try:
        client.send(content + b".\r\n")
        code = client.getreply()[0]
    except (OSError, smtplib.SMTPException) as error:
        raise NoAnswer from error
    if code < 200:
        raise NoAnswer
    expect(code, OK)


def step(say: Callable[[], tuple[int, bytes]], wanted: int) -> None:
    """Say one line, and hear whether the server goes along."""
    try:
        code = say()[0]
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable("no_connection") from error
    expect(code, wanted)


def expect(code: int, wanted: int) -> None:
    """Raise what an answer other than the wanted one means: 4xx come again, 5xx never."""
    if code // 10 == wanted // 10:
        return
    raise (Refused if code // 100 == 5 else NotTaken)(f"smtp_{code}")
