"""A place under somebody who was checked in is not given back, by nobody and on no way."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.attendance.gate_of_river import a_gate, at
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.totals import total_minutes
from tests.support.town import seats, viewer_of
from volboard.accounts.commands import add_family
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out, undo
from volboard.core.db import db, transaction
from volboard.signups.changes import call_off_shift
from volboard.signups.commands import cancel, sign_up
from volboard.signups.errors import IsHere
from volboard.signups.places import live_place

As = Callable[[Person], Visitor]
olga = viewer_of(OLGA)


def come(shift: int, person: Person) -> int:
    """Check this person in; answers their signup."""
    check_in(shift, person.id, olga, "gate", "test")
    place = live_place(shift, person.id)
    assert place is not None
    return place.signup_id


def attack(sql: str, name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction():
        db.session.execute(text(sql))


@both_engines
def test_neither_the_person_nor_an_organizer_frees_it(inside: Flask) -> None:
    shift = a_gate(inside, BAO, capacity=2)
    with at(-30):
        for person in (MAI, OTTO):
            sign_up(person.id, shift, person.id)
        mine, bao = come(shift, MAI), come(shift, BAO)
        for by in (MAI, OLGA):
            with pytest.raises(IsHere):
                cancel(mine, viewer_of(by), "认错人了")
    with at(60):
        check_out(shift, BAO.id, olga)
        with pytest.raises(IsHere):
            cancel(bao, olga, "认错人了")
    assert seats(shift) == (2, 1)
    with at(130):
        assert close_shift(shift, olga).credited == 2
    assert total_minutes(MAI.id) == 120


@both_engines
def test_the_database_refuses_it_too_and_a_presence_without_a_seat(inside: Flask) -> None:
    shift = a_gate(inside, MAI, BAO)
    with at(0):
        mine = come(shift, MAI)
    for state in ("'cancelled', ended_at = created_at", "'waiting'"):
        attack(f"UPDATE signups SET state = {state} WHERE id = {mine}", "who_came_keeps_the_place")
    with at(5):
        undo(shift, MAI.id, olga)
        cancel(mine, olga, "认错人了")
    back = "UPDATE attendances SET state = 'present', checked_in_at = 'x', checked_in_by = 3"
    attack(back.replace("'x'", "(SELECT created_at FROM signups LIMIT 1)"), "who_comes_has_a_seat")
    came = (
        "INSERT INTO attendances (shift_id, volunteer_id, state, how, device, checked_in_at) "
        f"SELECT {shift}, {OTTO.id}, 'present', 'gate', '', created_at FROM signups LIMIT 1"
    )
    attack(came, "who_comes_has_a_seat")


@both_engines
def test_a_slip_taken_back_sets_the_place_free_again(inside: Flask) -> None:
    shift = a_gate(inside, MAI)
    with at(-110):
        mine = come(shift, MAI)
        undo(shift, MAI.id, olga)
        cancel(mine, olga, "认错人了")
    assert seats(shift) == (0, 0)


@both_engines
def test_a_shift_is_called_off_even_where_somebody_came_early(inside: Flask) -> None:
    shift = a_gate(inside, MAI)
    with at(-60):
        come(shift, MAI)
        call_off_shift(shift, "下雨", olga)
    assert seats(shift) == (0, 0)


def test_the_organizer_reads_why(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI)
    with at(-60):
        roster = as_(OLGA).open(f"/organize/shifts/{shift}/roster")
        with app.app_context():
            come(shift, MAI)
        answer = roster.press("确定取消", reason="没来")
    assert answer.status == 409
    assert "已经签到了，名额不能取消" in answer.text("main")


def test_the_swapped_card_knows_who_of_the_family_is_here(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI)
    with at(-60):
        with app.app_context():
            add_family(MAI.id, "麦奶奶", "妈妈")
            come(shift, MAI)
        whole = as_(MAI).open("/events/1").press("给妈妈报名")
        card = whole.press("确定不去", htmx=True).press("给妈妈报名", htmx=True)
        assert card.texts(".seal") == whole.texts(".seal")
        assert len(card.soup.select('form[action$="/cancel"]')) == 1
