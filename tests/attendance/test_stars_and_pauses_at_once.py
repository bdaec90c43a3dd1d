"""Two gates close at the same moment for the same people: what is counted is counted whole."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.attendance.gate_of_river import at
from tests.attendance.test_races import at_once
from tests.conftest import both_engines
from tests.support.cast import MAI, OLGA, OTTO, RIVER
from tests.support.crowd import a_crowd, seat_all
from tests.support.town import NOON, a_shift, viewer_of
from tests.support.worth import hold_worth
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.communities.models import Community, Pause
from volboard.core.db import db, transaction
from volboard.core.errors import Refusal
from volboard.hours.dispute_commands import answer_dispute, open_dispute, take_back
from volboard.hours.models import Dispute, HourEntry, StarAward

pytestmark = both_engines
PEOPLE = 10


def rule(**values: object) -> None:
    with transaction():
        db.session.execute(update(Community).where(Community.id == RIVER).values(**values))


@pytest.fixture
def gates(app: Flask, engine: str) -> tuple[int, int]:
    """Ten people have seats in two shifts, one at noon and one after it."""
    with app.app_context(), at(-60):
        people = a_crowd(PEOPLE)
        late = NOON + timedelta(hours=2)
        shifts = a_shift(capacity=PEOPLE), a_shift(capacity=PEOPLE, starts_at=late, minutes=60)
        for shift in shifts:
            seat_all(people, shift, NOON)
        return shifts


def test_the_second_absence_is_seen_by_the_gate_that_closes_last(
    app: Flask, gates: tuple[int, int]
) -> None:
    with app.app_context():
        rule(absence_rule="pause", absence_limit=2)
    at_once(app, *(lambda s=shift, p=by: close_shift(s, viewer_of(p))
                   for shift, by in zip(gates, (OLGA, OTTO), strict=True)), minute=190)  # fmt: skip
    with app.app_context():
        assert db.session.query(Pause).count() == PEOPLE


def test_a_star_that_two_gates_reach_together_is_given_once(
    app: Flask, gates: tuple[int, int]
) -> None:
    with app.app_context():
        hold_worth(star_ladder="3")
        for shift in gates:
            for number in everybody():
                with at(0):
                    check_in(shift, number, viewer_of(OLGA), "gate", "test")
    at_once(app, *(lambda s=shift, p=by: close_shift(s, viewer_of(p))
                   for shift, by in zip(gates, (OLGA, OTTO), strict=True)), minute=190)  # fmt: skip
    with app.app_context():
        awards = db.session.query(StarAward.volunteer_id, StarAward.stars).all()
        assert sorted(set(awards)) == sorted(awards)
        assert len(awards) == PEOPLE


def everybody() -> range:
    """Everybody who has a seat."""
    return range(1001, 1001 + PEOPLE)


def test_a_dispute_is_answered_once_by_whoever_presses_first(app: Flask, engine: str) -> None:
    with app.app_context():
        with at(-60):
            shift = a_shift()
            seat_all([MAI.id], shift, NOON)
        with at(0):
            check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
        with at(130):
            close_shift(shift, viewer_of(OLGA))
    opened = at_once(app, *(lambda n=n: open_dispute(1, "not_me", f"{n}", viewer_of(MAI))
                            for n in range(4)), minute=200)  # fmt: skip
    assert sum(isinstance(one, Refusal) for one in opened) == 3
    pressed = at_once(
        app,
        lambda: take_back(1, "不是您", viewer_of(OTTO)),
        lambda: answer_dispute(1, "是您", viewer_of(OLGA)),
        lambda: take_back(1, "对不起", viewer_of(OLGA)),
        minute=210,
    )
    assert sum(isinstance(one, Refusal) for one in pressed) == 2
    with app.app_context():
        dispute = db.session.query(Dispute).one()
        reversals = db.session.query(HourEntry).filter_by(kind="reversal").count()
        assert reversals == (dispute.answer != "是您")
