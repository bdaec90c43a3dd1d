"""One person alone cannot enter hours: not by the page, a forged request, two accounts of one
phone, nor past all commands.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import insert, update
from sqlalchemy.exc import DatabaseError

from tests.attendance.gate_of_river import at
from tests.conftest import both_engines
from tests.hours.forging import append, forged
from tests.hours.late import LATER, OLGAS, OTTOS, REASON, closed_without, noon, olga_asks
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, PASSWORD, RIVER, Person
from tests.support.town import NOON, viewer_of
from volboard.accounts.commands import add_family
from volboard.core.db import db, transaction
from volboard.core.devices import Phone
from volboard.hours.make_up_errors import AlreadyDecided, OwnFamily, OwnRequest, SamePhone
from volboard.hours.make_ups import approve, refuse
from volboard.hours.models import HourEntry, MakeUp

As = Callable[[Person], Visitor]
ONE = "/organize/make-ups/1"


def entries(app: Flask) -> int:
    with app.app_context():
        return db.session.query(HourEntry).count()


def forge(page: Page, url: str, **data: str) -> Page:
    """Send a request that no page offers, with a token that is right."""
    token = page.soup.select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    return page.visitor.post(url, {"csrf_token": token} | data)


def test_who_asked_is_offered_no_approval_and_forging_one_is_refused(
    app: Flask, as_: As
) -> None:  # fmt: skip
    shift = closed_without(app)
    with app.app_context():
        olga_asks(shift)
    with at(LATER):
        page = as_(OLGA).open(ONE)
        assert "批准" not in page.texts("main button")
        answer = forge(page, f"{ONE}/approve")
        assert (answer.status, "您自己申请的" in answer.whole_text) == (409, True)
        assert forge(page, f"{ONE}/refuse", answer="不").status == 409
    assert entries(app) == 0


def test_two_accounts_of_one_phone_are_one_person(app: Flask, visitor: Visitor) -> None:
    shift = closed_without(app)
    with at(LATER):
        visitor.sign_in(OLGA.phone, PASSWORD)
        form = visitor.open(f"/organize/shifts/{shift}/make-up/new?volunteer={MAI.id}")
        form.press("申请补录", came="12:00", left="13:00", reason=REASON)
        visitor.open("/me").press("退出登录")
        visitor.sign_in(OTTO.phone, PASSWORD)
        page = visitor.open(ONE)
        assert "申请就是用这部手机写的" in page.text("main")
        assert "批准" not in page.texts("main button")
        for data in ({}, {"device": "f" * 32}, {"decided_on": "x", "phone": "y"}):
            answer = forge(page, f"{ONE}/approve", **data)
            assert (answer.status, "不能用同一部手机" in answer.whole_text) == (409, True)
        assert entries(app) == 0
        other = Visitor(app).sign_in(OTTO.phone, PASSWORD)
        other.open(ONE).press("批准")
    assert entries(app) == 1


def test_the_browser_s_own_name_makes_no_other_phone_of_it(app: Flask, visitor: Visitor) -> None:
    shift = closed_without(app)
    with at(LATER):
        visitor.sign_in(OLGA.phone, PASSWORD)
        form = visitor.open(f"/organize/shifts/{shift}/make-up/new?volunteer={MAI.id}")
        form.press("申请补录", came="12:00", left="13:00", reason=REASON)
        visitor.open("/me").press("退出登录")
        visitor.sign_in(OTTO.phone, PASSWORD)
        visitor.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) MicroMessenger"
        assert forge(visitor.open(ONE), f"{ONE}/approve").status == 409
    assert entries(app) == 0


def test_nobody_approves_their_own_hours_or_their_family_s(app: Flask, as_: As) -> None:
    shift = closed_without(app)
    with app.app_context():
        with at(-60):
            mother = add_family(OTTO.id, "奥妈妈", "妈妈")
        for volunteer in (OTTO.id, mother):
            number = olga_asks(shift, volunteer)
            with pytest.raises(OwnFamily), at(LATER):
                approve(number, viewer_of(OTTO), OTTOS)
    with at(LATER):
        otto = as_(OTTO)
        assert otto.open("/organize/make-ups").text("#for-others").startswith("您自己或家人的")
        page = otto.open(ONE)
        assert "批准" not in page.texts("main button")
        assert forge(page, f"{ONE}/approve").status == 409
    assert entries(app) == 0


def test_an_organizer_may_ask_for_their_own_but_another_decides(inside: Flask) -> None:
    shift = closed_without(inside)
    number = olga_asks(shift, OLGA.id)
    with at(LATER):
        with pytest.raises(OwnRequest):
            approve(number, viewer_of(OLGA), OTTOS)
        approve(number, viewer_of(OTTO), OTTOS)
        with pytest.raises(AlreadyDecided):
            refuse(number, "不", viewer_of(OTTO), OTTOS)


def test_the_same_phone_is_refused_whatever_it_is_called(inside: Flask) -> None:
    number = olga_asks(closed_without(inside))
    with pytest.raises(SamePhone), at(LATER):
        approve(number, viewer_of(OTTO), Phone(OLGAS.id, "Edge Windows · 123456"))


def decided(**columns: object) -> dict[str, object]:
    """An approval as somebody writes it past all commands."""
    return {"state": "approved", "decided_by": OTTO.id, "decided_at": noon(LATER),
            "decided_on": OTTOS.id} | columns  # fmt: skip


def refused(words: str, statement: object) -> None:
    """Fail unless the database refuses, naming the guard."""
    with pytest.raises(DatabaseError, match=words), transaction():
        db.session.execute(statement)  # type: ignore[call-overload]


@both_engines
def test_the_database_refuses_an_approval_by_the_same_hand(inside: Flask) -> None:
    number = olga_asks(closed_without(inside))
    change = update(MakeUp).where(MakeUp.id == number)
    refused("another_decides", change.values(decided(decided_by=OLGA.id)))
    refused("another_phone", change.values(decided(decided_on=OLGAS.id)))
    refused("decided_make_up_has_a_decider", change.values(decided(decided_by=None)))
    refused("nobody_decides_for_themself", change.values(decided(decided_by=MAI.id)))
    for column, value in (("asked_by", BAO.id), ("asked_on", "x"), ("left_at", noon(120)),
                          ("came_at", noon(-9)), ("volunteer_id", BAO.id), ("reason", "别的"),
                          ("asked_at", NOON), ("asked_with", "x"), ("shift_id", 2)):  # fmt: skip
        refused("make_up_stays_as_asked", change.values({column: value}))
    whole = {"community_id": 1, "volunteer_id": BAO.id, "shift_id": 1, "came_at": noon(0),
             "left_at": noon(60), "reason": REASON, "asked_by": OLGA.id, "asked_at": noon(LATER),
             "asked_on": OLGAS.id, "asked_with": ""}  # fmt: skip
    refused("nobody_decides", insert(MakeUp).values(whole | decided(decided_by=BAO.id)))
    refused("make_up_has_a_reason", insert(MakeUp).values(whole | {"reason": ""}))
    with transaction():
        db.session.execute(change.values(decided()))
    refused("make_up_stays_as_asked", change.values(state="waiting", decided_at=None))


@both_engines
def test_the_database_refuses_hours_that_two_people_did_not_agree_on(inside: Flask) -> None:
    shift = closed_without(inside)
    number = olga_asks(shift)
    line: dict[str, object] = {
        "kind": "make_up", "make_up_id": number, "attendance_id": None, "minutes": 90,
        "served_to": noon(90), "seen_by": OLGA.id, "seen_at": noon(LATER), "how": "make_up",
        "recorded_at": noon(LATER), "recorded_by": OTTO.id, "reason": REASON,
    }  # fmt: skip
    forged("minutes_rest_on_two_people", **line)
    with transaction():
        db.session.execute(update(MakeUp).values(decided()))
    for wrong in ({"recorded_by": OLGA.id}, {"recorded_by": BAO.id}, {"served_to": noon(91)},
                  {"seen_by": OTTO.id}, {"volunteer_id": BAO.id}, {"community_id": 2},
                  {"served_from": noon(-1)}):  # fmt: skip
        forged("minutes_rest_on_two_people", **(line | wrong))
    forged("nobody_credits_themself|minutes_rest_on", **(line | {"recorded_by": MAI.id}))
    forged("correction_has_a_reason", **(line | {"reason": ""}))
    forged("make_up_names_its_request|entry_rests", **(line | {"make_up_id": None}))
    first = append(**line)
    append(**(line | {"kind": "reversal", "minutes": -90, "reverses": first}))
    more = line | {"kind": "correction", "replaces": first, "recorded_by": OLGA.id}
    above = more | {"minutes": 91, "served_to": noon(120)}
    forged("minutes_rest_on_two_people", **(above | {"recorded_by": ADA.id}))
    append(**(more | {"minutes": 30, "served_to": noon(30)}))
    forged("one_line_holds_per_shift|append_only|one_line_per_make_up", **line)


@both_engines
def test_two_who_approve_at_once_write_one_line(inside: Flask, app: Flask) -> None:
    shift = closed_without(inside)
    number = olga_asks(shift)
    start = Barrier(2)

    def press(person: Person, phone: Phone) -> bool:
        with app.app_context(), at(LATER):
            start.wait()
            try:
                approve(number, viewer_of(person), phone)
            except AlreadyDecided:
                return False
            return True

    with ThreadPoolExecutor(2) as hands:
        bao = replace(BAO, organizes=(RIVER,))
        pressed = [
            hands.submit(press, OTTO, OTTOS),
            hands.submit(press, bao, Phone("c" * 32, "")),
        ]
        assert sorted(done.result() for done in pressed) == [False, True]
    db.session.rollback()
    assert db.session.query(HourEntry).count() == 1
