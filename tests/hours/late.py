"""A shift that is over, in which somebody served whom the gate did not see."""

from datetime import datetime, timedelta

from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.support.cast import MAI, OLGA, Person
from tests.support.town import NOON, viewer_of
from volboard.attendance.closing import close_shift
from volboard.core.devices import Phone
from volboard.hours.make_ups import ask

LATER = 24 * 60
OLGAS, OTTOS = Phone("a" * 32, "微信 iPhone · aaaaaa"), Phone("b" * 32, "微信 Android · bbbbbb")
REASON = "手机没电了，邻居看见她在"


def noon(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def closed_without(app: Flask, *people: Person) -> int:
    """A shift from noon to two that Olga closed, with these people absent."""
    shift = a_gate(app, *(people or (MAI,)))
    with app.app_context(), at(130):
        close_shift(shift, viewer_of(OLGA))
    return shift


def olga_asks(shift: int, volunteer: int = MAI.id, came: float = 0, left: float = 90) -> int:
    """Olga asks, on her phone, a day later."""
    with at(LATER):
        return ask(shift, volunteer, noon(came), noon(left), REASON, viewer_of(OLGA), OLGAS)
