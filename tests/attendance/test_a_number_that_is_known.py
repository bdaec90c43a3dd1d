"""Somebody stands at the gate and gives a number that another household has."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.town import NOON, viewer_of
from volboard.accounts.commands import add_family
from volboard.accounts.household_queries import proposed_to
from volboard.accounts.queries import household
from volboard.attendance.closing import close_shift
from volboard.attendance.models import Attendance
from volboard.attendance.scans import Scan, take_scan
from volboard.core.db import db
from volboard.messages.models import Message

As = Callable[[Person], Visitor]
AUNT: dict[str, Any] = {"name": "王小芳", "phone": MAI.phone}


def came(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(db.select(Attendance.volunteer_id)))


def family(app: Flask, person: Person = MAI) -> list[str]:
    with app.app_context():
        return [one.name for one in household(person.id)]


def told(app: Flask) -> list[tuple[int | None, str]]:
    with app.app_context():
        rows = db.select(Message.account_id, Message.facts).where(Message.kind == "household")
        return [(row.account_id, row.facts) for row in db.session.execute(rows)]


def typed(visitor: Visitor, shift: int, htmx: bool = False, **values: Any) -> Page:
    page = visitor.open(gate(shift))
    return page.press("报名并签到", htmx=htmx, **(AUNT | values))


@pytest.mark.parametrize("htmx", [False, True])
def test_who_of_the_household_is_expected_is_offered_first(app: Flask, as_: As, htmx: bool) -> None:
    shift = a_gate(app, MAI)
    with at(3):
        page = typed(as_(OLGA), shift, htmx)
        assert page.status == 409
        assert "这个号码登记过，但不叫“王小芳”" in page.text(".verdict")
        assert page.texts(".gate-row__name") == ["麦*芳"]
        assert came(app) == []
        page = page.press("是这位，签到", htmx=htmx)
    assert "已签到" in page.text(".verdict")
    assert came(app) == [MAI.id]
    assert family(app) == ["麦小芳"]


@pytest.mark.parametrize("htmx", [False, True])
def test_somebody_else_is_a_person_of_their_own_and_the_household_is_asked(
    app: Flask, as_: As, htmx: bool
) -> None:
    shift = a_gate(app, MAI)
    with at(3):
        page = typed(as_(OLGA), shift, htmx).press("都不是，是另一位", htmx=htmx)
    assert "王*芳 已签到" in page.text(".verdict")
    assert "没有手机号" in page.text(".gate-row")
    assert family(app) == ["麦小芳"]
    assert told(app) == [(MAI.id, '{"内容": "王*芳"}')]
    page = as_(MAI).open("/me/household")
    assert "王*芳" in page.whole_text
    assert "王小芳" not in page.whole_text
    page = page.press("是，是我家的", "main")
    assert family(app) == ["麦小芳", "王小芳"]
    assert len(came(app)) == 1
    assert page.url == "/me/family"


def test_where_nobody_of_the_household_is_expected_there_is_no_question(
    app: Flask, as_: As
) -> None:
    shift = a_gate(app, BAO)
    with at(3):
        page = typed(as_(OLGA), shift)
        again = typed(as_(OTTO), shift)
    assert "王*芳 已签到" in page.text(".verdict")
    assert "早就签到了" in again.text(".verdict")
    assert (family(app), len(came(app)), len(told(app))) == (["麦小芳"], 1, 1)


def test_one_of_the_household_by_name_is_that_one(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI)
    with app.app_context():
        mother = add_family(MAI.id, "麦奶奶", "妈妈")
    with at(3):
        typed(as_(OLGA), shift, name="麦奶奶")
    assert came(app) == [mother]
    assert told(app) == []


def test_a_no_is_kept_and_nothing_of_the_household_changes(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO)
    with at(3):
        typed(as_(OLGA), shift)
    page = as_(MAI).open("/me/family").follow("去看看").press("不是", "main")
    assert "没有要您认的人" in page.whole_text
    assert family(app) == ["麦小芳"]
    assert len(came(app)) == 1, "what they did stays theirs"


def test_an_organizers_own_number_takes_no_stranger(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO)
    with at(3):
        page = typed(as_(OLGA), shift, phone=OLGA.phone)
    assert page.status == 422
    assert "这是您自己的号码" in page.text("#phone-error")
    assert came(app) == []


def test_who_may_turn_out_to_be_ones_own_is_for_another_organizer(app: Flask, as_: As) -> None:
    """Otto types Olga's number with her mother's name: Olga does not press for her."""
    shift = a_gate(app, BAO)
    with at(3):
        typed(as_(OTTO), shift, phone=OLGA.phone)
        with app.app_context():
            (asked,) = proposed_to(OLGA.id)
        page = as_(OLGA).open(gate(shift, f"?done={asked.volunteer_id}")).press("签退")
        assert page.status == 409
    assert "自己或家人" in page.text(".verdict")


def scanned(shift: int, name: str, phone: str, nonce: str = "n" * 32) -> str:
    scan = Scan(nonce, "walk_in", None, name, phone, NOON, 0, "walk_in")
    return take_scan(shift, scan, viewer_of(OLGA), "test").outcome


def test_offline_the_separate_person_is_made_without_a_question(app: Flask) -> None:
    shift = a_gate(app, MAI)
    with app.app_context(), at(3):
        assert scanned(shift, "王小芳", MAI.phone) == "done"
        assert scanned(shift, "王小芳", MAI.phone) == "done", "sent twice it is taken once"
        assert scanned(shift, "欧妈妈", OLGA.phone, "o" * 32) == "refused"
        (asked,) = proposed_to(MAI.id)
        assert asked.name == "王小芳"
    assert family(app) == ["麦小芳"]
    assert came(app) == [asked.volunteer_id]
    assert told(app) == [(MAI.id, '{"内容": "王*芳"}')]


def test_who_has_no_number_is_shown_without_one(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO)
    with at(3):
        typed(as_(OLGA), shift)
        page = as_(OLGA).open(f"/organize/shifts/{shift}/roster")
        assert "没有手机号" in page.whole_text
        assert "apart-" not in page.whole_text
        shown = page.soup.select("[action$='/phone']")
        assert len(shown) == 1, "Bao's number, and none for who has none"


def test_whoever_closes_leaves_them_for_another_organizer(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO)
    with at(3):
        typed(as_(OTTO), shift, phone=OLGA.phone)
    with app.app_context(), at(121):
        done = close_shift(shift, viewer_of(OLGA))
        assert (done.credited, done.waiting, done.left_for_another) == (0, 0, 1)
        assert close_shift(shift, viewer_of(OTTO)).waiting == 1
