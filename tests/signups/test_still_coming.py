"""还来吗: the organizer asks once, people answer with one tap, and the roster says what."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, TIAN, Person
from tests.support.town import NOON, a_shift, an_event, seats, viewer_of
from volboard.accounts.commands import add_family
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.drafts import ShiftDraft
from volboard.messages.models import Message
from volboard.messages.rules import Kind
from volboard.signups.changes import change_shift
from volboard.signups.coming import ask_who_comes, say_coming, say_not_coming
from volboard.signups.commands import cancel, sign_up
from volboard.signups.errors import Begun, IsHere, NotNow, TooLate
from volboard.signups.models import Signup
from volboard.signups.rules import may_ask_coming
from volboard.signups.seat_queries import answers

OnPhone = Callable[[Person], Visitor]
DAY_BEFORE = NOON - timedelta(days=1)
TWO_HOURS_BEFORE = NOON - timedelta(hours=2)
ROSTER = "/organize/shifts/1/roster"


def questions() -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.kind == Kind.COMING)))


def asked_shift(seats_for: int = 3) -> tuple[int, list[int]]:
    """A shift with Mai and Bao, who are asked a day before; its id and their signups."""
    shift = a_shift(capacity=seats_for)
    places = [sign_up(person.id, shift, person.id).signup_id for person in (MAI, BAO)]
    with clock.standing_at(DAY_BEFORE):
        ask_who_comes(shift, viewer_of(OLGA))
    return shift, places


@pytest.mark.parametrize(
    ("hours_before", "may"), [(49, False), (48, True), (2, True), (0, False), (-1, False)]
)
def test_people_are_asked_in_the_last_two_days_only(hours_before: int, may: bool) -> None:
    assert may_ask_coming(NOON, NOON - timedelta(hours=hours_before)) is may


@both_engines
def test_everybody_with_a_seat_is_asked_once(inside: Flask) -> None:
    shift, places = asked_shift(2)
    told = questions()
    assert {(m.account_id, m.path) for m in told} == {
        (MAI.id, f"/signups/{places[0]}/coming"),
        (BAO.id, f"/signups/{places[1]}/coming"),
    }
    with clock.standing_at(TWO_HOURS_BEFORE):
        sign_up(OTTO.id, shift, OTTO.id)
        assert ask_who_comes(shift, viewer_of(OLGA)) == 0
        say_not_coming(places[0], viewer_of(MAI))
        assert ask_who_comes(shift, viewer_of(OLGA)) == 1
    assert {m.account_id for m in questions()} == {MAI.id, BAO.id, OTTO.id}


def test_nobody_is_asked_too_early_or_by_a_stranger(inside: Flask) -> None:
    shift = a_shift()
    sign_up(MAI.id, shift, MAI.id)
    with pytest.raises(NotNow):
        ask_who_comes(shift, viewer_of(OLGA))
    with clock.standing_at(DAY_BEFORE):
        for stranger in (MAI, TIAN):
            with pytest.raises(NotFound):
                ask_who_comes(shift, viewer_of(stranger))
    assert questions() == []


@both_engines
def test_who_cannot_come_frees_the_seat_for_the_first_in_line(inside: Flask) -> None:
    shift, (mai, _bao) = asked_shift(2)
    sign_up(OTTO.id, shift, OTTO.id)
    with clock.standing_at(DAY_BEFORE):
        for _twice in range(2):
            say_not_coming(mai, viewer_of(MAI))
        assert sign_up(OTTO.id, shift, OTTO.id).number == 0
    assert seats(shift) == (2, 0)


def test_who_was_asked_may_say_no_after_the_deadline_and_nobody_else(inside: Flask) -> None:
    shift, (mai, _bao) = asked_shift()
    otto = sign_up(OTTO.id, shift, OTTO.id).signup_id
    with clock.standing_at(NOON - timedelta(minutes=30)):
        with pytest.raises(TooLate):
            cancel(mai, viewer_of(MAI))
        with pytest.raises(TooLate):
            say_not_coming(otto, viewer_of(OTTO))
        say_not_coming(mai, viewer_of(MAI))
    assert seats(shift) == (2, 0)


def test_it_is_too_late_once_the_shift_began_or_the_person_is_here(inside: Flask) -> None:
    shift, (mai, bao) = asked_shift()
    with clock.standing_at(NOON - timedelta(minutes=10)):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
        with pytest.raises(IsHere):
            say_not_coming(mai, viewer_of(MAI))
    with clock.standing_at(NOON):
        for say in (say_coming, say_not_coming):
            with pytest.raises(Begun):
                say(bao, viewer_of(BAO))
    assert seats(shift) == (2, 0)


def test_the_question_leads_to_two_buttons(
    app: Flask, on_phone: OnPhone, shift_of: Callable[..., int]
) -> None:
    with app.app_context():
        shift, (mai, _bao) = asked_shift()
    with clock.standing_at(DAY_BEFORE):
        page = on_phone(MAI).open(f"/signups/{mai}/coming")
        assert page.text("h1") == "还来吗？"
        page = page.press("来", within="main")
        assert "您说了会来" in page.text(".notice")
        page = page.press("来不了，让给别人")
        assert "位置已经让出去了" in page.text(".notice")
        assert not page.soup.select("main form")
    with app.app_context():
        assert seats(shift) == (1, 0)
        assert answers(shift, NOON).no == 1


def test_a_household_answers_for_its_own_and_strangers_see_nothing(
    app: Flask, on_phone: OnPhone
) -> None:
    with app.app_context():
        shift = a_shift()
        mother = add_family(MAI.id, "陈桂香", "妈妈")
        place = sign_up(mother, shift, MAI.id).signup_id
    with clock.standing_at(DAY_BEFORE):
        page = on_phone(MAI).open(f"/signups/{place}/coming")
        assert page.text("h1") == "妈妈还来吗？"
        for stranger in (BAO, OLGA, ADA):
            assert on_phone(stranger).open(f"/signups/{place}/coming").status == 404
        with app.app_context():
            for say in (say_coming, say_not_coming):
                with pytest.raises(NotFound):
                    say(place, viewer_of(BAO))
            assert seats(shift) == (1, 0)


def test_the_roster_asks_and_says_what_each_answered(app: Flask, on_phone: OnPhone) -> None:
    with app.app_context():
        shift = a_shift(capacity=4)
        places = [sign_up(p.id, shift, p.id).signup_id for p in (MAI, BAO, OTTO)]
    olga = on_phone(OLGA)
    assert "还来吗" not in olga.open(ROSTER).text("main")
    with clock.standing_at(DAY_BEFORE):
        page = olga.open(ROSTER).press("问一遍：还来吗")
        assert "问了 3 个人" in page.text("#notices")
        assert "会来 0 人，不来 0 人，没回 3 人" in page.text("main")
        with app.app_context():
            say_coming(places[0], viewer_of(MAI))
            say_not_coming(places[1], viewer_of(BAO))
            sign_up(ADA.id, shift, ADA.id)
        page = olga.open(ROSTER)
        assert "会来 1 人，不来 1 人，没回 1 人" in page.text("main")
        notes = page.texts(".person__note")
        assert "说了会来" in notes[0]
        assert "问了，没回" in notes[1]
        assert "没回" not in notes[2]
        assert "问了 1 个人" in page.press("再问 1 个人").text("#notices")


def test_what_was_said_for_another_hour_does_not_hold(inside: Flask) -> None:
    shift, (mai, _bao) = asked_shift()
    with clock.standing_at(DAY_BEFORE):
        say_coming(mai, viewer_of(MAI))
        later = NOON + timedelta(hours=3)
        draft = ShiftDraft("包粽子", "service", later, later + timedelta(hours=2), 3)
        change_shift(shift, draft, viewer_of(OLGA))
        assert answers(shift, NOON).yes == 0
        assert ask_who_comes(shift, viewer_of(OLGA)) == 2
    assert len(questions()) == 4
    assert len([m for m in questions() if m.dropped_at is None]) == 2


def test_another_community_s_shift_is_not_there(on_phone: OnPhone, app: Flask) -> None:
    with app.app_context():
        a_shift(an_event(community=RAIL))
        sign_up(TIAN.id, 1, TIAN.id)
    with clock.standing_at(DAY_BEFORE):
        token = on_phone(OLGA).open("/organize/events/new").soup.select_one("[name=csrf_token]")
        assert token is not None
        data: dict[str, object] = {"csrf_token": token["value"]}
        assert on_phone(OLGA).post("/organize/shifts/1/ask-coming", data).status == 404
    with app.app_context():
        assert questions() == []
        assert db.session.get_one(Signup, 1).coming_asked_at is None
