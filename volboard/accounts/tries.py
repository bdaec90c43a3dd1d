"""How often somebody may try to sign in (docs/adr/0036). For views only."""

from collections.abc import Callable
from typing import Any

from flask import request

from volboard.accounts.phones import normalised
from volboard.core import limits
from volboard.core.devices import knows_number, phone_id
from volboard.core.security import limiter


def typed_number() -> str:
    """The number that a form tries; empty where it is none."""
    return normalised(request.form.get("phone", "")) or ""


def is_at_home() -> bool:
    """Whether the owner of the number has signed in on this phone before."""
    return knows_number(typed_number())


def is_strange() -> bool:
    """Whether this phone has never seen the owner of the number."""
    return not is_at_home()


def the_phone() -> str:
    """A known phone and the number: nobody else can use this count up."""
    return f"{phone_id()} {typed_number()}"


def stranger() -> str:
    """The number, tried from this network by phones that do not know it."""
    return f"{limits.network()} {typed_number()}"


def anywhere() -> str:
    """The number, tried from anywhere by phones that do not know it."""
    return typed_number() or limits.network()


def whoever() -> str:
    """Whom all tries count for, right or wrong."""
    return the_phone() if is_at_home() else limits.network()


def limited(door: str) -> Callable[[Any], Any]:
    """The limits of a door: its name is what their counts are kept under."""
    layers = (
        limiter.shared_limit("120/minute; 1200/hour", f"{door} tries", key_func=whoever),
        limits.failures("5/minute; 30/hour", f"{door} at home", the_phone, is_strange),
        limits.failures("5/minute; 20/hour", f"{door} here", stranger, is_at_home),
        limits.failures("60/hour", f"{door} number", anywhere, is_at_home),
        limits.failures("30/minute; 240/hour", f"{door} network", limits.network, is_at_home),
    )

    def decorate(view: Any) -> Any:
        for layer in layers:
            view = layer(view)
        return view

    return decorate
