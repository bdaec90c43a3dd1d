"""The phone in somebody's hand: a random name that it keeps, and a short one to show."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from flask import current_app, request, session

DIGITS = 32
"""Of the random name, in hex: 128 bits."""
SHOWN = 6
MOST_NUMBERS = 8
"""Of those who have signed in on one phone; more than a household, fewer than a cookie holds."""
BROWSERS = (("MicroMessenger", "微信"), ("Edg", "Edge"), ("HuaweiBrowser", "华为浏览器"),
            ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("OpenHarmony", "鸿蒙"), ("Android", "Android"),
           ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip
"""In this order, for each browser also says the names of those after it."""


@dataclass(frozen=True)
class Phone:
    """A phone by its random name, which nobody reads, and by a short one for people."""

    id: str
    name: str
    """微信 iPhone · a3f91c: identifies no person."""

    @property
    def kind(self) -> str:
        """Browser and system; empty where unknown."""
        return kind_in(self.name)


def this_phone() -> Phone:
    """The phone that asks. For views only."""
    return Phone(phone_id(), phone_name())


def phone_id() -> str:
    """The random name of the phone that asks, made on first use. For views only.

    It outlives signing out, so that two accounts on one phone have it in common. A name from
    a release in which it was shorter is made longer; its shown part stays.
    """
    known = str(session.get("device", ""))
    if len(known) < DIGITS:
        known += secrets.token_hex(DIGITS // 2)[len(known) :]
        session["device"] = known
    return known


def remember_number(number: str) -> None:
    """Let this phone know that the number's owner has signed in on it. For views only."""
    mark = _mark_of(number)
    session["numbers"] = [mark, *(old for old in _numbers() if old != mark)][:MOST_NUMBERS]


def knows_number(number: str) -> bool:
    """Whether the owner of the number has signed in on this phone before. For views only."""
    return _mark_of(number) in _numbers()


def is_known_phone() -> bool:
    """Whether anybody has signed in on this phone before. For views only."""
    return bool(_numbers())


def kept_by_the_phone() -> dict[str, object]:
    """What outlives signing in and out: the phone's name, and whom it has seen."""
    return {name: session[name] for name in ("device", "numbers") if session.get(name)}


def _numbers() -> list[str]:
    found = session.get("numbers")
    return found if isinstance(found, list) else []


def _mark_of(number: str) -> str:
    """What tells the number on this phone, and nothing to who reads the cookie."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    said = f"number on a phone {phone_id()} {number}".encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()[:16]


def phone_name() -> str:
    """A short name for the phone that asks, which identifies no person. For views only."""
    return device_name(request.user_agent.string, phone_id()[:SHOWN])


def device_name(user_agent: str, phone: str) -> str:
    """Browser, system and the short name of a phone: 微信 iPhone · a3f91c."""
    return " · ".join(part for part in (kind_of_phone(user_agent), phone) if part)


def kind_of_phone(user_agent: str) -> str:
    """Browser and system, as far as they are known."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return " ".join(part for part in (browser, system) if part)


def kind_in(name: str) -> str:
    """The browser and system that a phone's short name says."""
    return name.rpartition(" · ")[0]
