"""A post may ask for an age, or for an adult of the household beside a child."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, Person
from tests.support.town import NOON, a_shift, seats, viewer_of
from volboard.accounts.commands import add_family
from volboard.accounts.models import Volunteer
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.signups.changes import call_off_shift
from volboard.signups.commands import (
    cancel,
    quick_sign_up,
    seat_person,
    sign_up,
    sign_up_by_organizer,
)
from volboard.signups.errors import AdultsOnly, NeedsAdult
from volboard.signups.models import Signup

OnPhone = Callable[[Person], Visitor]
Shift = Callable[..., int]


def one_of_the_family(name: str, age_band: str = "") -> int:
    """Somebody more in Mai's household."""
    volunteer_id = add_family(MAI.id, name, "")
    with transaction():
        db.session.execute(
            update(Volunteer).where(Volunteer.id == volunteer_id).values(age_band=age_band)
        )
    return volunteer_id


def state_of(shift_id: int, volunteer_id: int) -> tuple[str, str]:
    """The last place of this person in the shift, and why it ended."""
    s = Signup
    mine = select(s.state, s.end_reason).where(s.shift_id == shift_id)
    row = db.session.execute(mine.where(s.volunteer_id == volunteer_id).order_by(s.id.desc()))
    return tuple(row.first() or ("", ""))  # type: ignore[return-value]


@both_engines
@pytest.mark.parametrize("age_band", ["child", "teen"])
def test_a_post_for_adults_takes_nobody_younger_whoever_asks(inside: Flask, age_band: str) -> None:
    shift, young = a_shift(ages="adults"), one_of_the_family("小麦", age_band)
    with pytest.raises(AdultsOnly):
        sign_up(young, shift, MAI.id)
    with pytest.raises(AdultsOnly):
        sign_up_by_organizer(young, shift, viewer_of(OLGA))
    with pytest.raises(AdultsOnly):
        seat_person(young, shift, "带着来了", viewer_of(OLGA))
    assert sign_up(MAI.id, shift, MAI.id).number == 0
    assert seats(shift) == (1, 0)


@both_engines
def test_a_child_comes_beside_an_adult_of_the_household(inside: Flask) -> None:
    shift, child = a_shift(ages="with_adult"), one_of_the_family("小麦", "child")
    with pytest.raises(NeedsAdult):
        sign_up(child, shift, MAI.id)
    with pytest.raises(NeedsAdult):
        seat_person(child, shift, "带着来了", viewer_of(OLGA))
    sign_up(MAI.id, shift, MAI.id)
    assert sign_up(child, shift, MAI.id).number == 0


def test_an_adult_of_another_shift_or_another_household_does_not_count(inside: Flask) -> None:
    shift, child = a_shift(ages="with_adult", capacity=9), one_of_the_family("小麦", "child")
    sign_up(OLGA.id, shift, OLGA.id)
    sign_up(MAI.id, a_shift(starts_at=NOON + timedelta(hours=5)), MAI.id)
    sign_up(one_of_the_family("大麦", "teen"), shift, MAI.id)
    with pytest.raises(NeedsAdult):
        sign_up(child, shift, MAI.id)


def test_an_adult_in_the_queue_is_beside_the_child_there(inside: Flask) -> None:
    shift, child = a_shift(ages="with_adult", capacity=1), one_of_the_family("小麦", "child")
    sign_up(OLGA.id, shift, OLGA.id)
    assert sign_up(MAI.id, shift, MAI.id).number == 1
    assert sign_up(child, shift, MAI.id).number == 2


def test_a_teenager_and_a_post_for_everybody_ask_for_nobody(inside: Flask) -> None:
    sign_up(one_of_the_family("大麦", "teen"), a_shift(ages="with_adult"), MAI.id)
    sign_up(one_of_the_family("小麦", "child"), a_shift(), MAI.id)


@both_engines
def test_when_the_last_adult_gives_back_the_childs_place_ends_and_the_queue_moves_up(
    inside: Flask,
) -> None:
    shift, child = a_shift(ages="with_adult", capacity=2), one_of_the_family("小麦", "child")
    mine = sign_up(MAI.id, shift, MAI.id)
    sign_up(child, shift, MAI.id)
    sign_up(OLGA.id, shift, OLGA.id)
    cancel(mine.signup_id, viewer_of(MAI))
    assert state_of(shift, child) == ("cancelled", "家里大人的名额取消了，孩子要有大人一起。")
    assert state_of(shift, OLGA.id) == ("seated", "")
    assert seats(shift) == (1, 0)


