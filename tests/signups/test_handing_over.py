"""Somebody who cannot come passes the seat to a friend by a secret address."""

import hashlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.conftest import both_engines
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RIVER, Person
from tests.support.town import NOON, a_shift, seats, viewer_of
from volboard.accounts.commands import add_family
from volboard.accounts.models import Volunteer
from volboard.attendance.commands import check_in
from volboard.communities.models import Pause
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound, Refusal
from volboard.messages.models import Message
from volboard.messages.rules import Kind
from volboard.signups.changes import call_off_shift
from volboard.signups.commands import cancel, sign_up
from volboard.signups.errors import AdultsOnly, CalledOff, IsHere, Overlaps, Paused
from volboard.signups.hand_over_errors import (
    AlreadyThere,
    Gone,
    HandOverTooLate,
    OwnPlace,
    QueueComesFirst,
    Withdrawn,
)
from volboard.signups.hand_overs import offer, take_over, withdraw
from volboard.signups.models import HandOver, Signup

OnPhone = Callable[[Person], Visitor]


def offered_by_mai(**columns: object) -> tuple[int, str]:
    """A full shift of one seat, which Mai offers: her signup and the secret."""
    shift = a_shift(capacity=1, **columns)  # type: ignore[arg-type]
    place = sign_up(MAI.id, shift, MAI.id).signup_id
    return place, offer(place, viewer_of(MAI))


def holder(shift: int = 1) -> list[int]:
    db.session.rollback()
    seated = select(Signup.volunteer_id).where(Signup.shift_id == shift, Signup.state == "seated")
    return list(db.session.scalars(seated))


def address(page: Page) -> str:
    field = page.soup.select_one("#hand-over-url")
    assert field is not None
    return str(field["value"]).removeprefix("http://localhost")


@both_engines
def test_the_giver_s_place_ends_as_the_taker_s_begins(inside: Flask) -> None:
    place, secret = offered_by_mai()
    for _twice in range(2):
        assert take_over(secret, BAO.id, BAO.id).number == 0
    assert holder() == [BAO.id]
    assert seats(1) == (1, 0)
    ended = db.session.get_one(Signup, place)
    assert (ended.state, ended.ended_by, ended.end_reason) == ("cancelled", BAO.id, "转给了别人")
    (told,) = db.session.scalars(select(Message).where(Message.kind == Kind.HANDED_OVER))
    assert told.account_id == MAI.id
    assert BAO.name not in told.facts


def test_the_secret_is_long_random_and_not_kept(inside: Flask) -> None:
    _place, secret = offered_by_mai()
    assert re.fullmatch(r"[\w-]{22}", secret)
    kept = db.session.scalars(select(HandOver.secret_hash)).one()
    assert kept == hashlib.sha256(secret.encode()).hexdigest()


@both_engines
def test_of_two_who_take_it_at_once_one_wins(app: Flask) -> None:
    with app.app_context():
        _place, secret = offered_by_mai()

    def take(person: Person) -> str:
        with app.app_context(), clock.standing_at(NOON - timedelta(days=1)):
            try:
                take_over(secret, person.id, person.id)
            except Refusal as refusal:
                return type(refusal).__name__
            return "has it"

    with ThreadPoolExecutor(4) as crowd:
        results = list(crowd.map(take, (BAO, OLGA, OTTO, ADA)))
    assert sorted(results) == ["Taken", "Taken", "Taken", "has it"]
    with app.app_context():
        assert len(holder()) == 1
        assert seats(1) == (1, 0)


@both_engines
def test_two_who_swap_their_seats_at_once_do_not_block_each_other(app: Flask) -> None:
    with app.app_context():
        evening = NOON + timedelta(hours=5)
        secrets = []
        for person, start in ((MAI, NOON), (BAO, evening)):
            shift = a_shift(capacity=1, starts_at=start)
            place = sign_up(person.id, shift, person.id).signup_id
            secrets.append(offer(place, viewer_of(person)))

    def take(number: int) -> bool:
        person = (BAO, MAI)[number]
        with app.app_context(), clock.standing_at(NOON - timedelta(days=1)):
            return take_over(secrets[number], person.id, person.id).number == 0

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(take, (0, 1))) == [True, True]
    with app.app_context():
        assert (holder(1), holder(2)) == ([BAO.id], [MAI.id])


