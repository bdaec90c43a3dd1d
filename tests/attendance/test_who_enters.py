"""To residents, to organizers of another community and for what does not exist: not found."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, TIAN, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import (
    check_in,
    check_out,
    seat_waiting,
    show_phone,
    undo,
    walk_in,
)
from volboard.attendance.queries import gate as gate_query
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.hours.correction_queries import correctable
from volboard.hours.models import HourEntry

As = Callable[[Person], Visitor]
SHIFT = "/organize/shifts/1"
LINE = "/organize/hours/1/correct"
READS = (f"{SHIFT}/gate", f"{SHIFT}/gate?q=0001", f"{SHIFT}/gate/count", LINE)
VERBS = ("check-in", "check-out", "undo", "seat", "phone")
WRITES = (*(f"{SHIFT}/people/1/{verb}" for verb in VERBS), f"{SHIFT}/walk-in", f"{SHIFT}/close",
          LINE)  # fmt: skip
FORM = {"name": "王大妈", "phone": "13912345678", "reason": "因为", "came": "12:00",
        "left": "12:30"}  # fmt: skip


@pytest.fixture
def closed(app: Flask) -> None:
    """Shift 1, with line 1 of the ledger; closed or not, strangers see the same."""
    shift = a_gate(app)
    with app.app_context():
        with at(0):
            check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
        with at(130):
            close_shift(shift, viewer_of(OLGA))
        assert shift == 1
        assert db.session.query(HourEntry.id).one() == (1,)


@pytest.mark.parametrize("person", [MAI, TIAN])
def test_the_gate_does_not_exist_for_others(closed: None, as_: As, person: Person) -> None:
    visitor = as_(person)
    with at(131):
        for url in READS:
            for htmx in (False, True):
                assert visitor.open(url, htmx=htmx).status == 404, url
        token = visitor.open("/me").soup.select_one("[name=csrf_token]")
        assert token is not None
        for url in WRITES:
            answer = visitor.post(url, {"csrf_token": token["value"], **FORM})
            assert answer.status == 404, url
            assert "欧" not in answer.text("main")


def test_a_visitor_is_sent_to_sign_in(closed: None, visitor: Visitor) -> None:
    for url in (*READS, "/codes/code-1", "/me/hours"):
        assert visitor.open(url).text("h1") == "登录"


def test_what_does_not_exist_is_not_found(closed: None, as_: As) -> None:
    olga = as_(OLGA)
    token = olga.open("/me").soup.select_one("[name=csrf_token]")
    assert token is not None
    for number in ("0", "999", "-1", "99999999999999999999", "x", "1%00"):
        assert olga.open(f"/organize/shifts/{number}/gate").status == 404
        assert olga.open(f"/organize/hours/{number}/correct").status == 404
        for url in (f"/organize/shifts/{number}/people/1/check-in",
                    f"/organize/shifts/1/people/{number}/check-in",
                    f"/organize/shifts/1/people/{number}/phone",
                    f"/organize/shifts/1/people/{number}/seat"):  # fmt: skip
            answer = olga.post(url, {"csrf_token": token["value"], **FORM})
            assert answer.status == 404, url


def test_the_admin_enters_everywhere(closed: None, as_: As) -> None:
    ada = as_(ADA)
    with at(131):
        for url in READS:
            assert ada.open(url).status == 200


def test_a_draft_has_no_gate(app: Flask, as_: As) -> None:
    with app.app_context():
        shift = a_shift(an_event(state="draft"), starts_at=NOON)
    with at(0):
        assert as_(OLGA).open(gate(shift)).status == 404


def test_no_press_passes_without_its_token(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    olga = as_(OLGA)
    with at(0):
        assert olga.post(f"/organize/shifts/{shift}/people/1/check-in", {}).status == 400
        assert olga.open(gate(shift)).texts(".tile") == ["2 应到", "0 已到", "0 在场"]


def test_the_commands_themselves_know_only_organizers_of_the_community(inside: Flask) -> None:
    shift, tian = a_gate(inside), viewer_of(TIAN)
    with at(0):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
        for press in (
            lambda: check_in(shift, BAO.id, tian, "gate", "test"),
            lambda: check_out(shift, MAI.id, tian),
            lambda: undo(shift, MAI.id, tian),
            lambda: seat_waiting(shift, BAO.id, "因为", tian, "test"),
            lambda: walk_in(shift, "王大妈", "13912345678", "", tian, "test"),
            lambda: show_phone(shift, MAI.id, tian),
            lambda: close_shift(shift, tian),
        ):
            with pytest.raises(NotFound):
                press()
        assert gate_query(shift, viewer_of(OLGA)).shift.closed_at is None
    with pytest.raises(NotFound):
        correctable(1, tian)
