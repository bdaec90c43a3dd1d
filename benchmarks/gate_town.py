"""A community of thousands and a shift that has begun, for the gate's scripted evening."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from tests.conftest import fill, settings_for
from tests.support.cast import LONG_AGO, RIVER
from tests.support.town import a_shift
from volboard.accounts.models import Account, Volunteer
from volboard.accounts.pinyin import as_written
from volboard.app import create_app
from volboard.communities.models import Residency
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.demo.people import names
from volboard.signups.models import Signup

SHARES = {"digits": 40, "name": 15, "initials": 15, "code": 20, "family": 5, "walk_in": 5}
"""Of a hundred people, how many come by which way."""
FIRST = 2_001
FAMILY = 2
GIVEN = "芳伟娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英文辉力晨雪梅玉兰春华志国建红海燕冬生"


@dataclass(frozen=True)
class Guest:
    """Somebody who comes to the gate; a walk-in is not known yet and has no id."""

    id: int
    account_id: int
    name: str
    phone: str
    code: str


@dataclass(frozen=True)
class Turn:
    """Who is let in together, and by which way."""

    way: str
    guests: tuple[Guest, ...]


def a_town(folder: Path, people: int, community: int) -> tuple[int, tuple[Turn, ...]]:
    """Write the database; answers the shift and who comes to its gate, in order."""
    chance = random.Random(5)
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'volboard.sqlite3'}"))
    fill(app)
    with app.app_context():
        turns = tuple(_turns(_settle(chance, community, people), people, chance))
        shift = a_shift(capacity=people * 2, starts_at=clock.now().replace(microsecond=0))
        _seat([one for turn in turns for one in turn.guests if one.id], shift)
        db.engine.dispose()
    return shift, turns


def _turns(guests: list[Guest], people: int, chance: random.Random) -> Iterator[Turn]:
    """Mix the ways; families are two of one household."""
    strangers = [one for one in guests if not one.id]
    known = [one for one in guests if one.id]
    households: dict[int, list[Guest]] = {}
    for one in known:
        households.setdefault(one.account_id, []).append(one)
    families = [house for house in households.values() if len(house) == FAMILY]
    alone = [house[0] for house in households.values() if len(house) == 1]
    ways = [way for way, share in SHARES.items() for _n in range(_turns_of(way, people * share))]
    chance.shuffle(ways)
    for way in ways:
        group = {"family": families, "walk_in": [[one] for one in strangers]}.get(way)
        if group is None:
            yield Turn(way, (alone.pop(),))
            continue
        together = group.pop()
        if way == "walk_in":
            strangers.remove(together[0])
        yield Turn(way, tuple(together))


def _turns_of(way: str, hundredths: int) -> int:
    """How often somebody is let in by this way; a family comes at once."""
    return max(1, round(hundredths / 100 / (FAMILY if way == "family" else 1)))


def _settle(chance: random.Random, community: int, strangers: int) -> list[Guest]:
    """Write this many people, of whom every fourth is family of the one before; and some more
    whom nobody knows yet."""
    surnames = [name[0] for name in names("yanhe")]
    numbers = chance.sample(range(10**9), community + strangers)
    guests = []
    for place, number in enumerate(range(FIRST, FIRST + community + strangers)):
        owner = number - 1 if number % 4 == 0 else number
        name = chance.choice(surnames) + "".join(chance.sample(GIVEN, 2))
        digits = numbers[owner - FIRST] if owner >= FIRST else 1
        known = place < community
        guests.append(Guest(number if known else 0, owner if known else number, name,
                            f"13{digits:09}", f"{number:032x}"))  # fmt: skip
    _write([one for one in guests if one.id])
    return guests


def _seat(guests: list[Guest], shift_id: int) -> None:
    now = clock.now()
    seats = [
        {"shift_id": shift_id, "volunteer_id": one.id, "made_by": one.account_id,
         "state": "seated", "created_at": now, "seated_at": now}
        for one in guests
    ]  # fmt: skip
    with transaction():
        db.session.execute(insert(Signup), seats)


def _write(guests: list[Guest]) -> None:
    accounts = [
        {"id": one.id, "phone": f"+86{one.phone}", "created_at": LONG_AGO, "verified_at": LONG_AGO}
        for one in guests if one.id == one.account_id
    ]  # fmt: skip
    volunteers = [
        {"id": one.id, "account_id": one.account_id, **as_written(one.name),
         "is_self": one.id == one.account_id,
         "relation": "" if one.id == one.account_id else "家人", "code": one.code,
         "created_at": LONG_AGO}
        for one in guests
    ]  # fmt: skip
    homes = [
        {"account_id": row["id"], "community_id": RIVER, "since": LONG_AGO} for row in accounts
    ]
    with transaction():
        for table, rows in ((Account, accounts), (Volunteer, volunteers), (Residency, homes)):
            db.session.execute(insert(table), rows)
