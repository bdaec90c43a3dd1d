"""Hours that the gate did not see: one organizer asks, another approves, and it shows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.attendance.gate_of_river import at, gate
from tests.hours.late import LATER, OLGAS, OTTOS, REASON, closed_without, noon, olga_asks
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.accounts.commands import add_family
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound, Refusal
from volboard.hours import make_up_errors as errors
from volboard.hours.commands import correct
from volboard.hours.errors import OutsideMakeUp
from volboard.hours.make_ups import approve, ask, refuse, withdraw
from volboard.hours.models import HourEntry, MakeUp
from volboard.hours.queries import ledger
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
DESK = "/organize/make-ups"


def asking(as_: As, shift: int, person: Person = OLGA, volunteer: int = MAI.id) -> Page:
    return as_(person).open(f"/organize/shifts/{shift}/make-up/new?volunteer={volunteer}")


def asked(as_: As, shift: int) -> Page:
    return asking(as_, shift).press("申请补录", came="12:00", left="13:30", reason=REASON)


def lines(app: Flask) -> list[tuple[str, int]]:
    with app.app_context():
        return [(row.kind, row.minutes) for row in db.session.query(HourEntry).order_by("id")]


def test_from_the_closed_gate_to_the_ledger(app: Flask, as_: As) -> None:
    shift = closed_without(app)
    with at(LATER):
        form = as_(OLGA).open(gate(shift)).follow("补录")
        assert form.text("h1") == "给麦*芳补录时长"
        assert "未到" in form.text(".facts")
        done = form.press("申请补录", came="12:00", left="13:30", reason=REASON)
        assert done.url == DESK
        assert "您申请的" in done.text("#mine")
        assert lines(app) == []
    with at(LATER + 30):
        otto = as_(OTTO)
        page = otto.open(DESK).follow("麦*芳")
        assert "1 小时 30 分" in page.text(".facts")
        assert REASON in page.text(".facts")
        assert "申请后 30 分钟" in page.whole_text
        page.press("批准")
        assert lines(app) == [("make_up", 90)]
        assert otto.open(gate(shift)).text(".gate-row .seal") == "已补录 1 小时 30 分"
        mine = as_(MAI).open("/me/hours")
    evidence = "6 月 10 日 12:00 由欧*兰申请补录，6 月 10 日 12:30 由奥*明批准"
    assert evidence in mine.text(".entry__evidence")
    assert mine.text(".entry__reason") == f"补录：{REASON}"
    with app.app_context():
        found = ledger(MAI.id)
        assert (found.total, found.make_up) == (90, 90)


def test_it_runs_on_a_running_clock(inside: Flask) -> None:
    start = clock.now() - timedelta(hours=3)
    shift = a_shift(starts_at=start)
    with clock.standing_at(start - timedelta(hours=9)):
        sign_up(MAI.id, shift, MAI.id)
    close_shift(shift, viewer_of(OLGA))
    number = ask(shift, MAI.id, start, start + timedelta(hours=1), REASON, viewer_of(OLGA), OLGAS)
    approve(number, viewer_of(OTTO), OTTOS)
    second = ask(shift, BAO.id, start, start + timedelta(hours=1), REASON, viewer_of(OLGA), OLGAS)
    refuse(second, "他那天不在", viewer_of(OTTO), OTTOS)
    third = ask(shift, BAO.id, start, start + timedelta(hours=1), REASON, viewer_of(OLGA), OLGAS)
    withdraw(third, viewer_of(OLGA), OLGAS)
    assert (ledger(MAI.id).total, ledger(BAO.id).total) == (60, 0)


def test_somebody_of_no_list_is_found_by_name_and_number_together(app: Flask, as_: As) -> None:
    shift = closed_without(app)
    with at(LATER):
        page = as_(OLGA).open(gate(shift)).follow("给名单上没有的人补录")
        words: dict[str, Any] = {"came": "12:00", "left": "13:00", "reason": REASON}
        for name, phone in (("王五", BAO.phone), (BAO.name, "13911110000"), (BAO.name, "x")):
            again = page.press("申请补录", name=name, phone=phone, **words)
            assert again.status == 422
            assert "没有找到这个姓名和手机号的人" in again.text(".summary")
        page.press("申请补录", name=BAO.name, phone=BAO.phone, **words)
        shown = as_(OTTO).open(DESK).follow("鲍*强")
        assert "那天的名单上没有这个人" in shown.text(".facts")
        shown.press("批准")
    assert lines(app) == [("make_up", 60)]


def test_a_refusal_says_why_and_a_withdrawn_request_can_be_made_anew(app: Flask, as_: As) -> None:
    shift = closed_without(app)
    with at(LATER):
        asked(as_, shift)
        page = as_(OTTO).open(f"{DESK}/1")
        assert page.press("不批准", answer=" ").status == 422
        page.press("不批准", answer="她那天在家")
        shown = as_(OLGA).open(DESK)
        assert "没有批准" in shown.text("#decided + .cards")
        assert "她那天在家" in shown.text("#decided + .cards")
        asked(as_, shift)
        as_(OLGA).open(f"{DESK}/2").press("撤回")
        assert page.visitor.open(f"{DESK}/2").status == 200
        asked(as_, shift)
        as_(OTTO).open(f"{DESK}/3").press("批准")
        late = as_(OTTO).open(f"{DESK}/3")
        assert not late.soup.select('main form[method="post"]')
    assert lines(app) == [("make_up", 90)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"came": ""}, "请写几点几分"),
        ({"left": "26:00"}, ""),
        ({"left": "14:01"}, "要在这个时段里"),
        ({"came": "11:59"}, "要在这个时段里"),
        ({"came": "13:30", "left": "13:30"}, "至少一分钟"),
        ({"came": "13:30", "left": "12:30"}, "离开要晚于到的时候"),
        ({"reason": ""}, "请写明为什么要补录"),
        ({"reason": "忘了"}, "请多写几个字"),
        ({"reason": " \u200b忘了 "}, "请多写几个字"),
        ({"reason": "字" * 201}, "太长了"),
        ({"reason": "手机\x00没电了"}, "看不见的符号"),
    ],
)
def test_a_wrong_form_comes_back_with_a_sentence(
    app: Flask, as_: As, values: dict[str, Any], sentence: str
) -> None:
    shift = closed_without(app)
    whole = {"came": "12:00", "left": "13:00", "reason": REASON} | values
    with at(LATER):
        page = asking(as_, shift).press("申请补录", **whole)
    assert page.status == 422
    assert sentence in page.text(".summary")
    if "reason" not in values:
        assert page.text("textarea#reason") == REASON
    with app.app_context():
        assert db.session.query(MakeUp).count() == 0


def test_hours_that_stand_are_corrected_not_made_up(inside: Flask) -> None:
    shift = closed_without(inside, MAI, BAO)
    number = olga_asks(shift)
    with pytest.raises(errors.AlreadyAsked):
        olga_asks(shift)
    with at(LATER):
        line = approve(number, viewer_of(OTTO), OTTOS)
        with pytest.raises(errors.HasLine):
            ask(shift, MAI.id, noon(0), noon(9), REASON, viewer_of(OLGA), OLGAS)
        with pytest.raises(OutsideMakeUp):
            correct(line, noon(0), noon(91), "看错", viewer_of(OLGA))
        less = correct(line, noon(0), noon(30), "看错", viewer_of(OLGA))
        correct(less, noon(0), noon(0), "没有来", viewer_of(OLGA))
        again = ask(shift, MAI.id, noon(10), noon(40), REASON, viewer_of(OLGA), OLGAS)
        approve(again, viewer_of(OTTO), OTTOS)
    found = ledger(MAI.id)
    assert (found.total, found.make_up, len(found.lines)) == (30, 30, 5)


def test_a_credit_that_was_taken_back_wholly_can_be_put_back(inside: Flask) -> None:
    shift = closed_without(inside)
    other = a_shift(starts_at=noon(200))
    with at(-60):
        sign_up(BAO.id, other, BAO.id)
    with at(200):
        check_in(other, BAO.id, viewer_of(OLGA), "gate", "test")
    with at(330):
        close_shift(other, viewer_of(OLGA))
        line = ledger(BAO.id).lines[0]
        with pytest.raises(errors.HasLine):
            ask(other, BAO.id, noon(200), noon(230), REASON, viewer_of(OLGA), OLGAS)
        correct(line.id, noon(200), noon(200), "认错人", viewer_of(OTTO))
        number = ask(other, BAO.id, noon(200), noon(230), REASON, viewer_of(OLGA), OLGAS)
        approve(number, viewer_of(OTTO), OTTOS)
        assert close_shift(other, viewer_of(OLGA)).credited == 0
    assert (ledger(BAO.id).total, shift) == (30, 1)


def test_nobody_serves_in_two_places_at_once(inside: Flask) -> None:
    first = closed_without(inside)
    other = a_shift(an_event(title="清明扫墓"), starts_at=noon(60))
    with at(300):
        close_shift(other, viewer_of(OLGA))
    here, there = olga_asks(first), olga_asks(other, came=60, left=120)
    with at(LATER):
        approve(here, viewer_of(OTTO), OTTOS)
        with pytest.raises(errors.ServedElsewhere) as refused:
            approve(there, viewer_of(OTTO), OTTOS)
        assert "端午包粽子" in str(refused.value)
        withdraw(there, viewer_of(OLGA), OLGAS)
    touching = olga_asks(other, came=90, left=120)
    with at(LATER):
        approve(touching, viewer_of(OTTO), OTTOS)
    assert ledger(MAI.id).total == 120


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"kind": "participant"}, errors.EarnsNothing),
        ({"called_off_at": NOON}, errors.EarnsNothing),
        ({"closed_at": None}, errors.NotOver),
        ({"minutes": 9 * 24 * 60}, errors.NotOver),
    ],
)
def test_only_a_post_that_is_over_and_earns(
    inside: Flask, columns: dict[str, object], refusal: type[Refusal]
) -> None:
    with at(-60):
        shift = a_shift(**({"closed_at": noon(125)} | columns))  # type: ignore[arg-type]
    with pytest.raises(refusal):
        olga_asks(shift)


def test_a_community_is_closed_to_organizers_of_others(inside: Flask) -> None:
    shift, tian = closed_without(inside), viewer_of(TIAN)
    with pytest.raises(NotFound), at(LATER):
        ask(shift, MAI.id, noon(0), noon(60), REASON, tian, OTTOS)
    number = olga_asks(shift)
    for decide in (approve, withdraw):
        with pytest.raises(NotFound), at(LATER):
            decide(number, tian, OTTOS)
    with pytest.raises(NotFound), at(LATER):
        refuse(number, "不", tian, OTTOS)
    for stranger in (10**6, 0):
        with pytest.raises(NotFound):
            olga_asks(shift, volunteer=stranger)


def test_strange_addresses_are_not_found(app: Flask, as_: As) -> None:
    shift = closed_without(app)
    with app.app_context(), at(-60):
        child = add_family(MAI.id, "麦小宝", "孩子")
    with at(LATER):
        for volunteer in ("0", "-1", "x", "9" * 30, "１", str(BAO.id), str(child)):
            url = f"/organize/shifts/{shift}/make-up/new"
            assert as_(OLGA).open(url, query={"volunteer": volunteer}).status == 404


def test_the_list_costs_as_many_statements_whatever_its_length(app: Flask, as_: As) -> None:
    shift = closed_without(app)
    olga = as_(OLGA)
    with at(LATER):
        olga.open(DESK)
        with counted(app) as few:
            olga.open(DESK)
    with app.app_context():
        for person in (MAI, BAO, OTTO):
            olga_asks(shift, person.id)
    with at(LATER), counted(app) as many:
        olga.open(DESK)
    assert len(many) == len(few) <= 6, many
