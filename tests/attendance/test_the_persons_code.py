"""An organizer's camera reads somebody's code; and the full number, which is logged."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, viewer_of
from tests.venue.at_the_door import family_of, stored, token_of, who_came
from volboard.accounts.models import PhoneView
from volboard.attendance.closing import close_shift
from volboard.attendance.models import Attendance
from volboard.core.db import db
from volboard.signups.changes import call_off_shift
from volboard.signups.commands import cancel, sign_up

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
    assert page.text(".page-head__lead") == "今天没有他的岗位。"
    assert "现在没有正在签到的活动" in page.text("main")


def test_a_seat_tomorrow_names_the_day(app: Flask, as_: As) -> None:
    with app.app_context(), at(-30 * 60):
        off, tomorrow = (a_shift(an_event(title=title), starts_at=NOON + timedelta(hours=hours))
                         for title, hours in (("取消的", 20), ("量血压", 24)))  # fmt: skip
        for shift in (off, tomorrow):
            sign_up(MAI.id, shift, MAI.id)
        call_off_shift(off, "下雨", viewer_of(OLGA))
    with at(-10):
        said = as_(OLGA).open(CODE).text(".page-head__lead")
    assert said == ("今天没有他的岗位。他报的是 6 月 10 日 星期四 12:00 的“量血压”，在社区活动室。")


def test_another_event_today_has_a_sentence_of_its_own(app: Flask, as_: As) -> None:
    here = a_gate(app, BAO)
    with app.app_context(), at(-24 * 60):
        other = a_shift(an_event(title="赛龙舟", place="河边"), starts_at=NOON + timedelta(hours=3))
        sign_up(MAI.id, other, MAI.id)
    with at(0):
        page = as_(OLGA).open(CODE)
        assert page.text(".page-head__lead") == (
            "他今天报的是另一个活动：15:00 的“赛龙舟”，在河边。"
        )
        assert "6 月 9 日 13:00 开始签到" in page.text(".shift__note")
        page.press("现场报名并签到")
    assert who_came(app) == [(MAI.id, "present", "walk_in", OLGA.id)]
    with app.app_context():
        assert db.session.query(Attendance.shift_id).scalar() == here


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
        assert page.text(".shift__note") == "候补第 1 位，还没有名额。"
        assert not page.soup.select('form[action$="/walk-in"]')
        assert page.follow("打开签到页").form("给他加座签到")


def test_called_off_given_back_closed_and_over_have_their_sentences(app: Flask, as_: As) -> None:
    off, back, closed = (a_gate(app, person) for person in (MAI, BAO, OTTO))
    with app.app_context(), at(-180):
        call_off_shift(off, "下雨", viewer_of(OLGA))
        cancel(2, viewer_of(BAO))
    with app.app_context(), at(1):
        close_shift(closed, viewer_of(OLGA))
    with at(2):
        ada = as_(ADA)
        said = {n: ada.open(f"/codes/code-{n}").text(".shift__note") for n in (1, 2, 4)}
        assert said[1] == "这个时段取消了，不用签到。"
        assert said[2] == "名额在 6 月 9 日 09:00 退掉了。"
        assert "已经关门" in said[4]
        walk = ada.open("/codes/code-2")
        assert [form["action"] for form in walk.soup.select('form[action$="/walk-in"]')] == [
            f"/codes/code-2/shifts/{back}/walk-in"
        ]
    over = a_gate(app, OLGA)
    with at(121):
        assert "时间已经过了" in ada.open("/codes/code-3").text(f"#shift-{over} .shift__note")


def test_who_is_in_already_is_told_by_whom_and_when(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(-10):
        as_(OTTO).open(gate(shift, "?q=0001")).press("签到")
        page = as_(OLGA).open(CODE)
    assert page.text(".page-head__lead") == "已经签到了。"
    assert page.text(".shift__note") == "11:50 由奥*明签到"
    assert not page.soup.select('form[action*="check-in"], form[action$="/walk-in"]')


def test_the_family_comes_in_with_one_code(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    mother = family_of(app, MAI, "陈桂香", seats=shift)[0]
    with at(0):
        done = as_(OLGA).open(CODE).press("一家 2 人签到")
    assert done.text(".verdict__text") == "2 人已签到"
    assert [row[:3] for row in who_came(app)] == [
        (MAI.id, "present", "code"), (mother, "present", "gate")]  # fmt: skip


def test_who_has_no_place_walks_in_with_one_press(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO, capacity=2)
    with at(0):
        page = as_(OLGA).open(CODE)
        assert page.text(".page-head__lead") == "今天没有他的岗位。"
        done = page.press("现场报名并签到")
        assert done.url.startswith(gate(shift))
        assert done.text(".verdict__text") == "麦*芳 已签到"
        again = page.press("现场报名并签到")
        assert again.text(".verdict__text") == "麦*芳 早就签到了"
    assert who_came(app) == [(MAI.id, "present", "walk_in", OLGA.id)]


def test_a_full_shift_asks_for_a_reason_and_keeps_what_was_typed(app: Flask, as_: As) -> None:
    a_gate(app, BAO, capacity=1)
    with at(0):
        page = as_(OLGA).open(CODE)
        empty = page.press("现场报名并签到")
        assert empty.status == 422
        assert "请写明原因" in empty.text(".field__error")
        long = page.press("现场报名并签到", reason="长" * 121)
        assert (long.status, "最多 120 个字" in long.text(".field__error")) == (422, True)
        assert long.soup.select_one('[name="reason"]')["value"] == "长" * 121  # type: ignore[index]
        assert page.press("现场报名并签到", reason="坏\x07话").status == 422
        assert stored(app) == (0, 0, 0)
        assert page.press("现场报名并签到", reason="来帮忙的").status == 200
    assert who_came(app) == [(MAI.id, "present", "walk_in", OLGA.id)]


def test_a_reason_is_asked_for_where_the_last_seat_went_meanwhile(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO, capacity=2)
    with at(0):
        page = as_(OLGA).open(CODE)
        with app.app_context():
            sign_up(OTTO.id, shift, OTTO.id)
        full = page.press("现场报名并签到")
        assert (full.status, "写明原因" in full.text(".field__error")) == (422, True)
        assert full.press("现场报名并签到", reason="来帮忙的").status == 200


def test_no_walk_in_for_ones_own_family_or_against_another_place(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO)
    with app.app_context(), at(-24 * 60):
        rail = a_shift(an_event(title="铁北", community=RAIL), starts_at=NOON)
        sign_up(MAI.id, rail, MAI.id)
    with at(0):
        olga = as_(OLGA)
        own = olga.open("/codes/code-3").press("现场报名并签到")
        assert (own.status, "另一位组织者" in own.text(".verdict")) == (409, True)
        busy = olga.open(CODE).press("现场报名并签到")
        assert (busy.status, "铁北" in busy.text(".verdict")) == (409, True)
        form: dict[str, object] = {"csrf_token": token_of(olga)}
        for path in (f"/codes/code-1/shifts/{rail}/walk-in", "/codes/code-1/shifts/99/walk-in",
                     f"/codes/nobody/shifts/{shift}/walk-in"):  # fmt: skip
            assert olga.post(path, dict(form)).status == 404
        tian = as_(TIAN)
        form = {"csrf_token": token_of(tian)}
        assert tian.post(f"/codes/code-2/shifts/{shift}/walk-in", dict(form)).status == 404
        assert tian.post(f"/codes/code-5/shifts/{shift}/walk-in", dict(form)).status == 404
    assert stored(app) == (0, 0, 0)


def test_the_code_of_another_community_is_like_an_unknown_one(app: Flask, as_: As) -> None:
    a_gate(app)
    with at(-10):
        tian = as_(TIAN)
        foreign, unknown = tian.open(CODE), tian.open("/codes/unknown")
        assert (foreign.status, unknown.status) == (404, 404)
        assert foreign.text("main") == unknown.text("main")
        assert "麦" not in foreign.whole_text
        assert as_(ADA).open(CODE).status == 200


def test_a_code_costs_a_fixed_number_of_statements(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    costs = []
    with at(0):
        olga = as_(OLGA)
        olga.open(CODE)
        for hours in (0, 3, 6):
            with app.app_context(), at(-24 * 60):
                more = a_shift(starts_at=NOON + timedelta(hours=hours, minutes=125), capacity=9)
                sign_up(MAI.id, more, MAI.id)
            family_of(app, MAI, f"家人{hours}", seats=shift)
            with counted(app) as sent:
                olga.open(CODE)
            costs.append(len(sent))
    assert len(set(costs)) == 1


def test_the_slips_hold_the_whole_household_and_nobody_else(app: Flask, as_: As) -> None:
    family_of(app, MAI, "陈桂香", "阿卜杜热合曼·买买提")
    page = as_(MAI).open("/me/code").follow("打印全家的签到码")
    assert page.texts(".code-slips .code-sheet__words") == [
        "麦小芳", "陈桂香", "阿卜杜热合曼·买买提"]  # fmt: skip
    drawn = [str(svg) for svg in page.soup.select(".code-slips svg")]
    assert len(set(drawn)) == 3
    alone = as_(BAO).open("/me/code").follow("打印签到码")
    assert alone.texts(".code-slips .code-sheet__words") == ["鲍国强"]


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
