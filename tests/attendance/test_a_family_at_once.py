"""A family at the gate: one tap takes in everybody of the household who is expected."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON, a_shift
from tests.venue.at_the_door import family_of, stored, token_of, who_came
from volboard.core.db import db
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]


@pytest.fixture
def shift(app: Flask) -> int:
    """Mai with two of the family, and Bao alone."""
    shift = a_gate(app, MAI, BAO)
    family_of(app, MAI, "陈桂香", "王国栋", seats=shift)
    return shift


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("query", ["?q=0001", "?q=陈桂香"])
def test_whoever_is_found_brings_the_family(
    app: Flask, shift: int, as_: As, query: str, htmx: bool
) -> None:
    with at(-2):
        page = as_(OLGA).open(gate(shift, query))
        done = page.press("一家 3 人签到", htmx=htmx)
    assert done.status == 200
    assert done.text(".verdict") == "3 人已签到 麦*芳、陈*香、王*栋"
    assert len(done.soup.select("#gate-answer .seal, .gate-list .seal")) >= 3
    assert done.texts(".tile") == ["4 应到", "3 已到", "3 在场"]
    assert [row[1:] for row in who_came(app)] == [("present", "gate", OLGA.id)] * 3


def test_pressed_again_it_changes_nothing(app: Flask, shift: int, as_: As) -> None:
    with at(-2):
        olga, otto = (as_(person).open(gate(shift, "?q=0001")) for person in (OLGA, OTTO))
        olga.press("一家 3 人签到")
        again = otto.press("一家 3 人签到", htmx=True)
    assert again.text(".verdict__text") == "3 人已签到"
    assert "由欧*兰签到" in again.text(".gate-row__note")
    assert stored(app) == (3, 3, 0)


def test_each_of_them_can_be_taken_back(app: Flask, shift: int, as_: As) -> None:
    with at(-2):
        page = as_(OLGA).open(gate(shift, "?q=0001")).press("一家 3 人签到")
        assert len([b for b in page.soup.select("#gate-answer button") if "撤销" in b.text]) == 3
        page.press("撤销签到", within="#gate-answer")
    assert sorted(row[1] for row in who_came(app)) == ["present", "present", "undone"]


def test_who_waits_or_is_here_is_left_alone(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, capacity=3)
    _mother, _father, child = family_of(app, MAI, "陈桂香", "王国栋", "王小宝", seats=shift)
    with at(-5):
        as_(OTTO).open(gate(shift, "?q=陈桂香")).press("签到", within=".gate-list")
    with at(0):
        page = as_(OLGA).open(gate(shift, "?q=0001"))
        done = page.press("一家 2 人签到")
    assert child not in {row[0] for row in who_came(app)}
    assert done.text(".verdict__text") == "3 人已签到"
    assert {row[3] for row in who_came(app)} == {OLGA.id, OTTO.id}


def test_the_last_of_a_family_is_offered_beside_the_one_who_was_pressed(
    app: Flask, as_: As
) -> None:
    shift = a_gate(app, MAI)
    family_of(app, MAI, "陈桂香", seats=shift)
    with at(0):
        page = as_(OLGA).open(gate(shift, "?q=麦小芳"))
        after = page.press("签到", within=".gate-list", htmx=True)
        assert after.text(".verdict__text") == "麦*芳 已签到"
        assert "陈*香" in after.form("一家 1 人签到").text
        whole = page.visitor.open(gate(shift, "?q=陈桂香"))
        assert not [b for b in whole.soup.select("button") if "一家" in b.text]


def test_a_single_person_has_no_such_button(shift: int, as_: As) -> None:
    with at(0):
        page = as_(OLGA).open(gate(shift, "?q=0002"))
    assert not [b for b in page.soup.select("button") if "一家" in b.text]


def test_nobody_takes_in_their_own_family(app: Flask, as_: As) -> None:
    shift = a_gate(app, OLGA)
    mother = family_of(app, OLGA, "欧母", seats=shift)[0]
    with at(0):
        page = as_(OLGA).open(gate(shift, "?q=0003"))
        assert not [b for b in page.soup.select("button") if "一家" in b.text]
        url = f"/organize/shifts/{shift}/families/{mother}/check-in"
        form: dict[str, object] = {"csrf_token": token_of(page.visitor)}
        refused = page.visitor.post(url, form)
    assert (refused.status, "另一位组织者" in refused.text(".verdict")) == (409, True)
    assert stored(app) == (0, 0, 0)


def test_outside_its_hours_all_or_none(app: Flask, shift: int, as_: As) -> None:
    with at(0):
        stale = as_(OLGA).open(gate(shift, "?q=0001"))
    for minutes in (-121, 121):
        with at(minutes):
            late = stale.press("一家 3 人签到")
            assert (late.status, stored(app)) == (409, (0, 0, 0))
            assert not [b for b in late.soup.select("button") if "一家" in b.text]


@pytest.mark.parametrize("way", ["gate", "code", "venue", "官方\x00", ""])
def test_only_the_one_whose_code_was_read_came_by_it(
    app: Flask, shift: int, as_: As, way: str
) -> None:
    with at(0):
        olga = as_(OLGA)
        form: dict[str, object] = {"csrf_token": token_of(olga), "how": way}
        olga.post(f"/organize/shifts/{shift}/families/{MAI.id}/check-in", form)
    ways = [row[2] for row in who_came(app)]
    assert ways == ["code" if way == "code" else "gate", "gate", "gate"]


def test_strangers_and_unknown_people_are_not_found(app: Flask, shift: int, as_: As) -> None:
    with at(0):
        for person, volunteer in ((TIAN, MAI.id), (BAO, MAI.id), (OLGA, 777), (OLGA, OTTO.id)):
            visitor = as_(person)
            url = f"/organize/shifts/{shift}/families/{volunteer}"
            form: dict[str, object] = {"csrf_token": token_of(visitor)}
            assert visitor.post(f"{url}/check-in", form).status == 404
            assert visitor.open(url).status == 404
    assert stored(app) == (0, 0, 0)


def test_the_family_of_another_shift_stays_out(app: Flask, shift: int, as_: As) -> None:
    with app.app_context(), at(-24 * 60):
        later = a_shift(starts_at=NOON + timedelta(hours=4), capacity=9)
        sign_up(MAI.id, later, MAI.id)
    family_of(app, MAI, "王小宝", seats=later)
    with at(0):
        as_(OLGA).open(gate(shift, "?q=0001")).press("一家 3 人签到")
    with app.app_context():
        shifts = {row for (row,) in db.session.execute(db.text("SELECT shift_id FROM attendances"))}
    assert shifts == {shift}


def test_a_search_costs_a_fixed_number_of_statements(app: Flask, shift: int, as_: As) -> None:
    costs = []
    with at(0):
        as_(OLGA).open(gate(shift), htmx=True)
        for words in ("0002", "1", "0001"):
            with counted(app) as sent:
                as_(OLGA).open(gate(shift, f"?q={words}"), htmx=True)
            costs.append(len(sent))
    assert len(set(costs)) == 1