@both_engines
def test_while_somebody_waits_the_place_is_theirs(inside: Flask) -> None:
    place, secret = offered_by_mai()
    otto = sign_up(OTTO.id, 1, OTTO.id)
    with pytest.raises(QueueComesFirst):
        take_over(secret, BAO.id, BAO.id)
    with pytest.raises(QueueComesFirst):
        offer(place, viewer_of(MAI))
    cancel(otto.signup_id, viewer_of(OTTO))
    take_over(secret, BAO.id, BAO.id)
    assert holder() == [BAO.id]


def test_what_was_withdrawn_renewed_or_given_back_cannot_be_taken(inside: Flask) -> None:
    place, first = offered_by_mai()
    second = offer(place, viewer_of(MAI))
    with pytest.raises(Withdrawn):
        take_over(first, BAO.id, BAO.id)
    withdraw(place, viewer_of(MAI))
    with pytest.raises(Withdrawn):
        take_over(second, BAO.id, BAO.id)
    third = offer(place, viewer_of(MAI))
    cancel(place, viewer_of(MAI))
    with pytest.raises(Gone):
        take_over(third, BAO.id, BAO.id)
    with pytest.raises(Gone):
        offer(place, viewer_of(MAI))
    with pytest.raises(NotFound):
        take_over("x" * 22, BAO.id, BAO.id)
    assert seats(1) == (0, 0)


def test_it_is_too_late_once_the_shift_began_and_not_after_the_deadline(inside: Flask) -> None:
    place, secret = offered_by_mai()
    with clock.standing_at(NOON):
        with pytest.raises(HandOverTooLate):
            take_over(secret, BAO.id, BAO.id)
        with pytest.raises(HandOverTooLate):
            offer(place, viewer_of(MAI))
    with clock.standing_at(NOON - timedelta(minutes=5)):
        take_over(secret, BAO.id, BAO.id)
    assert holder() == [BAO.id]


def test_who_is_here_already_keeps_the_place(inside: Flask) -> None:
    _place, secret = offered_by_mai()
    with clock.standing_at(NOON - timedelta(minutes=10)):
        check_in(1, MAI.id, viewer_of(OLGA), "gate", "test")
        with pytest.raises(IsHere):
            take_over(secret, BAO.id, BAO.id)
    assert holder() == [MAI.id]


def test_what_is_called_off_cannot_be_taken(inside: Flask) -> None:
    _place, secret = offered_by_mai()
    call_off_shift(1, "下雨", viewer_of(OLGA))
    with pytest.raises((Gone, CalledOff)):
        take_over(secret, BAO.id, BAO.id)


def test_what_refuses_a_signup_refuses_a_taker(inside: Flask) -> None:
    _place, secret = offered_by_mai(ages="adults")
    son = add_family(BAO.id, "鲍小宝", "儿子")
    with transaction():
        db.session.execute(update(Volunteer).where(Volunteer.id == son).values(age_band="teen"))
    with pytest.raises(AdultsOnly):
        take_over(secret, son, BAO.id)
    sign_up(OTTO.id, a_shift(), OTTO.id)
    with pytest.raises(Overlaps):
        take_over(secret, OTTO.id, OTTO.id)
    with transaction():
        db.session.add(Pause(volunteer_id=BAO.id, community_id=RIVER, until=NOON))
    with pytest.raises(Paused):
        take_over(secret, BAO.id, BAO.id)
    with pytest.raises(OwnPlace):
        take_over(secret, MAI.id, MAI.id)
    with pytest.raises(NotFound):
        take_over(secret, OLGA.id, BAO.id)
    assert holder() == [MAI.id]


def test_who_has_a_place_there_needs_no_second_one(inside: Flask) -> None:
    shift = a_shift(capacity=2)
    place = sign_up(MAI.id, shift, MAI.id).signup_id
    sign_up(BAO.id, shift, BAO.id)
    with pytest.raises(AlreadyThere):
        take_over(offer(place, viewer_of(MAI)), BAO.id, BAO.id)
    assert holder() == [MAI.id, BAO.id]


