"""That nobody makes hours alone costs an honest evening nothing, or two presses."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from tests.attendance.gate_of_river import at
from tests.support.browser import Visitor
from tests.support.cast import OLGA, OTTO, Person
from tests.support.crowd import a_crowd, seat_all, signed_in
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import Closing, close_shift
from volboard.attendance.commands import check_in, walk_in
from volboard.core.db import db
from volboard.hours.models import HourEntry, Unconfirmed

As = Callable[[Person], Visitor]
HOURS = 2
STATEMENTS_EACH = 9
"""What writing a line took before lines rested on two."""


def an_evening(crowd: list[int]) -> int:
    """A shift from noon in which these, who took their places themselves, are let in by Olga."""
    with at(-24 * 60):
        shift = a_shift(capacity=len(crowd), minutes=HOURS * 60)
        seat_all(crowd, shift, NOON)
    with at(0):
        for person in crowd:
            check_in(shift, person, viewer_of(OLGA), "gate", "test")
    return shift


def lines(app: Flask) -> tuple[int, int]:
    """How many lines there are, and how many minutes in them."""
    with app.app_context():
        found = select(func.count(), func.coalesce(func.sum(HourEntry.minutes), 0))
        return tuple(db.session.execute(found.select_from(HourEntry)).one())  # type: ignore[return-value]


def number_of(person: int) -> str:
    return f"139{person:08}"


def test_two_hundred_known_people_who_signed_up_have_nothing_to_confirm(
    app: Flask, as_: As
) -> None:
    with app.app_context():
        crowd = a_crowd(200)
        shift = an_evening(crowd)
        with at(130):
            assert close_shift(shift, viewer_of(OLGA)) == Closing(200, 0, 0, 0)
        assert db.session.scalar(select(Unconfirmed.id)) is None
    assert lines(app) == (200, 200 * 60 * HOURS)
    assert "没有等着的" in as_(OTTO).open("/organize/unconfirmed").whole_text


def test_forty_walk_ins_whom_nobody_knows_take_one_press_of_a_second_organizer(
    app: Flask, as_: As
) -> None:
    with app.app_context():
        with at(-60):
            shift = a_shift(capacity=40)
        with at(0):
            for n in range(40):
                walk_in(shift, f"新邻居{n}", number_of(n), "", viewer_of(OLGA), "test")
        with at(130):
            assert close_shift(shift, viewer_of(OLGA)) == Closing(0, 0, 0, 40)
    assert lines(app) == (0, 0)
    with at(140):
        page = as_(OTTO).open("/organize/unconfirmed")
        page = page.press("打了勾的，我都看见来了")
    assert "没有等着的" in page.whole_text
    assert lines(app)[0] == 40


def test_forty_walk_ins_whom_otto_knows_confirm_with_one_press_on_their_own_phones(
    app: Flask, as_: As
) -> None:
    with app.app_context():
        crowd = a_crowd(40, known=False)
        with at(-48 * 60):
            otto = a_shift(starts_at=NOON, capacity=40)
            seat_all(crowd, otto, NOON)
        with at(0):
            for person in crowd:
                check_in(otto, person, viewer_of(OTTO), "gate", "test")
        with at(130):
            assert close_shift(otto, viewer_of(OTTO)).waiting == 40, "their first evening"
        with at(180):
            olga = a_shift(starts_at=NOON + timedelta(minutes=150), capacity=40)
            for person in crowd:
                walk_in(olga, f"邻居{person}", number_of(person), "", viewer_of(OLGA), "test")
        with at(280):
            assert close_shift(olga, viewer_of(OLGA)).waiting == 40
    before = lines(app)[0]
    with at(290):
        for person in crowd:
            page = signed_in(app, person).open("/me/hours").press("是这样，我来了")
            assert page.status == 200
    assert lines(app)[0] == before + 40


def test_closing_asks_no_more_for_a_large_evening_than_a_few_rows_each(app: Flask) -> None:
    sent = []
    for size in (10, 30):
        with app.app_context():
            crowd = a_crowd(size, first=2000 * size)
            shift = an_evening(crowd)
            with at(130), counted(app) as statements:
                close_shift(shift, viewer_of(OLGA))
        sent.append(len(statements))
    assert (sent[1] - sent[0]) / 20 <= STATEMENTS_EACH
