"""An organizer's camera reads somebody's code; and the full number, which is logged."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, RAIL, TIAN, Person
from tests.support.town import NOON, a_shift, an_event
from volboard.accounts.models import PhoneView
from volboard.attendance.models import Attendance
from volboard.core.db import db
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
CODE = "/codes/code-1"


def test_a_scan_shows_today_and_one_press_checks_in(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-10):
        page = as_(OLGA).open(CODE)
        assert page.text("h1") == "麦*芳"
        assert "麦小芳" not in page.whole_text
        done = page.press("签到")
    assert done.url.startswith(gate(shift))
    assert "麦*芳 已签到" in done.text(".verdict")
    with app.app_context():
        assert db.session.query(Attendance.how).one() == ("code",)
    with at(-9):
        again = page.visitor.open(CODE)
        assert again.text(".seal") == "已签到 11:50"
        assert not again.soup.select('form[action$="/check-in"]')


def test_only_shifts_of_today_in_ones_own_communities_are_shown(app: Flask, as_: As) -> None:
    with app.app_context(), at(-30 * 60):
        events = [an_event(title="今天"), an_event(title="铁北", community=RAIL),
                  an_event(title="明天"), an_event(title="昨天")]  # fmt: skip
        for event, hours in zip(events, (0, 3, 24, -24), strict=True):
            shift = a_shift(event, starts_at=NOON + timedelta(hours=hours))
            sign_up(MAI.id, shift, MAI.id)
    with at(-10):
        assert as_(OLGA).open(CODE).texts("h2") == ["今天 包粽子"]
        assert as_(TIAN).open(CODE).texts("h2") == ["铁北 包粽子"]


def test_nothing_today_is_a_sentence(as_: As) -> None:
    with at(-10):
        page = as_(OLGA).open(CODE)
    assert "今天没有他的岗位" in page.text("main")


def test_before_two_hours_there_is_a_time_instead_of_a_button(app: Flask, as_: As) -> None:
    a_gate(app)
    with at(-180):
        page = as_(OLGA).open(CODE)
    assert "10:00" in page.text(".shift__note")
    assert not page.soup.select('form[action$="/check-in"]')


def test_who_waits_is_sent_to_the_gate(app: Flask, as_: As) -> None:
    a_gate(app, BAO, MAI, capacity=1)
    with at(-10):
        page = as_(OLGA).open(CODE)
        assert page.text(".seal") == "候补"
        assert page.follow("打开签到页").form("给他加座签到")


@pytest.mark.parametrize(
    "code", ["code-99", "", "x" * 10_000, "%00", "..%2F..", "' OR 1=1 --", "👵", "code-1%0A"]
)
def test_an_unknown_code_is_not_found(as_: As, code: str) -> None:
    assert as_(OLGA).open(f"/codes/{code}").status == 404


def test_residents_learn_nothing_from_a_code(as_: As) -> None:
    assert as_(BAO).open(CODE).status == 404
    assert as_(MAI).open(CODE).status == 404


@pytest.mark.parametrize("htmx", [False, True])
def test_a_full_number_is_shown_on_a_press_and_logged(app: Flask, as_: As, htmx: bool) -> None:
    shift = a_gate(app)
    with at(0):
        page = as_(OLGA).open(gate(shift, "?q=0001"))
        with app.app_context():
            assert db.session.query(PhoneView).count() == 0
        shown = page.press("看完整手机号", htmx=htmx)
    assert shown.soup.select_one('a[href="tel:13800000001"]')
    with app.app_context():
        view = db.session.query(PhoneView).one()
        assert (view.account_id, view.viewed_by) == (MAI.id, OLGA.id)
        assert view.place == gate(shift)


def test_the_number_of_somebody_from_elsewhere_is_not_shown(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI)
    with at(0):
        page = as_(OLGA).open(gate(shift, "?q=0001"))
        token = page.soup.select_one("[name=csrf_token]")
        assert token is not None
        url = f"/organize/shifts/{shift}/people/{BAO.id}/phone"
        assert page.visitor.post(url, {"csrf_token": token["value"]}).status == 404
    with app.app_context():
        assert db.session.query(PhoneView).count() == 0
