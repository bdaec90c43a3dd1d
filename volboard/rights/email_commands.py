"""An e-mail address for messages: typed by its owner, and confirmed from its own letter box."""

import secrets

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from volboard.accounts.commands import confirm_email, refuse_held, set_email
from volboard.accounts.queries import session_version
from volboard.communities.queries import communities, homes
from volboard.core.db import transaction
from volboard.core.errors import NotFound
from volboard.messages.commands import Notice, tell
from volboard.messages.rules import Kind

LASTS = 3 * 24 * 60 * 60
"""Seconds for which the letter's address is good."""
PURPOSE = "volboard e-mail address"


def ask_address(account_id: int, email: str) -> None:
    """Keep the address and write to it once; until it is confirmed nothing else goes there.

    Raises HelpedLately: who got in by a code must not cut its owner off from being told.
    """
    with transaction():
        refuse_held(account_id, account_id)
        set_email(account_id, email)
        home = min(homes(account_id), default=communities()[0].id)
        tell([Notice(f"{Kind.ADDRESS}:account:{account_id}:{secrets.token_hex(8)}", Kind.ADDRESS,
                     f"account:{account_id}", account_id, home, {},
                     f"/email/{token_of(account_id, email)}")])  # fmt: skip


def forget_address(account_id: int) -> None:
    """Send nothing by e-mail any more. Raises HelpedLately."""
    with transaction():
        refuse_held(account_id, account_id)
        set_email(account_id, None)


def confirm(token: str) -> None:
    """Let messages go to the address of the letter; raises NotFound for any other token, and for
    one of before a new password."""
    try:
        account_id, email, version = _signer().loads(token, max_age=LASTS)
    except (BadSignature, ValueError):
        raise NotFound from None
    with transaction():
        if version != session_version(account_id) or not confirm_email(account_id, email):
            raise NotFound


def token_of(account_id: int, email: str) -> str:
    """What only the letter to this address says; worth nothing once the password is another."""
    return str(_signer().dumps([account_id, email, session_version(account_id)]))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt=PURPOSE)
