"""Messages that a test needs told, and how far their deliveries are."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update

from tests.support.cast import MAI, RIVER, Person
from tests.support.town import NOON
from volboard.accounts.models import Account
from volboard.communities.models import Community
from volboard.core.db import db, transaction
from volboard.messages.commands import Notice, tell
from volboard.messages.models import Delivery
from volboard.messages.rules import Kind

FACTS = {"活动": "端午包粽子", "岗位": "包粽子", "时间": "6 月 9 日 12:00", "地点": "社区活动室",
         "原因": "下大雨", "电话": "0453-3120001"}  # fmt: skip
WORDS = ("端午包粽子", "社区活动室", "下大雨")
"""What of the facts no log may hold."""


def reached_by(app: Flask, **settings: object) -> None:
    """Set up the ways out of this installation."""
    app.extensions["settings"] = replace(app.extensions["settings"], **settings)


def give_address(person: Person, email: str) -> None:
    """Let the person have an e-mail address that they have confirmed."""
    with transaction():
        db.session.execute(
            update(Account)
            .where(Account.id == person.id)
            .values(email=email, email_confirmed_at=NOON - timedelta(days=9))
        )


def a_message(
    person: Person = MAI,
    number: int = 1,
    kind: Kind = Kind.CANCELLED,
    expires_at: datetime | None = None,
    community: int = RIVER,
    gathers_at: datetime | None = None,
) -> int:
    """Tell somebody something; answers the delivery's id, or 0 where it goes out by no way."""
    notice = Notice(f"{kind}:shift:{number}:{person.id}", kind, f"shift:{number}", person.id,
                    community, FACTS, "/events/1", person.id, expires_at=expires_at,
                    gathers_at=gathers_at)  # fmt: skip
    tell([notice])
    return db.session.scalar(select(Delivery.id).order_by(Delivery.id.desc()).limit(1)) or 0


def many_messages(people: int, per_person: int) -> None:
    """One transaction that tells the first accounts many different things.

    Nobody's nights are quiet then: a worker has the real clock, and a test may run at night.
    """
    with transaction():
        db.session.execute(update(Community).values(quiet_from=0, quiet_to=0))
    tell(
        Notice(f"changed:shift:{number}:{person}", Kind.CHANGED, f"shift:{number}", person, RIVER,
               FACTS, "/events/1", person)
        for person in range(1, people + 1)
        for number in range(per_person)
    )  # fmt: skip


def delivery(delivery_id: int) -> Delivery:
    """The row as it is now."""
    db.session.rollback()
    found = db.session.get(Delivery, delivery_id, populate_existing=True)
    assert found is not None
    return found


def state(delivery_id: int) -> str:
    """How far it is."""
    return delivery(delivery_id).state


def states() -> Counter[str]:
    """How many deliveries there are in each state."""
    db.session.rollback()
    return Counter(db.session.scalars(select(Delivery.state)))


def log_lines(text: str | Path) -> list[str]:
    """The lines of a log."""
    words = text.read_text() if isinstance(text, Path) else text
    return words.splitlines()
