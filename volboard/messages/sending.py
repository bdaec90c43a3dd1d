"""What a way out is given, and the three things that it may say of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from volboard.messages.channels import Channel
from volboard.messages.rules import Kind


@dataclass(frozen=True, repr=False)
class Letter:
    """A message in words, on its way to one person or group; never printed."""

    key: str
    """The same for every try, and different for every message: gateways know repeats by it."""
    kind: Kind
    channel: Channel
    words: str
    """In the reader's language, with the address of the page below, where there is one."""
    title: str
    """One line: who writes."""
    language: str
    phone: str
    """E.164; empty for a group."""
    email: str
    community: str
    """The community's short name."""


Sender = Callable[[Letter], None]
"""Hands a letter over. It returns once that was accepted; NotTaken and Refused say that it
certainly was not; any other error means that nobody can know."""


class Fault(Exception):
    """A letter certainly not accepted; `code` says why without a word of the letter."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotTaken(Fault):
    """Not accepted, and a later try may succeed."""


class Unreachable(NotTaken):
    """The gateway cannot even be reached, by this letter or any other."""


class Refused(Fault):
    """Not accepted, and no later try will be."""


class NoAnswer(Exception):
    """It was handed over, and nobody said what became of it; `code` is what is known."""

    def __init__(self, code: str = "no_answer") -> None:
        super().__init__(code)
        self.code = code


def public_key(key: str) -> str:
    """What a gateway knows a message by: nothing can be read from it."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
