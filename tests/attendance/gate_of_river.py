"""A gate that stands ready: one shift at noon, with people who are expected."""

from contextlib import AbstractContextManager
from datetime import timedelta

from flask import Flask

from tests.support.cast import BAO, MAI, Person
from tests.support.town import NOON, a_shift
from volboard.core import clock
from volboard.signups.commands import sign_up


def at(minutes: float) -> AbstractContextManager[None]:
    """The clock stands so many minutes after noon."""
    return clock.standing_at(NOON + timedelta(minutes=minutes))


def a_gate(
    app: Flask, *people: Person, capacity: int = 5, kind: str = "service", minutes: int = 120
) -> int:
    """A shift from noon with these people signed up the day before; answers its id."""
    with app.app_context(), at(-24 * 60):
        shift = a_shift(capacity=capacity, kind=kind, minutes=minutes)
        for person in people or (MAI, BAO):
            sign_up(person.id, shift, person.id)
        return shift


def gate(shift: int, query: str = "") -> str:
    """The address of the gate."""
    return f"/organize/shifts/{shift}/gate{query}"
