"""Everybody's lines follow one another without a gap, and every day ends in a seal."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from flask import Flask
from sqlalchemy import insert, select, text

from tests.attendance.gate_of_river import at
from tests.conftest import both_engines
from tests.hours.forging import refused
from tests.hours.late import LATER, OLGAS, OTTOS, REASON, noon
from tests.support.cast import BAO, MAI, OLGA, OTTO
from tests.support.town import NOON, a_shift, viewer_of
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.hours.chain import seal_before
from volboard.hours.commands import correct
from volboard.hours.faults import FaultKind
from volboard.hours.make_ups import approve, ask
from volboard.hours.models import HourEntry, LedgerSeal
from volboard.hours.seals import latest_seals, seal_now
from volboard.hours.verifying import Book, faults

pytestmark = both_engines
SHIFTS = 6


def requests_for(volunteer: int) -> list[int]:
    """Olga asks for one volunteer at many posts, one after the other."""
    numbers = []
    for post in range(SHIFTS):
        with at(-60):
            shift = a_shift(starts_at=noon(post * 130), closed_at=noon(post * 130 + 125))
        with at(LATER):
            numbers.append(ask(shift, volunteer, noon(post * 130), noon(post * 130 + 60), REASON,
                               viewer_of(OLGA), OLGAS))  # fmt: skip
    return numbers


def at_once(app: Flask, acts: list[Callable[[], object]]) -> list[object]:
    """Everybody presses at the same moment, each with a connection of their own."""
    start = Barrier(len(acts))

    def press(act: Callable[[], object]) -> object:
        with app.app_context():
            start.wait()
            return act()

    with ThreadPoolExecutor(len(acts)) as hands:
        return list(hands.map(press, acts))


def test_many_who_append_to_one_chain_leave_no_gap(inside: Flask) -> None:
    with at(LATER):
        lines = [
            (place, approve(number, viewer_of(OTTO), OTTOS))
            for place, number in enumerate(requests_for(MAI.id))
        ]

    def one(place: int, line: int) -> Callable[[], object]:
        came = noon(place * 130)

        def press() -> object:
            with at(LATER + 9):
                return correct(line, came, came + timedelta(minutes=30), "早走", viewer_of(OLGA))

        return press

    at_once(inside, [one(*line) for line in lines])
    db.session.rollback()
    places = db.session.scalars(select(HourEntry.position).order_by(HourEntry.position)).all()
    assert places == list(range(1, 3 * SHIFTS + 1))
    assert list(faults(Book())) == []


def test_at_midnight_one_seal_is_made_and_nobody_waits_for_ever(inside: Flask) -> None:
    numbers = requests_for(MAI.id) + requests_for(BAO.id)
    with at(LATER):
        for number in (numbers[0], numbers[SHIFTS]):
            approve(number, viewer_of(OTTO), OTTOS)

    def one(number: int) -> Callable[[], object]:
        def press() -> object:
            with at(2 * LATER):
                return approve(number, viewer_of(OTTO), OTTOS)

        return press

    rest = numbers[1:SHIFTS] + numbers[SHIFTS + 1 :]
    at_once(inside, [one(number) for number in rest])
    db.session.rollback()
    assert [(seal.day, seal.entries) for seal in latest_seals(9)] == [
        ((NOON + timedelta(days=1)).date(), 2)
    ]
    assert list(faults(Book())) == []


def test_the_first_line_of_a_day_seals_the_day_before(inside: Flask) -> None:
    numbers = requests_for(MAI.id)
    for day, number in enumerate(numbers[:4], 1):
        with at(LATER * day):
            approve(number, viewer_of(OTTO), OTTOS)
            approve_another = numbers[-1] if day == 4 else None
    assert approve_another
    with at(LATER * 4):
        approve(approve_another, viewer_of(OTTO), OTTOS)
    found = latest_seals(9)
    days = [(NOON + timedelta(days=day)).date() for day in (3, 2, 1)]
    assert [seal.day for seal in found] == days
    assert [seal.entries for seal in found] == [3, 2, 1]
    assert len(latest_seals(2)) == 2


def test_a_timer_seals_once_and_only_what_has_grown(inside: Flask) -> None:
    assert seal_now() is None
    number = requests_for(MAI.id)[0]
    with at(LATER):
        approve(number, viewer_of(OTTO), OTTOS)
        assert seal_now() is None
    with at(LATER * 2):
        sealed = seal_now()
        assert sealed is not None
        assert (sealed.entries, sealed.day) == (1, (NOON + timedelta(days=1)).date())
        assert seal_now() is None
    with at(LATER * 3):
        assert seal_now() is None


def test_a_seal_that_follows_no_other_is_refused(inside: Flask) -> None:
    test_a_timer_seals_once_and_only_what_has_grown(inside)
    db.session.rollback()
    head, days = latest_seals(1)[0].digest, timedelta(days=9)
    for day, before in ((NOON.date() + days, "x"), (NOON.date() - days, head)):
        seal = insert(LedgerSeal).values(
            day=day, sealed_at=NOON, entries=1, previous_digest=before, digest="new"
        )
        refused("seal_continues_the_seals", seal)
    refused("end_follows_the_seals", "UPDATE ledger_ends SET digest = 'x'")
    refused("end_follows_the_seals", "UPDATE ledger_ends SET seals = 9")


def test_the_reading_names_what_was_changed(inside: Flask, engine: str) -> None:
    test_a_timer_seals_once_and_only_what_has_grown(inside)
    db.session.rollback()
    drop = "DROP TRIGGER hour_entries_append_only_update"
    if engine == "postgres":
        drop = "ALTER TABLE hour_entries DISABLE TRIGGER ALL"
    with transaction():
        db.session.execute(text(drop))
        db.session.execute(text("UPDATE hour_entries SET minutes = 61"))
    told = [(fault.kind, fault.entry_id, fault.volunteer_id) for fault in faults(Book())]
    assert told == [(FaultKind.CHANGED, 1, MAI.id)]


def test_it_seals_by_the_running_clock(inside: Flask) -> None:
    with transaction():
        assert seal_before(clock.today()) is False