def test_from_my_page_to_a_friend_who_taps_once(app: Flask, on_phone: OnPhone) -> None:
    with app.app_context():
        sign_up(MAI.id, a_shift(capacity=1), MAI.id)
    page = on_phone(MAI).open("/me").follow("转给别人")
    assert not page.soup.select("#hand-over-url")
    page = page.press("生成链接")
    url = address(page)
    again = on_phone(MAI).open(page.url)
    assert not again.soup.select("#hand-over-url"), "the address is shown once"
    bao = on_phone(BAO)
    offer_page = bao.open(url)
    assert MAI.name not in offer_page.whole_text
    assert "端午包粽子" in offer_page.text("main")
    done = offer_page.press("我来接")
    assert done.url.startswith("/events/1")
    assert done.text(".seal") == "已报名"
    assert "已经有人接了" in on_phone(OTTO).open(url).text(".notice")
    assert on_phone(MAI).open("/me").whole_text.count("转给别人") == 0


def test_a_visitor_takes_it_with_a_name_and_a_number(
    app: Flask, on_phone: OnPhone, visitor: Visitor
) -> None:
    with app.app_context():
        _place, secret = offered_by_mai()
    url = f"/hand-over/{secret}"
    page = visitor.open(url)
    wrong = page.press("我来接", within="main", name="", phone="12")
    assert wrong.status == 422
    assert wrong.text("#name-error") == "请写姓名。"
    known = page.press("我来接", within="main", name="鲍国强", phone=BAO.phone)
    assert known.status == 422
    assert known.soup.select_one(f'a[href="/sign-in?next=/hand-over/{secret}"]')
    done = page.press("我来接", within="main", name="王桂芳", phone="13912345678")
    assert done.text(".seal") == "已报名"
    second_tap = page.press("我来接", within="main", name="王桂芳", phone="13912345678")
    assert second_tap.url.startswith("/events/1")
    with app.app_context():
        assert MAI.id not in holder()
        assert seats(1) == (1, 0)


def test_a_withdrawn_address_says_so_and_an_unknown_one_is_not_there(
    app: Flask, on_phone: OnPhone, visitor: Visitor
) -> None:
    with app.app_context():
        place, secret = offered_by_mai()
    page = on_phone(MAI).open(f"/signups/{place}/hand-over").press("收回，我自己去")
    assert "位置还是您的" in page.text("#notices")
    assert "收回去了" in visitor.open(f"/hand-over/{secret}").text(".notice")
    for hostile in ("x", "%00", "%F0%9F%98%80", "a" * 3000, "..%2F..", "' OR 1=1"):
        assert visitor.open(f"/hand-over/{hostile}").status == 404


def test_a_stranger_neither_sees_nor_offers_another_s_seat(app: Flask, on_phone: OnPhone) -> None:
    with app.app_context():
        place, _secret = offered_by_mai()
        for act in (offer, withdraw):
            with pytest.raises(NotFound):
                act(place, viewer_of(OLGA))
    for stranger in (BAO, OLGA, ADA):
        assert on_phone(stranger).open(f"/signups/{place}/hand-over").status == 404


def test_with_a_queue_the_page_offers_to_give_it_back(app: Flask, on_phone: OnPhone) -> None:
    with app.app_context():
        place, secret = offered_by_mai()
        sign_up(OTTO.id, 1, OTTO.id)
    assert "要先给他们" in on_phone(BAO).open(f"/hand-over/{secret}").text(".notice")
    page = on_phone(MAI).open(f"/signups/{place}/hand-over")
    assert "空位要先给排第一的人" in page.text(".notice")
    page.press("我不去了，让出来")
    with app.app_context():
        assert holder() == [OTTO.id]


def test_no_log_holds_the_secret(
    app: Flask, visitor: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    with app.app_context():
        _place, secret = offered_by_mai()
    visitor.open(f"/hand-over/{secret}").press("我来接", within="main", name="", phone="")
    written = capsys.readouterr()
    assert "/hand-over/<secret>" in written.out
    assert secret not in written.out + written.err
