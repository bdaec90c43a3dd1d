"""An organizer closes the gate: who came is credited, who did not is marked."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.statements import counted
from tests.support.totals import total_minutes
from tests.support.town import viewer_of
from volboard.attendance.closing import Closing, close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.core.db import db
from volboard.hours.commands import correct
from volboard.hours.models import HourEntry
from volboard.hours.queries import ledger

As = Callable[[Person], Visitor]


def came(app: Flask, shift: int, *people: Person, by: Person = OLGA, minute: float = 0) -> None:
    """These people were checked in at this minute."""
    with app.app_context(), at(minute):
        for person in people:
            check_in(shift, person.id, viewer_of(by), "gate", "test")


def left(app: Flask, shift: int, person: Person, minute: float) -> None:
    with app.app_context(), at(minute):
        check_out(shift, person.id, viewer_of(OLGA))


def test_the_fold_says_what_will_happen(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, OTTO)
    came(app, shift, MAI, BAO)
    left(app, shift, MAI, 60)
    with at(130):
        said = as_(OLGA).open(gate(shift)).text("#gate-after .confirm__box")
        assert "到了 2 人，照实记时长" in said
        assert "1 人没有签退，算到 14:00" in said
        assert "1 人记为未到" in said
        assert "还没到结束" not in said
    with at(90):
        said = as_(OLGA).open(gate(shift)).text("#gate-after .confirm__box")
        assert "还没到结束的 14:00" in said
        assert "算到 13:30" in said


def test_everybody_who_came_is_credited_and_the_list_shows_it(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, OTTO)
    came(app, shift, MAI, BAO)
    left(app, shift, MAI, 65.9)
    with at(130):
        page = as_(OLGA).open(gate(shift)).press("关门")
        assert "关门了，到了 2 人：2 人记了时长，1 人未到" in page.text("#notices")
        assert page.texts(".gate-row .seal") == ["已记时长 2 小时", "已记时长 1 小时 5 分", "未到"]
        assert page.texts(".gate-row__note")[:2] == [
            "12:00–14:00 · 忘了签退 · 由欧*兰签到", "12:00–13:05 · 由欧*兰签到"]  # fmt: skip
        assert page.texts(".tile") == ["2 到了", "1 未到"]
        assert "一共记了 3 小时 5 分" in page.text("main")
        assert len(page.soup.select('a[href$="/correct"]')) == 2
    with app.app_context():
        assert ledger(BAO.id).lines[0].times.rule == "forgotten_sign_out"
        assert ledger(MAI.id).lines[0].times.rule == ""


def test_the_closers_own_hours_wait_for_another_organizer(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, OLGA)
    came(app, shift, MAI)
    came(app, shift, OLGA, by=OTTO)
    with at(130):
        page = as_(OLGA).open(gate(shift)).press("关门")
        assert "1 位是您自己或家人" in page.text("#notices")
        assert not page.soup.select('form[action$="/close"]')
        assert "请另一位组织者打开这一页" in page.text("main")
        page = as_(OTTO).open(gate(shift)).press("给他们记时长")
        assert not page.soup.select('form[action$="/close"]')
    with app.app_context():
        assert total_minutes(OLGA.id) == 120
        line = ledger(OLGA.id).lines[0]
        assert (line.seen_by, line.recorded_by) == ("奥志明", "奥志明")


def test_a_second_close_changes_nothing(app: Flask) -> None:
    shift = a_gate(app)
    came(app, shift, MAI)
    with app.app_context():
        with at(130):
            assert close_shift(shift, viewer_of(OLGA)) == Closing(1, 1, 0)
        with at(140):
            assert close_shift(shift, viewer_of(OTTO)) == Closing(0, 0, 0)
        assert db.session.query(HourEntry).count() == 1


def test_who_was_there_for_no_minute_gets_none_and_nobody_waits_for_it(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    came(app, shift, MAI, minute=-60)
    left(app, shift, MAI, -30)
    with at(130):
        page = as_(OLGA).open(gate(shift)).press("关门")
        assert page.texts(".gate-row .seal") == ["不满一分", "未到"]
        assert "等另一位组织者" not in as_(OTTO).open(gate(shift)).text("main")


def test_a_line_taken_back_wholly_is_not_credited_again(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    came(app, shift, MAI)
    with at(130):
        page = as_(OLGA).open(gate(shift)).press("关门")
        with app.app_context():
            line = ledger(MAI.id).lines[0]
            correct(line.id, line.served_from, line.served_from, "没有来", viewer_of(OTTO))
        again = page.visitor.open(gate(shift))
        assert again.texts(".gate-row .seal") == ["已冲正", "未到"]
        assert not again.soup.select('form[action$="/close"]')
        with app.app_context():
            assert close_shift(shift, viewer_of(OTTO)).credited == 0


def test_taking_part_earns_no_hours(app: Flask, as_: As) -> None:
    shift = a_gate(app, kind="participant")
    came(app, shift, MAI)
    with at(130):
        page = as_(OLGA).open(gate(shift))
        assert "不记时长" in page.text("#gate-after .confirm__box")
        page = page.press("关门")
    assert page.texts(".gate-row .seal") == ["到了", "未到"]
    with app.app_context():
        assert db.session.query(HourEntry).count() == 0


def test_a_shift_that_has_not_begun_is_not_closed(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        stale = as_(OLGA).open(gate(shift))
    with at(-1):
        assert not stale.visitor.open(gate(shift)).soup.select('form[action$="/close"]')
        answer = stale.press("关门")
    assert answer.status == 409
    assert "还没有开始" in answer.whole_text


def test_an_empty_shift_closes_without_a_word_too_many(app: Flask, as_: As) -> None:
    with app.app_context():
        shift = a_gate(app, TIAN)
        db.session.rollback()
    with at(130):
        page = as_(OLGA).open(gate(shift)).press("关门")
    assert page.texts(".gate-row .seal") == ["未到"]


def test_the_result_of_many_costs_as_many_statements_as_of_few(app: Flask, as_: As) -> None:
    few, many = a_gate(app, MAI), a_gate(app, BAO, OTTO, TIAN)
    came(app, few, MAI)
    came(app, many, BAO, TIAN)
    olga = as_(OLGA)
    with at(130), app.app_context():
        for shift in (few, many):
            close_shift(shift, viewer_of(OLGA))
    with at(131):
        olga.open(gate(few))
        with counted(app) as first:
            olga.open(gate(few))
        with counted(app) as second:
            olga.open(gate(many))
    assert len(first) == len(second) <= 8, second


@pytest.mark.parametrize("person", [MAI, TIAN])
def test_others_close_nothing(app: Flask, as_: As, person: Person) -> None:
    shift = a_gate(app, BAO)
    with at(130):
        token = as_(OLGA).open(gate(shift)).form("关门").select_one("[name=csrf_token]")
        assert token is not None
        visitor = as_(person)
        own = visitor.open("/me").soup.select_one("[name=csrf_token]")
        assert own is not None
        data: dict[str, object] = {"csrf_token": own["value"]}
        assert visitor.post(f"/organize/shifts/{shift}/close", data).status == 404