def test_the_child_stays_where_another_adult_of_the_household_stays(inside: Flask) -> None:
    shift, child = a_shift(ages="with_adult", capacity=3), one_of_the_family("小麦", "child")
    mine = sign_up(MAI.id, shift, MAI.id)
    grandmother = sign_up(one_of_the_family("田桂芝"), shift, MAI.id)
    sign_up(child, shift, MAI.id)
    cancel(mine.signup_id, viewer_of(MAI))
    assert state_of(shift, child) == ("seated", "")
    cancel(grandmother.signup_id, viewer_of(OLGA), "名额给别人")
    assert state_of(shift, child) == ("cancelled", "名额给别人")


def test_another_child_that_stays_at_home_takes_nobody_along(inside: Flask) -> None:
    shift = a_shift(capacity=3)
    first, second = one_of_the_family("小麦", "child"), one_of_the_family("小小麦", "child")
    place = sign_up(first, shift, MAI.id)
    sign_up(second, shift, MAI.id)
    db.session.connection().exec_driver_sql("UPDATE shifts SET ages = 'with_adult'")
    db.session.commit()
    cancel(place.signup_id, viewer_of(MAI))
    assert state_of(shift, second) == ("seated", "")


@both_engines
def test_a_child_who_is_here_keeps_the_place(inside: Flask) -> None:
    shift, child = a_shift(ages="with_adult"), one_of_the_family("小麦", "child")
    mine = sign_up(MAI.id, shift, MAI.id)
    sign_up(child, shift, MAI.id)
    with clock.standing_at(NOON - timedelta(minutes=5)):
        check_in(shift, child, viewer_of(OLGA), "gate", "test")
        cancel(mine.signup_id, viewer_of(OLGA), "人没来")
    assert state_of(shift, child) == ("seated", "")
    assert state_of(shift, MAI.id) == ("cancelled", "人没来")


def test_who_is_called_off_reads_the_organizers_reason(inside: Flask) -> None:
    shift, child = a_shift(ages="with_adult"), one_of_the_family("小麦", "child")
    sign_up(MAI.id, shift, MAI.id)
    sign_up(child, shift, MAI.id)
    call_off_shift(shift, "大雨", viewer_of(OLGA))
    assert state_of(shift, child) == ("cancelled", "大雨")


def test_a_visitor_is_an_adult_who_reads_what_the_post_asks(
    app: Flask, visitor: Visitor, shift_of: Shift
) -> None:
    shift = shift_of(ages="adults", call_minutes=10, skill="会写毛笔字")
    page = visitor.open(f"/shifts/{shift}/sign-up")
    assert "11:50 集合 · 会写毛笔字 · 满 18 岁" in page.whole_text
    assert page.press("报名", within="main", name="王小芳", phone="13812345678").status == 200
    with app.app_context():
        assert seats(shift) == (1, 0)
        assert quick_sign_up("李四", "13812345679", shift, "key")[1].number == 0


def test_the_card_says_what_the_post_asks_and_what_to_do_for_a_child(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of(ages="with_adult", call_minutes=20)
    with app.app_context():
        one_of_the_family("小麦", "child")
    page = on_phone(MAI).open("/events/1")
    assert "11:40 集合 · 未满 14 岁要有家里大人一起" in page.whole_text
    refused = page.press("给小麦报名")
    assert refused.status == 409
    assert "请先给家里一位大人报这个岗位" in refused.whole_text
    page = on_phone(MAI).open("/events/1").press("报名", within=f"#shift-{shift} .person")
    assert page.press("给小麦报名").texts(".seal") == ["已报名", "已报名"]


def test_a_post_for_adults_offers_a_child_no_button(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift_of(ages="adults")
    with app.app_context():
        one_of_the_family("小麦", "child")
    page = on_phone(MAI).open("/events/1")
    assert page.form("报名")
    assert "给小麦报名" not in page.whole_text


def test_ones_own_page_says_when_to_gather(on_phone: OnPhone, shift_of: Shift) -> None:
    shift_of(call_minutes=20)
    page = on_phone(MAI).open("/events/1").press("报名", within="main")
    assert "12:00–14:00 ，11:40 集合" in page.visitor.open("/me").whole_text
