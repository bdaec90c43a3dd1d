"""What somebody typed into one of the forms at the door, so that the next one holds it already.

It stays in this phone's session and out of every address, and only for a while: the next person
on a shared phone finds nothing. For views only.
"""

from dataclasses import dataclass
from datetime import timedelta

from flask import session

from volboard.accounts.rules import NAME_LENGTH
from volboard.core import clock
from volboard.core.forms import Form

KEPT_FOR = timedelta(minutes=10)
KEY = "typed"
PHONE_LENGTH = 20


@dataclass(frozen=True)
class Typed:
    """A name and a number, as they were typed."""

    phone: str = ""
    name: str = ""


def keep_typed(form: Form) -> None:
    """Remember the number, and the name where the form asks for one."""
    before = typed()
    name = form.text("name")[:NAME_LENGTH] if "name" in form else before.name
    session[KEY] = [clock.now().timestamp(), form.text("phone")[:PHONE_LENGTH], name]


def typed() -> Typed:
    """What was typed in the last minutes; nothing before."""
    match session.get(KEY):
        case [float(at), str(phone), str(name)] if is_fresh(at):
            return Typed(phone, name)
    return Typed()


def is_fresh(at: float) -> bool:
    return 0 <= clock.now().timestamp() - at <= KEPT_FOR.total_seconds()
