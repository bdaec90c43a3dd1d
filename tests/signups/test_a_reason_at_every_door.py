"""Whoever frees somebody else's place says why, whichever door they come through."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, Person
from tests.support.town import NOON, a_shift, seats, viewer_of
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.signups.changes import call_off_shift, cancel_event
from volboard.signups.coming import say_not_coming
from volboard.signups.commands import cancel, seat_out_of_turn, sign_up
from volboard.signups.errors import NeedsReason, TooLate
from volboard.signups.hand_overs import offer
from volboard.signups.models import Signup

As = Callable[[Person], Visitor]


@pytest.mark.parametrize("person", [OLGA, OTTO, ADA])
@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_the_command_asks_every_organizer(inside: Flask, person: Person, reason: str) -> None:
    shift = a_shift()
    place = sign_up(MAI.id, shift, MAI.id)
    with pytest.raises(NeedsReason):
        cancel(place.signup_id, viewer_of(person), reason)
    assert seats(shift) == (1, 0)
    cancel(place.signup_id, viewer_of(person), "来电话说不来")
    assert seats(shift) == (0, 0)
    assert db.session.query(Signup.end_reason).one() == ("来电话说不来",)


def test_the_household_s_own_button_frees_nobody_else_s_place(app: Flask, as_: As) -> None:
    with app.app_context():
        shift = a_shift()
        place = sign_up(MAI.id, shift, MAI.id).signup_id
        sign_up(OLGA.id, shift, OLGA.id)
    olga = as_(OLGA)
    token = olga.open("/events/1").soup.select_one("[name=csrf_token]")
    assert token is not None
    answer = olga.post(f"/signups/{place}/cancel", {"csrf_token": token["value"]})
    assert answer.status == 422
    assert "请写明原因" in answer.whole_text
    with app.app_context():
        assert seats(shift) == (2, 0)


def test_the_desk_asks_again_and_keeps_what_was_said(app: Flask, as_: As) -> None:
    with app.app_context():
        shift = a_shift()
        place = sign_up(MAI.id, shift, MAI.id).signup_id
    olga = as_(OLGA)
    token = olga.open("/events/1").soup.select_one("[name=csrf_token]")
    assert token is not None
    url = f"/organize/signups/{place}/free"
    assert olga.post(url, {"csrf_token": token["value"], "reason": " "}).status == 422
    olga.post(url, {"csrf_token": token["value"], "reason": "来电话说不来"})
    with app.app_context():
        assert seats(shift) == (0, 0)


def test_an_organizer_s_own_place_after_the_deadline_takes_a_reason_too(inside: Flask) -> None:
    shift = a_shift()
    place = sign_up(OLGA.id, shift, OLGA.id)
    with clock.standing_at(NOON - timedelta(minutes=30)):
        with pytest.raises(TooLate):
            cancel(place.signup_id, viewer_of(OLGA))
        cancel(place.signup_id, viewer_of(OLGA), "扭了脚")
    assert seats(shift) == (0, 0)


def test_no_other_door_is_open_to_an_organizer(inside: Flask) -> None:
    """Still coming and handing on are the household's; calling off and jumping ask why."""
    shift = a_shift(capacity=1)
    mai, bao = (sign_up(person.id, shift, person.id).signup_id for person in (MAI, BAO))
    for act in (say_not_coming, offer):
        with pytest.raises(NotFound):
            act(mai, viewer_of(OLGA))
    for act_with_words in (seat_out_of_turn, call_off_shift, cancel_event):
        with pytest.raises(NeedsReason):
            act_with_words(bao if act_with_words is seat_out_of_turn else 1, " ", viewer_of(OLGA))
    assert seats(shift) == (1, 1)


@both_engines
def test_the_database_asks_too(inside: Flask, engine: str) -> None:
    sign_up(MAI.id, a_shift(), MAI.id)
    free = ("UPDATE signups SET state = 'cancelled', ended_at = created_at, ended_by = {by},"
            " end_reason = '{why}' WHERE id = 1")  # fmt: skip
    with pytest.raises(IntegrityError, match="who_frees_a_place_says_why"), transaction():
        db.session.execute(text(free.format(by=OLGA.id, why="")))
    with transaction():
        db.session.execute(text(free.format(by=MAI.id, why="")))
