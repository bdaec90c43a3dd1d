"""Giving a place back: until the deadline, for ten minutes after pressing, and only one's own."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, Person
from tests.support.town import NOON, a_shift, seats, viewer_of
from volboard.core import clock
from volboard.events.shift_commands import mark_closed
from volboard.signups.commands import cancel, sign_up
from volboard.signups.errors import TooLate
from volboard.signups.rules import can_give_back

OnPhone = Callable[[Person], Visitor]
Shift = Callable[..., int]
LONG_AGO = NOON - timedelta(days=9)


def minutes_before(minutes: float) -> datetime:
    return NOON - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("signed_up_at", "now", "may"),
    [
        (LONG_AGO, minutes_before(121), True),
        (LONG_AGO, minutes_before(120), True),
        (LONG_AGO, minutes_before(119.9), False),
        (minutes_before(60), minutes_before(50), True),
        (minutes_before(60), minutes_before(49.9), False),
        (minutes_before(1), NOON, False),
        (minutes_before(1), minutes_before(0.1), True),
        (LONG_AGO, NOON + timedelta(days=1), False),
    ],
)
def test_a_place_can_be_given_back_until_two_hours_before_or_for_ten_minutes(
    signed_up_at: datetime, now: datetime, may: bool
) -> None:
    assert can_give_back(NOON, 120, signed_up_at, now) is may


def test_the_card_says_until_when(visitor: Visitor, shift_of: Shift) -> None:
    shift = shift_of()
    assert "6 月 9 日 10:00 前可以取消" in visitor.open("/events/1").text(f"#shift-{shift}")


@pytest.mark.parametrize("minutes", [119, 1, -1])
def test_a_deadline_that_has_passed_is_not_shown_as_if_it_were_to_come(
    visitor: Visitor, shift_of: Shift, minutes: int
) -> None:
    shift = shift_of()
    with clock.standing_at(NOON - timedelta(minutes=121)):
        assert "前可以取消" in visitor.open("/events/1").text(f"#shift-{shift}")
    with clock.standing_at(NOON - timedelta(minutes=minutes)):
        card = visitor.open("/events/1").text(f"#shift-{shift}")
    assert "前可以取消" not in card
    assert "现在来不了，要打电话给联系人" in card


def test_after_the_deadline_the_button_is_gone_and_a_late_press_is_told_why(
    on_phone: OnPhone, shift_of: Shift
) -> None:
    shift_of()
    mai = on_phone(MAI)
    page = mai.open("/events/1").press("报名", within="main")
    with clock.standing_at(minutes_before(90)):
        assert "我不去了" not in mai.open("/events/1").text("main")
        late = page.press("确定不去")
        assert late.status == 409
        assert "已经过了可以取消的时间" in late.text("main")
        assert mai.open("/events/1").text(".seal") == "已报名"


def test_who_has_just_signed_up_may_think_again(on_phone: OnPhone, shift_of: Shift) -> None:
    shift_of()
    mai = on_phone(MAI)
    with clock.standing_at(minutes_before(60)):
        page = mai.open("/events/1").press("报名", within="main")
    with clock.standing_at(minutes_before(51)):
        assert not page.press("确定不去").soup.select(".seal")


def test_giving_back_twice_frees_one_seat(inside: Flask) -> None:
    shift = a_shift(capacity=2)
    mine = sign_up(MAI.id, shift, MAI.id)
    sign_up(BAO.id, shift, BAO.id)
    assert cancel(mine.signup_id, viewer_of(MAI)) == cancel(mine.signup_id, viewer_of(MAI))
    assert seats(shift) == (1, 0)


def test_a_place_can_be_taken_again(on_phone: OnPhone, shift_of: Shift) -> None:
    shift_of()
    page = on_phone(MAI).open("/events/1").press("报名", within="main")
    page = page.press("确定不去").press("报名", within="main")
    assert page.text(".seal") == "已报名"


def test_a_stranger_cannot_give_back_what_is_not_theirs(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of()
    on_phone(MAI).open("/events/1").press("报名", within="main")
    bao = on_phone(BAO)
    token = bao.open("/events/1").soup.select_one("[name=csrf_token]")
    assert token is not None
    data: dict[str, object] = {"csrf_token": token["value"], "volunteer": "1", "by": "1"}
    answers = [bao.post(f"/signups/{n}/cancel", data) for n in (1, 999)]
    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].text("main") == answers[1].text("main")
    with app.app_context():
        assert seats(shift) == (1, 0)


def test_a_visitor_is_sent_to_sign_in(visitor: Visitor, shift_of: Shift) -> None:
    page = visitor.open(f"/shifts/{shift_of()}/sign-up")
    token = page.soup.select_one("[name=csrf_token]")
    assert token is not None
    assert visitor.post("/signups/1/cancel", {"csrf_token": token["value"]}).url.startswith(
        "/sign-in"
    )


def test_once_the_gate_is_closed_it_is_too_late_for_organizers_too(inside: Flask) -> None:
    shift = a_shift()
    place = sign_up(MAI.id, shift, MAI.id)
    with clock.standing_at(NOON + timedelta(hours=1)):
        with pytest.raises(TooLate):
            cancel(place.signup_id, viewer_of(MAI))
        mark_closed(shift, OLGA.id)
        with pytest.raises(TooLate):
            cancel(place.signup_id, viewer_of(OLGA))
    assert seats(shift) == (1, 0)
