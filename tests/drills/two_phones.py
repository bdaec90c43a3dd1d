"""Two phones at one gate without a network: two presses a person, sent in any order."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import delete, func, select

from tests.attendance.gate_of_river import at
from tests.attendance.phones import Told, send, told
from tests.support.cast import ADA, OLGA, OTTO
from tests.support.crowd import a_crowd, seat_all
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.attendance.scans import Scan
from volboard.core.db import db, transaction
from volboard.hours.confirming import confirm_all
from volboard.hours.models import HourEntry, Unconfirmed
from volboard.signups.models import Signup

PHONES = {"A": OLGA, "B": OTTO}
Sent = tuple[str, Scan]
State = tuple[dict[int, Told], dict[int, int]]


def what_they_saw(people: list[int], turn: int) -> list[Sent]:
    """Phone A lets everybody in; B sees most of them again, some go, some of those come back."""
    seen: list[Sent] = []

    def press(phone: str, action: str, person: int, minute: float) -> None:
        nonce = f"{turn}-{phone}-{action}-{person}"
        skew = {"A": 0, "B": 7200}[phone]
        instant = NOON + timedelta(minutes=minute, seconds=skew)
        seen.append((phone, Scan(nonce, action, person, "", "", instant, skew, "gate")))

    for number, person in enumerate(people):
        minute = -20 + number / 5
        press("A", "in", person, minute)
        if number % 4 == 0:
            press("B", "in", person, minute - 0.5)
        elif number % 4 == 1:
            press("B", "out", person, 60 + number / 10)
        elif number % 4 == 2:
            press("B", "undo_in", person, minute + 1)
        else:
            press("A", "out", person, 50)
            press("B", "back", person, 70)
    return seen


def shuffled(seen: list[Sent], luck: random.Random) -> Iterator[list[Sent]]:
    """Batches of one phone each: everything at least once, a third of it again."""
    waits = seen + luck.sample(seen, len(seen) // 3)
    luck.shuffle(waits)
    while waits:
        size = luck.randint(1, 80)
        batch, waits = waits[:size], waits[size:]
        for phone in PHONES:
            yield [one for one in batch if one[0] == phone]


def play(people: list[int], turn: int) -> State:
    """One shift: the phones come back in this turn's order, then the gate closes."""
    luck = random.Random(turn)
    with at(-60):
        shift = a_shift(capacity=len(people))
        seat_all(people, shift, NOON)
    seen = what_they_saw(people, turn)
    with at(125):
        for batch in shuffled(seen, luck):
            if batch:
                phone, scans = batch[0][0], tuple(scan for _phone, scan in batch)
                results = send(shift, *scans, by=PHONES[phone], device=phone)
                assert {result.outcome for result in results} <= {"done", "again"}
    assert presses_kept(shift) == Counter(scan.nonce for _phone, scan in seen)
    state = told(shift)
    with at(130):
        close_shift(shift, viewer_of(OLGA))
        beyond_the_cap = list(db.session.scalars(select(Unconfirmed.id)))
        confirm_all(shift, beyond_the_cap, viewer_of(ADA))
    with transaction():  # the next turn finds nobody busy at noon
        db.session.execute(delete(Signup))
    return state, credited(shift)


def presses_kept(shift: int) -> Counter[str]:
    """How often each press stands in the log: once, or it was doubled or lost."""
    nonces = db.session.scalars(
        select(AttendanceLog.nonce).join(Attendance).where(Attendance.shift_id == shift)
    )
    return Counter(nonce for nonce in nonces if nonce)


def credited(shift: int) -> dict[int, int]:
    """Minutes by volunteer, as the ledger holds them."""
    rows = db.session.execute(
        select(HourEntry.volunteer_id, func.sum(HourEntry.minutes))
        .where(HourEntry.shift_id == shift)
        .group_by(HourEntry.volunteer_id)
    )
    return {volunteer: int(minutes) for volunteer, minutes in rows}


def same_every_time(count: int, rounds: int) -> State:
    """Play so many orders; answers the state in which all of them end."""
    people = a_crowd(count)
    first = play(people, 0)
    for turn in range(1, rounds):
        assert play(people, turn) == first, f"another end in order {turn}"
    return first
