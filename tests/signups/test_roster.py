"""The organizer's list: who comes, who waits, who pressed, and somebody more at the desk."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.crowd import a_crowd
from tests.support.town import NOON, a_shift, seats
from volboard.accounts.models import Account, PhoneView
from volboard.accounts.queries import account_by_phone, household
from volboard.core import clock
from volboard.core.db import db
from volboard.signups.commands import sign_up
from volboard.signups.models import Signup

OnPhone = Callable[[Person], Visitor]
ROSTER = "/organize/shifts/1/roster"


@pytest.fixture
def shift(app: Flask) -> int:
    """One seat, taken by Mai; Bao and Otto wait."""
    with app.app_context():
        shift = a_shift(capacity=1)
        for person in (MAI, BAO, OTTO):
            sign_up(person.id, shift, person.id)
    return shift


def test_names_and_numbers_are_masked_and_in_order(on_phone: OnPhone, shift: int) -> None:
    page = on_phone(OLGA).open(ROSTER)
    assert page.text("h1") == "名单：包粽子"
    assert page.texts(".person__name") == ["麦*芳", "鲍*强", "奥*明"]
    assert page.texts(".person .seal") == ["候补 第 1 位", "候补 第 2 位"]
    assert "138****0001" in page.texts(".person__relation")[0]
    assert MAI.phone not in page.whole_text
    assert MAI.name not in page.whole_text


def test_a_full_number_is_shown_on_demand_and_logged(
    app: Flask, on_phone: OnPhone, shift: int
) -> None:
    olga = on_phone(OLGA)
    shown = olga.open(ROSTER).press("看电话", htmx=True)
    link = shown.soup.select_one("#phone-1 a[data-focus]")
    assert link is not None
    assert link["href"] == f"tel:{MAI.phone}"
    page = olga.open(ROSTER).press("看电话")
    assert page.text("h1") == "麦*芳 的电话"
    assert page.follow("名单").url == ROSTER
    with app.app_context():
        views = db.session.scalars(select(PhoneView)).all()
        assert [(v.account_id, v.viewed_by, v.place) for v in views] == [(1, 3, ROSTER)] * 2


def test_freeing_a_seat_gives_it_to_the_first_in_line_and_says_why(
    app: Flask, on_phone: OnPhone, shift: int
) -> None:
    page = on_phone(OLGA).open(ROSTER).press("确定取消", reason="电话里说不来了")
    assert page.url == ROSTER
    assert page.texts(".person__name") == ["鲍*强", "奥*明"]
    assert page.texts(".person .seal") == ["候补 第 1 位"]
    with app.app_context():
        ended = db.session.get_one(Signup, 1)
        assert (ended.state, ended.end_reason, ended.ended_by) == ("cancelled", "电话里说不来了", 3)


def test_seating_out_of_turn_needs_a_reason_which_the_list_shows(
    on_phone: OnPhone, shift: int
) -> None:
    page = on_phone(OLGA).open(ROSTER)
    asked = page.press("确定先上")
    assert asked.status == 422
    assert asked.text("h1") == "让 鲍*强 先上"
    page = asked.press("确定先上", reason="带队的人")
    assert page.url == ROSTER
    assert page.texts(".person__name") == ["麦*芳", "鲍*强", "奥*明"]
    assert page.texts(".person .seal") == ["候补 第 1 位"]
    assert "提前安排：带队的人" in page.texts(".person__note")[1]
    assert "已满，候补 1 人" in page.text(".seats__words")


def test_a_neighbour_without_a_phone_is_signed_up_at_the_desk(
    app: Flask, on_phone: OnPhone, shift: int
) -> None:
    page = on_phone(OLGA).open(ROSTER)
    asked = page.press("报名", "#desk", name="麦奶奶", phone="１３８ 0000 0001")
    done = asked.press("都不是，是另一位")
    again = page.press("报名", "#desk", name="麦奶奶", phone="１３８ 0000 0001")
    for answer in (done, again):
        assert answer.url == ROSTER
        assert answer.text("#notices") == "麦*奶 候补第 3 位。"
    assert "欧*兰 代报名" in done.texts(".person__note")[3]
    with app.app_context():
        assert [person.name for person in household(MAI.id)] == ["麦小芳"], "nobody asked them"
        assert seats(shift) == (1, 3)


def test_a_new_number_at_the_desk_makes_an_account(
    app: Flask, on_phone: OnPhone, shift: int
) -> None:
    on_phone(OLGA).open(ROSTER).press("报名", "#desk", name="王大妈", phone="13912345678")
    with app.app_context():
        made = account_by_phone("13912345678")
        assert made is not None
        assert (made.has_password, made.verified_at) == (False, None)


def test_mistakes_at_the_desk_stand_beside_their_fields(
    app: Flask, on_phone: OnPhone, shift: int
) -> None:
    olga = on_phone(OLGA)
    page = olga.open(ROSTER).press("报名", "#desk", name="", phone="0453-3120001")
    assert page.status == 422
    assert page.text("#name-error") == "请写姓名。"
    assert "11 位手机号" in page.text("#phone-error")
    with app.app_context():
        sign_up(TIAN.id, a_shift(title="洗叶"), TIAN.id)
    page = olga.open(ROSTER).press("报名", "#desk", name=TIAN.name, phone=TIAN.phone)
    assert page.status == 422
    assert "洗叶" in page.text("#name-error")


def test_a_refused_signup_at_the_desk_leaves_no_account_behind(
    app: Flask, on_phone: OnPhone, shift: int
) -> None:
    page = on_phone(OLGA).open(ROSTER)
    with clock.standing_at(NOON + timedelta(minutes=1)):
        late = page.press("报名", "#desk", name="王大妈", phone="13912345678")
        assert late.status == 409
        assert "请在签到页登记" in late.text("main")
        assert not on_phone(OLGA).open(ROSTER).soup.select("#desk")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Account)) == 6


def test_the_sheet_to_sign_by_hand_has_lines_for_those_who_just_come(
    on_phone: OnPhone, shift: int
) -> None:
    page = on_phone(OLGA).open(ROSTER).follow("打印签到表")
    assert "端午包粽子·包粽子" in page.text("h1")
    rows = page.texts("tbody tr")
    assert len(rows) == 3 + 8
    assert rows[:2] == ["1 麦*芳 138****0001", "候补 1 鲍*强 138****0002"]
    large = page.follow("换成大字")
    assert large.soup.select(".sheet[data-type='large']")
    assert large.texts("tbody tr")[:2] == ["1 麦*芳 0001", "候补 1 鲍*强 0002"]
    assert large.follow("换成小字").texts("tbody tr") == rows


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("people", [2, 25])
def test_the_list_is_read_in_few_statements_whatever_its_length(
    app: Flask, on_phone: OnPhone, statements: list[str], people: int
) -> None:
    with app.app_context():
        shift = a_shift(capacity=15)
        for person in a_crowd(people):
            sign_up(person, shift, person)
    olga = on_phone(OLGA)
    olga.open(ROSTER)
    statements.clear()
    assert len(olga.open(ROSTER).texts(".person")) == people
    assert len([s for s in statements if not s.startswith("BEGIN")]) <= 6
