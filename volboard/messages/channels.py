"""By which ways a message goes out to somebody, as this installation and they have set it."""

from dataclasses import dataclass
from enum import StrEnum

from flask import current_app

from volboard.config import Settings
from volboard.messages.rules import MUST_REACH, Kind


class Channel(StrEnum):
    """A way out; the page itself is none, for it shows every message."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    """A gateway that brings it to a telephone number: short messages, for one."""
    GROUP = "group"
    """A community's chat group."""
    TELEPHONE = "telephone"
    """A person who calls."""


@dataclass(frozen=True)
class Reach:
    """How an account can be reached."""

    account_id: int
    has_email: bool
    has_number: bool = True
    """Whether there is a number of their own to dial (docs/adr/0034)."""


def channels_for(kind: Kind, reach: Reach) -> tuple[Channel, ...]:
    """The ways for this message: e-mail, else the gateway, else for what must reach a call."""
    settings: Settings = current_app.extensions["settings"]
    if kind is Kind.ADDRESS or (reach.has_email and settings.smtp_url):
        return (Channel.EMAIL,)
    if not reach.has_number:
        return ()
    if settings.webhook_url:
        return (Channel.WEBHOOK,)
    return (Channel.TELEPHONE,) if kind in MUST_REACH else ()
