"""An organizer taps once and the person is checked in."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.town import viewer_of
from volboard.accounts.commands import quick_account
from volboard.accounts.queries import account
from volboard.attendance.models import Attendance, AttendanceLog
from volboard.core.db import db
from volboard.core.devices import device_name
from volboard.signups.changes import call_off_shift
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]


@pytest.fixture
def shift(app: Flask) -> int:
    return a_gate(app, MAI, BAO, OLGA)


def attendances(app: Flask) -> list[tuple[int, str, str]]:
    with app.app_context():
        rows = db.session.query(Attendance).order_by(Attendance.id)
        return [(row.volunteer_id, row.state, row.how) for row in rows]


def test_one_tap_checks_in_and_shows_who_did_it_and_when(app: Flask, shift: int, as_: As) -> None:
    with at(-2):
        page = as_(OLGA).open(gate(shift, "?q=0001")).press("签到")
    assert page.text(".verdict") == "麦*芳 已签到 11:58 由欧*兰签到"
    assert page.text(".gate-list .gate-row .seal") == "已签到 11:58"
    assert page.texts(".tile") == ["3 应到", "1 已到", "1 在场"]
    assert page.soup.select_one("#search-q")["value"] == ""  # type: ignore[index]
    assert attendances(app) == [(MAI.id, "present", "gate")]


def test_with_htmx_the_row_the_count_and_the_last_presses_come_back(shift: int, as_: As) -> None:
    with at(-2):
        piece = as_(OLGA).open(gate(shift, "?q=0001")).press("签到", htmx=True)
    assert not piece.soup.select("html, #search-q")
    assert piece.text(".verdict__text") == "麦*芳 已签到"
    assert piece.soup.select_one("#gate-count[hx-swap-oob]")
    assert piece.texts(".tile") == ["3 应到", "1 已到", "1 在场"]
    assert piece.text("#gate-after .gate-row__name") == "麦*芳"
    assert piece.text("#gate-said") == "麦*芳 已签到 11:58 由欧*兰签到"


def test_the_second_organizer_reads_who_was_first(app: Flask, shift: int, as_: As) -> None:
    with at(-2):
        olga, otto = (as_(person).open(gate(shift, "?q=0001")) for person in (OLGA, OTTO))
        olga.press("签到")
    with at(3):
        for htmx in (False, True):
            page = otto.press("签到", htmx=htmx)
            assert page.status == 200
            assert page.text(".verdict") == "麦*芳 早就签到了 11:58 由欧*兰签到"
            assert page.soup.select_one('.verdict[data-level="warn"]')
    assert attendances(app) == [(MAI.id, "present", "gate")]
    with app.app_context():
        assert db.session.query(AttendanceLog).count() == 1


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [(-121, "还没到签到的时候"), (120, "已经结束，不能再签到"), (500, "已经结束，不能再签到")],
)
def test_the_gate_takes_people_from_two_hours_before_until_the_end(
    shift: int, as_: As, minutes: int, sentence: str
) -> None:
    with at(0):
        stale = as_(OLGA).open(gate(shift, "?q=0001"))
    with at(minutes):
        page = stale.press("签到")
        assert page.status == 409
        assert sentence in page.text(".verdict")
        assert not page.visitor.open(gate(shift, "?q=0001")).soup.select(".gate-list button")


def test_it_opens_exactly_two_hours_before(shift: int, as_: As) -> None:
    with at(-120):
        page = as_(OLGA).open(gate(shift, "?q=0001")).press("签到")
    assert "已签到" in page.text(".verdict")


def test_a_closed_and_a_called_off_gate_say_so(app: Flask, shift: int, as_: As) -> None:
    with at(1):
        page = as_(OLGA).open(gate(shift, "?q=0002"))
        page.press("签到")
        page.visitor.open(gate(shift)).press("关门")
        late = page.press("签到", htmx=True)
        assert (late.status, "已经关门" in late.text(".verdict")) == (409, True)
        whole = page.press("签到")
        assert (whole.status, "已经关门" in whole.text(".verdict")) == (409, True)
    other = a_gate(app, OTTO)
    with at(-60):
        stale = as_(OLGA).open(gate(other, "?q=0004"))
        with app.app_context():
            call_off_shift(other, "下雨", viewer_of(OLGA))
        assert "取消" in stale.press("签到", htmx=True).text(".verdict")
        page = stale.visitor.open(gate(other))
        assert page.texts("#gate > .notice") == ["这个时段已经取消了，不用签到。"]


def test_nobody_checks_in_themself_or_their_family(shift: int, as_: As) -> None:
    with at(0):
        page = as_(OLGA).open(gate(shift, "?q=0003")).press("签到")
    assert page.status == 409
    assert "请另一位组织者来做" in page.text(".verdict")
    assert page.texts(".tile") == ["3 应到", "0 已到", "0 在场"]


def test_who_has_no_seat_is_not_checked_in(app: Flask, shift: int, as_: As) -> None:
    with at(0):
        page = as_(OLGA).open(gate(shift, "?q=0001"))
        url = f"/organize/shifts/{shift}/people/{OTTO.id}/check-in"
        token = str(page.form("签到").select_one("[name=csrf_token]")["value"])  # type: ignore[index]
        answer = page.visitor.post(url, {"csrf_token": token})
    assert answer.status == 409
    assert "没有名额" in answer.text(".verdict")
    assert attendances(app) == []


@pytest.mark.parametrize(
    ("how", "kept"),
    [("gate", "gate"), ("code", "code"), ("walk_in", "gate"), ("", "gate"), ("官方\x00", "gate")],
)
def test_only_known_ways_of_coming_in_are_kept(
    app: Flask, shift: int, as_: As, how: str, kept: str
) -> None:
    with at(0):
        page = as_(OLGA).open(gate(shift, "?q=0001"))
        token = str(page.form("签到").select_one("[name=csrf_token]")["value"])  # type: ignore[index]
        url = f"/organize/shifts/{shift}/people/{MAI.id}/check-in"
        page.visitor.post(url, {"csrf_token": token, "how": how})
    assert attendances(app) == [(MAI.id, "present", kept)]


def test_being_seen_makes_a_quick_account_a_real_one(app: Flask, shift: int, as_: As) -> None:
    with app.app_context(), at(-60):
        quick = quick_account("王大妈", "13912345678")
        sign_up(quick.volunteer_id, shift, quick.account_id)
    with at(0):
        as_(OLGA).open(gate(shift, "?q=5678")).press("签到")
    with app.app_context():
        found = account(quick.account_id)
        assert found is not None
        assert found.verified_at is not None


def test_a_stale_address_says_nothing_false(shift: int, as_: As) -> None:
    with at(0):
        olga = as_(OLGA)
        for query in ("done=1&did=in", "done=1&did=out", "done=1&did=undo", "done=999&did=in",
                      "done=-1&did=in", "done=99999999999999999999&did=in", "done=x",
                      "done=1&did=evil"):  # fmt: skip
            page = olga.open(gate(shift, f"?{query}"))
            assert page.status == 200
            assert not page.soup.select(".verdict")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
         " MicroMessenger/8.0.44", "微信 iPhone · a3f91c"),
        ("Mozilla/5.0 (Linux; Android 10; M2006) AppleWebKit/537.36 Chrome/107 Safari/537.36 Edg/1",
         "Edge Android · a3f91c"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36", "Chrome Windows · a3f91c"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/17 Safari/605", "Safari Mac · a3f91c"),
        ("curl/8", "a3f91c"),
        ("", "a3f91c"),
    ],
)  # fmt: skip
def test_the_device_gets_a_short_name(agent: str, name: str) -> None:
    assert device_name(agent, "a3f91c") == name
    assert device_name(agent, "") == name.removesuffix("a3f91c").removesuffix(" · ")
