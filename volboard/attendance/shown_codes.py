"""A person's own code as their phone shows it this moment.

The code alone finds the person, also from a card in a wallet. What the page adds to it is signed
and short-lived: only a phone that is signed in can show it, so it stands for its owner at the gate,
and whoever saw the code once cannot show it again (docs/adr/0032).
"""

from datetime import timedelta

from flask import current_app
from itsdangerous import BadData, TimestampSigner

from volboard.attendance.rules import CODE_SHOWN
from volboard.core import clock

FOR = timedelta(minutes=10)
"""How long the shown code is worth a sign: a page that was left open finds the person still."""
GATE, CODE = "gate", "code"
SALT = "volboard.code-shown"


def shown_now(account_id: int) -> str:
    """What the page of one's own code adds to it, for all of the household."""
    return _signer().sign(str(account_id)).decode()


def way(asked: str, token: str, account_id: int) -> str:
    """By which way somebody comes in whose code was read: as shown this moment, or found by it."""
    if asked != CODE:
        return GATE
    return CODE_SHOWN if is_shown(token, account_id) else CODE


def is_shown(token: str, account_id: int) -> bool:
    """Whether the phone of this account showed the code within the last ten minutes."""
    try:
        said = _signer().unsign(token, max_age=int(FOR.total_seconds()))
    except BadData:
        return False
    return said == str(account_id).encode()


class _Signer(TimestampSigner):
    """Signs with the product's clock."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


def _signer() -> TimestampSigner:
    return _Signer(current_app.secret_key or "", salt=SALT)
