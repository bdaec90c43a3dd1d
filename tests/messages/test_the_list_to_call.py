"""Whoever has no other way is telephoned: the list, the number, and what was said."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.messages.post_office import a_message, delivery, state
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, TIAN, Person
from tests.support.town import NOON
from volboard.accounts.models import PhoneView
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.messages.commands import drop
from volboard.messages.models import Message
from volboard.messages.rules import Kind

As = Callable[[Person], Visitor]
LIST = "/organize/calls"
HOUR = timedelta(hours=1)
DESK = "section[aria-labelledby=waits-title]"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.standing_at(NOON):
        yield


@pytest.fixture
def call(app: Flask) -> int:
    """Mai, who has no e-mail, must hear that something is called off."""
    with app.app_context():
        return a_message(MAI, expires_at=NOON + HOUR)


def views(app: Flask) -> list[tuple[object, ...]]:
    with app.app_context():
        v = PhoneView
        return [
            tuple(row) for row in db.session.execute(select(v.account_id, v.viewed_by, v.place))
        ]


def test_the_list_says_whom_and_what_but_no_number_yet(call: int, as_: As) -> None:
    page = as_(OLGA).open(LIST)
    (line,) = page.texts(".person")
    assert "麦*芳" in line
    assert "138****0001" in line
    assert "下大雨" in line
    assert "13800000001" not in page.whole_text


@pytest.mark.parametrize("htmx", [False, True])
def test_the_number_is_shown_on_demand_and_that_is_kept(
    app: Flask, call: int, as_: As, htmx: bool
) -> None:
    shown = as_(OLGA).open(LIST).press("看电话", within="main", htmx=htmx)
    link = shown.soup.select_one("a.phone-number")
    assert link
    assert link["href"] == "tel:13800000001"
    assert views(app) == [(MAI.id, OLGA.id, LIST)]


def test_called_is_done(app: Flask, call: int, as_: As) -> None:
    page = as_(OLGA).open(LIST).press("打过了")
    assert "没有要打的电话" in page.whole_text
    with app.app_context():
        found = delivery(call)
        assert (found.state, found.ended_by, found.ended_at) == ("delivered", OLGA.id, NOON)


def test_not_reached_goes_to_the_end_of_the_list(app: Flask, call: int, as_: As) -> None:
    with app.app_context():
        a_message(BAO)
    with clock.standing_at(NOON + timedelta(minutes=1)):
        page = as_(OLGA).open(LIST).press("没打通")
        lines = page.texts(".person")
    assert ["鲍*强" in lines[0], "麦*芳" in lines[1]] == [True, True]
    assert "1 次没打通" in lines[1]
    with app.app_context():
        assert state(call) == "waiting"


def test_two_who_press_at_once_are_one(call: int, as_: As) -> None:
    first, second = as_(OLGA).open(LIST), as_(OLGA).open(LIST)
    first.press("打过了")
    assert "已经有结果了" in second.press("没打通").whole_text


@pytest.mark.parametrize("why", ["read", "expired", "dropped"])
def test_what_need_not_be_told_any_more_is_not_on_the_list(
    app: Flask, call: int, as_: As, why: str
) -> None:
    olga = as_(OLGA)
    page = olga.open(LIST)
    with app.app_context(), transaction():
        if why == "read":
            db.session.execute(update(Message).values(read_at=NOON))
        if why == "dropped":
            drop("shift:1", [Kind.CANCELLED])
    with clock.standing_at(NOON + (HOUR if why == "expired" else timedelta())):
        assert "没有要打的电话" in olga.open(LIST).whole_text
        assert "电话要打" not in olga.open("/organize").text(DESK)
        assert page.press("看电话", within="main").status == 404
    assert views(app) == []


def test_another_community_neither_sees_nor_asks(app: Flask, call: int, as_: As) -> None:
    tian = as_(TIAN).open(LIST)
    assert "没有要打的电话" in tian.whole_text
    token = tian.soup.select_one('[name="csrf_token"]')
    assert token
    data: dict[str, object] = {"csrf_token": token["value"]}
    for act in ("phone", "called", "not-reached"):
        assert tian.visitor.post(f"{LIST}/{call}/{act}", data).status == 404
    assert views(app) == []


def test_the_desk_counts_the_calls_and_what_is_stuck(app: Flask, call: int, as_: As) -> None:
    olga = as_(OLGA)
    assert "1 个电话要打" in olga.open("/organize").text(DESK)
    with app.app_context(), transaction():
        db.session.execute(db.text("UPDATE deliveries SET channel = 'webhook', state = 'unsure'"))
    words = olga.open("/organize").text(DESK)
    assert "1 条消息没送到" in words
    assert "电话要打" not in words
    assert "没送到" not in as_(TIAN).open("/organize").text(DESK)
