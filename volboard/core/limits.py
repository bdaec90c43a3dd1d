"""How often somebody may try. Failures count, and new accounts; what went well does not.

A whole gathering stands behind one wireless network, so an address is nobody: what it did
right costs its neighbours nothing. All figures are per worker (docs/adr/0036).
"""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from flask import Response, g, request
from flask_limiter.util import get_remote_address

from volboard.core.access import viewer
from volboard.core.devices import is_known_phone, phone_id
from volboard.core.security import limiter

ONE_HOUSEHOLD = 64
"""Bits of an IPv6 address that its holder cannot choose."""
FAILED, NEW_ACCOUNT = "failed", "new_account"
Decorator = Callable[[Any], Any]


def network() -> str:
    """Where the request comes from: an IPv4 address, or the network of an IPv6 address."""
    address = get_remote_address()
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(found.ipv4_mapped or ip_network((found, ONE_HOUSEHOLD), strict=False))


def whoever() -> str:
    """The account, or a phone on which somebody has signed in before, or else the network.

    Neither of the first two can be made at will, so a neighbour's guesses do not count here.
    """
    if viewer().is_signed_in:
        return f"account {viewer().id}"
    return f"phone {phone_id()}" if is_known_phone() else network()


def note(what: str) -> None:
    """Say, in a view, that this request FAILED as a guess does, or made a NEW_ACCOUNT."""
    g.setdefault("limits_noted", set()).add(what)


def counting(
    figures: str, what: str, scope: str, key: Callable[[], str], unless: Callable[[], bool] | None
) -> Decorator:  # fmt: skip
    """A limit on what views `note`; routes with the same `scope` share one count.

    It is looked at before the view and counted after it: those who try at the same instant
    pass together, as many as the worker has threads.
    """
    return limiter.shared_limit(
        figures, scope, key_func=key, exempt_when=unless, deduct_when=lambda _: was_noted(what)
    )


def was_noted(what: str) -> bool:
    """Whether the view said so."""
    return what in g.get("limits_noted", ())


def is_miss(response: Response) -> bool:
    """Whether an address with a code led nowhere."""
    return response.status_code == 404 or was_noted(FAILED)


def signed_in() -> bool:
    """Whether this is an account, whose signups make no new ones."""
    return viewer().is_signed_in


def failures(
    figures: str, scope: str, key: Callable[[], str] = network,
    unless: Callable[[], bool] | None = None,
) -> Decorator:  # fmt: skip
    """A limit on failures only."""
    return counting(figures, FAILED, scope, key, unless)


def shift_from_here() -> str:
    """The shift of the address, from this network."""
    return f"{network()} {(request.view_args or {}).get('shift_id')}"


guesses = limiter.shared_limit(
    "60/minute; 600/hour", "codes", key_func=whoever, deduct_when=is_miss
)
"""For addresses with a code: what leads nowhere counts, over all of them together."""
new_accounts = counting("300/hour", NEW_ACCOUNT, "new accounts", network, signed_in)
new_accounts_a_shift = counting("120/hour", NEW_ACCOUNT, "shift", shift_from_here, signed_in)
known_numbers = failures("60/minute; 150/hour", "known numbers", unless=signed_in)
"""Who makes accounts learns which numbers have one: that is what is guessed there."""
forms = limiter.shared_limit(
    "300/minute", "forms of visitors", key_func=network, exempt_when=signed_in
)  # fmt: skip
"""All that a network's visitors send, right or wrong: what a machine sends is more."""
