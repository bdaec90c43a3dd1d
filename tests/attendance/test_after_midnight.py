"""A shift from 22:00 to 02:00, at half past midnight: everything of it is still there."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, Person
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
TEN = NOON + timedelta(hours=10)


@pytest.fixture
def shift(app: Flask) -> int:
    """Mai has a seat and is here since the evening; Bao has a seat."""
    with app.app_context(), clock.standing_at(NOON - timedelta(days=2)):
        made = a_shift(starts_at=TEN, minutes=240)
        for person in (MAI, BAO):
            sign_up(person.id, made, person.id)
    with app.app_context(), clock.standing_at(TEN):
        check_in(made, MAI.id, viewer_of(OLGA), "gate", "test")
    return made


@pytest.fixture(autouse=True)
def half_past_midnight(shift: int) -> Iterator[None]:
    with clock.standing_at(TEN + timedelta(hours=2, minutes=30)):
        yield


def test_the_board_and_ones_own_page_still_show_it(visitor: Visitor, as_: As) -> None:
    assert "端午包粽子" in visitor.open("/").text("main")
    assert "端午包粽子" in as_(BAO).open("/me").text("main")


def test_the_desk_still_leads_to_its_gate(as_: As, shift: int) -> None:
    page = as_(OLGA).open("/organize")
    assert page.soup.select(f'a[href="/organize/shifts/{shift}/gate"]')


def test_the_gate_still_lets_people_in_and_out(as_: As, shift: int) -> None:
    gate = f"/organize/shifts/{shift}/gate"
    page = as_(OLGA).open(gate, query={"q": "0002"}).press("签到", within="#gate-answer")
    assert "已签到" in page.text("#gate-answer")
    out = page.visitor.open(gate, query={"q": "0001"}).press("签退", within="#gate-answer")
    assert "已签退" in out.text("#gate-answer")
