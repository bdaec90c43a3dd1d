"""给家人报名: one tap for each of the household."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, Person
from tests.support.town import seats
from volboard.accounts.commands import add_family, remove_family

OnPhone = Callable[[Person], Visitor]
Shift = Callable[..., int]


@pytest.fixture
def mother(app: Flask) -> int:
    with app.app_context():
        return add_family(MAI.id, "田桂芝", "妈妈")


def test_mother_is_signed_up_in_one_tap(on_phone: OnPhone, shift_of: Shift, mother: int) -> None:
    shift_of(capacity=1)
    page = on_phone(MAI).open("/events/1").press("给妈妈报名", htmx=True)
    assert page.texts(".person__name") == ["麦小芳", "田桂芝"]
    assert page.texts(".seal") == ["已报名"]
    assert page.text("#notices p") == "给妈妈报上了：6 月 9 日 12:00，包粽子。"
    assert page.form("满了，排候补")


def test_somebody_without_a_relation_is_called_by_name(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    with app.app_context():
        add_family(MAI.id, "阿卜杜热合曼·买买提", "")
    shift_of()
    page = on_phone(MAI).open("/events/1").press("给阿卜杜热合曼·买买提报名")
    assert page.url == "/events/1"
    assert page.text(".seal") == "已报名"


def test_mother_stays_at_home_and_only_her_place_is_given_back(
    on_phone: OnPhone, shift_of: Shift, mother: int
) -> None:
    shift_of()
    page = on_phone(MAI).open("/events/1").press("给妈妈报名").press("报名", within="main")
    assert page.texts(".seal") == ["已报名", "已报名"]
    details = [d for d in page.soup.select("details.confirm") if "妈妈不去了" in d.get_text()]
    action = details[0].select_one("form")
    assert action is not None
    token = action.select_one("[name=csrf_token]")
    assert token is not None
    page = page.visitor.post(str(action["action"]), {"csrf_token": token["value"]}, htmx=True)
    assert page.texts(".seal") == ["已报名"]
    assert page.form("给妈妈报名")


@pytest.mark.parametrize(
    "volunteer", [str(BAO.id), "999", "abc", "-1", "9" * 30, "１", "²", " 1", ""]
)
def test_nobody_signs_up_a_stranger(
    app: Flask, on_phone: OnPhone, shift_of: Shift, volunteer: str
) -> None:
    shift = shift_of()
    mai = on_phone(MAI)
    token = mai.open("/events/1").soup.select_one("[name=csrf_token]")
    assert token is not None
    data: dict[str, object] = {"csrf_token": token["value"], "volunteer": volunteer}
    assert mai.post(f"/shifts/{shift}/sign-up", data).status == 404
    with app.app_context():
        assert seats(shift) == (0, 0)


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
def test_a_number_that_no_row_can_have_is_a_stranger_too(
    on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of()
    mai = on_phone(MAI)
    token = mai.open("/events/1").soup.select_one("[name=csrf_token]")
    assert token is not None
    for number in (2**31, 10**10, 10**30):
        data: dict[str, object] = {"csrf_token": token["value"], "volunteer": str(number)}
        assert mai.post(f"/shifts/{shift}/sign-up", data).status == 404


def test_somebody_who_left_the_household_is_a_stranger(
    app: Flask, on_phone: OnPhone, shift_of: Shift, mother: int
) -> None:
    shift_of()
    page = on_phone(MAI).open("/events/1")
    with app.app_context():
        remove_family(MAI.id, mother)
    assert page.press("给妈妈报名").status == 404


def test_the_place_of_somebody_who_left_the_household_can_still_be_given_back(
    app: Flask, on_phone: OnPhone, shift_of: Shift, mother: int
) -> None:
    shift = shift_of()
    mai = on_phone(MAI)
    mai.open("/events/1").press("给妈妈报名")
    with app.app_context():
        remove_family(MAI.id, mother)
    page = mai.open("/me")
    assert "妈妈" in page.text(".shift")
    page.press("确定不去")
    with app.app_context():
        assert seats(shift) == (0, 0)
    assert not mai.open("/me").soup.select(".shift")


def test_the_first_of_two_values_counts_and_other_fields_count_for_nothing(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of()
    mai = on_phone(MAI)
    token = mai.open("/events/1").soup.select_one("[name=csrf_token]")
    assert token is not None
    data: dict[str, object] = {
        "csrf_token": token["value"], "volunteer": [str(MAI.id), str(BAO.id)],
        "name": BAO.name, "phone": BAO.phone, "account_id": "2", "made_by": "2",
        "shift_id": "99", "state": "seated", "request_key": "x",
    }  # fmt: skip
    page = mai.post(f"/shifts/{shift}/sign-up", data)
    assert page.text(".person__name") == MAI.name
    assert page.text(".seal") == "已报名"
    assert not on_phone(BAO).open("/events/1").soup.select(".seal")


def test_both_kinds_of_fields_sign_no_visitor_in_as_somebody_else(
    app: Flask, visitor: Visitor, shift_of: Shift
) -> None:
    shift = shift_of()
    token = visitor.open(f"/shifts/{shift}/sign-up").soup.select_one("[name=csrf_token]")
    assert token is not None
    data: dict[str, object] = {
        "csrf_token": token["value"], "volunteer": str(OLGA.id), "name": OLGA.name,
        "phone": OLGA.phone,
    }  # fmt: skip
    assert visitor.post(f"/shifts/{shift}/sign-up", data).status == 422
    assert visitor.open("/organize").url.startswith("/sign-in")
