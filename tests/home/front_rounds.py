"""Rounds of generated requests, while the data and the time change."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import update

from tests.home.odd_requests import Chance, difference, unpacked
from tests.home.planting import planting
from tests.support.cast import ADA, MAI, OLGA, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.accounts.models import Account
from volboard.app import create_app
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.events.models import Event
from volboard.home.front import FrontCache
from volboard.signups.commands import cancel, sign_up

AT_ONE_TIME = 25
"""Requests between two changes of the data or of the time."""


class Town:
    """The product with its front cache and without, on one database."""

    def __init__(self, app: Flask, seed: int) -> None:
        self.kept = app
        self.anew = create_app(replace(app.extensions["settings"], front_cache=False))
        with planting(app):
            self.events = (an_event(), an_event(title="送粽子", starts_at=NOON + timedelta(days=1),
                                                ends_at=NOON + timedelta(days=1, hours=2)),
                           an_event(state="draft"))  # fmt: skip
            self.shift = a_shift(self.events[0], capacity=2)
            with transaction():
                db.session.execute(update(Account).where(Account.id == OLGA.id)
                                   .values(language="en", large_text=True))  # fmt: skip
        sessions = tuple(f"session={self.session(person)}" for person in (MAI, OLGA, ADA))
        self.chance = Chance(Random(seed), sessions, self.events)
        self.place: int | None = None

    def session(self, person: Person) -> str:
        """What the product would sign for a phone on which this person is signed in."""
        signer: Any = self.kept.session_interface.get_signing_serializer(self.kept)  # type: ignore[attr-defined]
        return str(signer.dumps({"_user_id": f"{person.id}.1", "csrf_token": "raw", "device": "d"}))

    def shelf(self) -> list[str]:
        """The pages that the cache keeps."""
        layer: Any = self.kept.wsgi_app
        while not isinstance(layer, FrontCache):
            layer = layer.application
        return [unpacked(one.body, dict(one.headers).get("Content-Encoding", "")).decode()
                for one in layer.shelf.values()]  # fmt: skip

    def change(self, number: int) -> None:
        """Another title, or a seat more or less."""
        with planting(self.kept):
            if number % 3 == 0:
                if self.place is None:
                    self.place = sign_up(MAI.id, self.shift, MAI.id).signup_id
                else:
                    cancel(self.place, viewer_of(MAI))
                    self.place = None
            else:
                with transaction():
                    db.session.execute(update(Event).where(Event.id == self.events[number % 2])
                                       .values(title=f"第 {number} 次"))  # fmt: skip

    def shows_somebody(self) -> list[str]:
        """The kept pages on which somebody is signed in."""
        signs = (MAI.name, ADA.name, "/sign-out", 'href="/me"')
        return [page for page in self.shelf() if any(sign in page for sign in signs)]

    def play(self, requests: int) -> tuple[list[str], int]:
        """Send so many; answers the differences in words, and how many came with a tag."""
        found, tagged = [], 0
        for number in range(-(-requests // AT_ONE_TIME)):
            moment = NOON - timedelta(days=3) + timedelta(minutes=self.chance.random.randrange(300))
            with clock.standing_at(moment):
                self.change(number)
                for _request in range(AT_ONE_TIME):
                    environ = self.chance.environ()
                    answer, words = difference(self.kept, self.anew, dict(environ))
                    if words:
                        found.append(f"{words}\n  {environ}")
                    if answer.tag:
                        tagged += 1
                        self.chance.tags.append(answer.tag)
        return found, tagged
