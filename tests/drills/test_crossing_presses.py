"""Presses that cross: giving back, signing up, more seats, moving shifts; on both engines."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from flask import Flask

from tests.conftest import both_engines
from tests.drills.books import live_signups, problems
from tests.drills.rush import ROUNDS
from tests.support.cast import MAI, OLGA
from tests.support.crowd import a_crowd
from tests.support.town import NOON, a_shift, seats, viewer_of
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.events.drafts import ShiftDraft
from volboard.signups.changes import change_shift
from volboard.signups.commands import cancel, seat_out_of_turn, sign_up
from volboard.signups.errors import BelowSeated, NotWaiting, Overlaps

MORNING = NOON - timedelta(hours=5)
HOUR = timedelta(hours=1)
Job = Callable[[], object]
olga = viewer_of(OLGA)


def at_once(app: Flask, jobs: list[Job], hands: int = 12) -> list[object]:
    """Do all of it at the same time, each in a request's worth of context; what came of it."""

    def one(job: Job) -> object:
        with app.app_context(), clock.standing_at(MORNING):
            try:
                return job()
            except (BelowSeated, NotWaiting, Overlaps) as refusal:
                return refusal

    with ThreadPoolExecutor(hands) as crowd:
        return list(crowd.map(one, jobs))


def for_person(number: int) -> Viewer:
    return Viewer(id=number, volunteer_id=number)


def draft(start: timedelta, capacity: int) -> ShiftDraft:
    return ShiftDraft("包粽子", "service", NOON + start, NOON + start + 2 * HOUR, capacity)


@both_engines
def test_a_freed_seat_goes_to_one_person_while_everybody_presses(app: Flask) -> None:
    with app.app_context(), clock.standing_at(MORNING):
        people = a_crowd(80)
        for number in range(ROUNDS):
            day = timedelta(days=number)
            shift = a_shift(capacity=20, starts_at=NOON + day)
            early = [sign_up(p, shift, p) for p in people[:20]]
            jobs: list[Job] = [
                *(partial(sign_up, p, shift, p) for p in people[20:]),
                *(partial(cancel, e.signup_id, for_person(e.volunteer_id)) for e in early),
                *(partial(change_shift, shift, draft(day, n), olga) for n in (23, 26)),
            ]
            random.Random(number).shuffle(jobs)
            at_once(app, jobs)
            assert problems(shift) == []
            assert sum(seats(shift)) == 60
            assert len(live_signups(shift)) == 60


@both_engines
def test_no_two_presses_wait_for_each_other(app: Flask) -> None:
    with app.app_context(), clock.standing_at(MORNING):
        people = a_crowd(24)
        for number in range(max(3, ROUNDS)):
            day = timedelta(days=number)
            early = a_shift(capacity=6, starts_at=NOON + day)
            late = a_shift(capacity=6, starts_at=NOON + day + 3 * HOUR)
            held = {s: [sign_up(p, s, p) for p in people[:12]] for s in (early, late)}
            places = [place for shift in (early, late) for place in held[shift]]
            jobs: list[Job] = [
                *(partial(sign_up, p, s, p) for p in people[12:] for s in (late, early)),
                *(partial(cancel, e.signup_id, for_person(e.volunteer_id)) for e in places[::2]),
                *(partial(seat_out_of_turn, e.signup_id, "带队", olga) for e in places[9::12]),
                partial(change_shift, early, draft(day + HOUR / 2, 9), olga),
                partial(change_shift, late, draft(day + 7 * HOUR / 2, 9), olga),
            ]
            random.Random(number).shuffle(jobs)
            at_once(app, jobs)
            for shift in (early, late):
                assert set(problems(shift)) <= {"out of turn"}


@both_engines
def test_a_shift_is_not_moved_onto_another_that_is_being_taken(app: Flask) -> None:
    with app.app_context(), clock.standing_at(MORNING):
        for number in range(max(6, ROUNDS)):
            day = timedelta(days=number)
            first = a_shift(starts_at=NOON + day)
            second = a_shift(starts_at=NOON + day + 4 * HOUR)
            sign_up(MAI.id, first, MAI.id)
            came = at_once(
                app,
                [
                    partial(sign_up, MAI.id, second, MAI.id),
                    partial(change_shift, first, draft(day + 3 * HOUR, 2), olga),
                ],
                hands=2,
            )
            assert sum(isinstance(one, Overlaps) for one in came) == 1


@both_engines
def test_two_shifts_are_not_moved_onto_each_other(app: Flask) -> None:
    with app.app_context(), clock.standing_at(MORNING):
        for number in range(max(6, ROUNDS)):
            day = timedelta(days=number)
            first = a_shift(starts_at=NOON + day)
            second = a_shift(starts_at=NOON + day + 6 * HOUR)
            for shift in (first, second):
                sign_up(MAI.id, shift, MAI.id)
            came = at_once(
                app,
                [
                    partial(change_shift, first, draft(day + 3 * HOUR, 2), olga),
                    partial(change_shift, second, draft(day + 4 * HOUR, 2), olga),
                ],
                hands=2,
            )
            assert sum(isinstance(one, Overlaps) for one in came) == 1


@both_engines
def test_sixty_people_press_at_once_for_six_seats(app: Flask) -> None:
    with app.app_context(), clock.standing_at(MORNING):
        people = a_crowd(60)
        for number in range(ROUNDS):
            shift = a_shift(capacity=6, starts_at=NOON + timedelta(days=number))
            at_once(app, [partial(sign_up, p, shift, p) for p in people for _twice in (1, 2)])
            assert seats(shift) == (6, 54)
            assert problems(shift) == []
