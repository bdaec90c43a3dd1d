"""What the venue's codes say: signed by the site, so that nobody writes or changes one.

Three kinds, each with a salt of its own, so that none passes for another: what a screen shows
(worthless a minute later), the ticket that a phone gets for it (ten minutes, for that phone
only), and what a printed sheet says (lasting, and it only asks).
"""

from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Any

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from volboard.core import clock
from volboard.venue.errors import CodeTooOld, TicketTooOld, UnreadableCode

SHOWN_FOR = timedelta(seconds=60)
TICKET_FOR = timedelta(minutes=10)
LONGEST = 400
"""Characters of the longest token that is looked at."""


class Signer(TimestampSigner):
    """Signs with the product's one clock."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


@dataclass(frozen=True)
class Screen:
    """What the code on an organizer's screen says."""

    shift_id: int
    organizer_id: int
    """The account on whose screen it stands, which stands for whoever scans it."""


@dataclass(frozen=True)
class Ticket:
    """That a phone has scanned a screen's code in time."""

    shift_id: int
    organizer_id: int
    account_id: int
    """Who was signed in on the phone that scanned; 0: nobody yet."""
    device: str
    """A mark of the phone that scanned."""

    def is_for(self, account_id: int, device: str) -> bool:
        """Whether this account may use it on this phone."""
        return self.device == device and self.account_id in (0, account_id)


@dataclass(frozen=True)
class Sheet:
    """What a printed code says."""

    shift_id: int


def sign(secret: str, said: Screen | Ticket | Sheet) -> str:
    """The token as it stands in an address."""
    signed = _serializer(secret, type(said)).dumps(astuple(said))
    return signed if isinstance(signed, str) else signed.decode()


def read_screen(secret: str, token: str) -> Screen:
    """What a screen's code says; raises UnreadableCode, CodeTooOld from 60 seconds on."""
    try:
        return Screen(*_read(secret, token, Screen, SHOWN_FOR))
    except SignatureExpired:
        raise CodeTooOld from None


def read_ticket(secret: str, token: str) -> Ticket:
    """The ticket; raises UnreadableCode, TicketTooOld from ten minutes on."""
    try:
        return Ticket(*_read(secret, token, Ticket, TICKET_FOR))
    except SignatureExpired:
        raise TicketTooOld from None


def read_sheet(secret: str, token: str) -> Sheet:
    """What a printed code says, however old; raises UnreadableCode."""
    return Sheet(*_read(secret, token, Sheet, None))


def _read(secret: str, token: str, kind: type, fresh: timedelta | None) -> list[Any]:
    """The parts of a token. Times are whole seconds, cut off, so one is taken from the limit:
    what is let through is younger than `fresh`, never older."""
    age = None if fresh is None else int(fresh.total_seconds()) - 1
    try:
        if len(token) > LONGEST:
            raise UnreadableCode
        parts: list[Any] = _serializer(secret, kind).loads(token, max_age=age)
    except SignatureExpired:
        raise
    except BadData:
        raise UnreadableCode from None
    return parts


def _serializer(secret: str, kind: type) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=f"venue-{kind.__name__.lower()}", signer=Signer)
