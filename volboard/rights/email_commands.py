"""An e-mail address for messages: typed by its owner, and confirmed from its own letter box."""

import secrets

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from volboard.accounts.commands import confirm_email, set_email
from volboard.communities.queries import communities, homes
from volboard.core.db import transaction
from volboard.core.errors import NotFound
from volboard.messages.commands import Notice, tell
from volboard.messages.rules import Kind

LASTS = 3 * 24 * 60 * 60
"""Seconds for which the letter's address is good."""
PURPOSE = "volboard e-mail address"


def ask_address(account_id: int, email: str) -> None:
    """Keep the address and write to it once; until it is confirmed nothing else goes there."""
    with transaction():
        set_email(account_id, email)
        home = min(homes(account_id), default=communities()[0].id)
        tell([Notice(f"{Kind.ADDRESS}:account:{account_id}:{secrets.token_hex(8)}", Kind.ADDRESS,
                     f"account:{account_id}", account_id, home, {},
                     f"/email/{token_of(account_id, email)}")])  # fmt: skip


def confirm(token: str) -> None:
    """Let messages go to the address of the letter; raises NotFound for any other token."""
    try:
        account_id, email = _signer().loads(token, max_age=LASTS)
    except (BadSignature, ValueError):
        raise NotFound from None
    if not confirm_email(account_id, email):
        raise NotFound


def token_of(account_id: int, email: str) -> str:
    """What only the letter to this address says."""
    return str(_signer().dumps([account_id, email]))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt=PURPOSE)
