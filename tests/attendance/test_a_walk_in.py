"""Somebody stands at the gate who did not sign up."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.town import seats
from volboard.accounts.models import Account, Volunteer
from volboard.core.db import db
from volboard.signups.models import Signup

As = Callable[[Person], Visitor]
NEW = "13912345678"


def everybody(app: Flask) -> tuple[int, int, int]:
    """How many accounts, volunteers and signups there are."""
    with app.app_context():
        return tuple(db.session.query(model).count() for model in (Account, Volunteer, Signup))  # type: ignore[return-value]


@pytest.mark.parametrize("htmx", [False, True])
def test_name_and_phone_are_enough_where_a_seat_is_free(app: Flask, as_: As, htmx: bool) -> None:
    shift = a_gate(app)
    with at(3):
        page = as_(OLGA).open(gate(shift, f"?q={NEW}"))
        page = page.press("报名并签到", htmx=htmx, name="王大妈", phone=NEW)
    assert page.text(".verdict") == "王*妈 已签到 12:03 由欧*兰签到"
    assert page.texts(".tile") == ["3 应到", "1 已到", "1 在场"]
    with app.app_context():
        assert seats(shift) == (3, 0)


def test_pressing_twice_makes_one_person_and_says_so(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(3):
        page = as_(OLGA).open(gate(shift))
        page.press("报名并签到", name="王大妈", phone=NEW)
        once = everybody(app)
        again = page.press("报名并签到", name="王大妈", phone="139 1234 5678")
    assert "早就签到了" in again.text(".verdict")
    assert everybody(app) == once


def test_a_known_number_is_that_person_and_a_new_name_is_another_one(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(3):
        page = as_(OLGA).open(gate(shift))
        page.press("报名并签到", name=MAI.name, phone=MAI.phone)
        assert everybody(app) == (6, 6, 2)
        page.press("报名并签到", name="麦奶奶", phone=MAI.phone).press("都不是")
        assert everybody(app) == (7, 7, 3)


def test_a_full_shift_asks_for_a_reason_and_keeps_it(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, capacity=3)
    with at(3):
        olga, otto = as_(OLGA), as_(OTTO)
        blank = olga.open(gate(shift))
        assert not blank.soup.select("#reason")
        otto.open(gate(shift)).press("报名并签到", name="李大爷", phone="13912345679")
        for htmx in (False, True):
            full = blank.press("报名并签到", htmx=htmx, name="王大妈", phone=NEW)
            assert full.status == 422
            assert "请写明原因" in full.text("#reason-error")
            assert full.soup.select_one("#name")["value"] == "王大妈"  # type: ignore[index]
        done = full.press("报名并签到", name="王大妈", phone=NEW, reason="人手不够")
    assert "已签到" in done.text(".verdict")
    with app.app_context():
        assert seats(shift) == (4, 0)
        kept = db.session.query(Signup.jump_reason, Signup.jumped_by).order_by(Signup.id.desc())
        assert kept.first() == ("人手不够", OLGA.id)


def test_a_full_gate_shows_the_reason_from_the_start(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, capacity=1)
    with at(3):
        field = as_(OLGA).open(gate(shift)).soup.select_one("#reason")
    assert field is not None
    assert field.has_attr("required")


def test_who_waits_gets_a_seat_with_a_reason(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, OTTO, capacity=1)
    with at(3):
        page = as_(OLGA).open(gate(shift, "?q=0002"))
        assert page.text(".gate-row .seal") == "候补"
        empty = page.press("给他加座签到", reason="")
        assert (empty.status, "请写明为什么加座" in empty.text(".field__error")) == (422, True)
        done = empty.press("给他加座签到", reason="第一位没来")
    assert "鲍*强 已签到" in done.text(".verdict")
    with app.app_context():
        assert seats(shift) == (2, 1)


@pytest.mark.parametrize(
    ("name", "phone", "field"),
    [
        ("", NEW, "name"), ("王" * 41, NEW, "name"), ("王\x00妈", NEW, "name"),
        ("王\n妈", NEW, "name"), ("\u200b", NEW, "name"), ("王大妈", "", "phone"),
        ("王大妈", "12345", "phone"), ("王大妈", "9" * 10_000, "phone"),
        ("王大妈", "0453-3120001", "phone"), ("王大妈", "' OR 1=1 --", "phone"),
        ("王大妈", "1391234567\x00", "phone"),
    ],
)  # fmt: skip
def test_a_wrong_form_comes_back_with_a_sentence_and_writes_nothing(
    app: Flask, as_: As, name: str, phone: str, field: str
) -> None:
    shift = a_gate(app)
    with at(3):
        before = everybody(app)
        page = as_(OLGA).open(gate(shift)).press("报名并签到", name=name, phone=phone)
    assert page.status == 422
    assert page.text(f"#{field}-error")
    assert page.form("报名并签到").find_parent("details").has_attr("open")  # type: ignore[union-attr]
    assert everybody(app) == before


def test_strange_names_are_names(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(3):
        page = as_(OLGA).open(gate(shift))
        done = page.press("报名并签到", name="<b>阿卜杜热合曼·买买提</b>", phone=NEW)
    assert done.text(".gate-row__name") == "<*>"


@pytest.mark.parametrize("reason", ["x" * 121, "a\x00b"])
def test_a_wrong_reason_comes_back(app: Flask, as_: As, reason: str) -> None:
    shift = a_gate(app, MAI, BAO, capacity=1)
    with at(3):
        page = as_(OLGA).open(gate(shift, "?q=0002"))
        assert page.press("给他加座签到", reason=reason).status == 422
        walk_in = page.press("报名并签到", name="王大妈", phone=NEW, reason=reason)
    assert (walk_in.status, bool(walk_in.text("#reason-error"))) == (422, True)


def test_a_walk_in_who_serves_elsewhere_now_is_refused_by_name(app: Flask, as_: As) -> None:
    a_gate(app, MAI)
    other = a_gate(app, BAO)
    with at(3):
        page = as_(OLGA).open(gate(other))
        page = page.press("报名并签到", name=MAI.name, phone=MAI.phone)
    assert page.status == 409
    assert "同一时间已经报了" in page.text(".verdict")
    assert page.soup.select_one("#name")["value"] == MAI.name  # type: ignore[index]


def test_nobody_walks_in_with_their_own_number(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(3):
        before = everybody(app)
        page = as_(OLGA).open(gate(shift)).press("报名并签到", name="欧阳奶奶", phone=OLGA.phone)
    assert page.status == 422
    assert "这是您自己的号码" in page.text("#phone-error")
    assert everybody(app) == before
