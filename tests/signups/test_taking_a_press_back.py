"""After signing up and after giving back the page says so, by both ways of a form alike, and
the press can be taken back for ten minutes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.signups.conftest import DAYS_BEFORE
from tests.signups.test_what_a_post_asks import one_of_the_family
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.crowd import signed_in
from tests.support.town import NOON, seats, viewer_of
from volboard.accounts.commands import add_family
from volboard.core import clock
from volboard.signups.commands import cancel, sign_up

OnPhone = Callable[[Person], Visitor]
Shift = Callable[..., int]
WHEN = "6 月 9 日 12:00，包粽子。"


def sentence(page: Page) -> str:
    return page.text("#notices .notice__words > p")


def later(minutes: float) -> AbstractContextManager[None]:
    return clock.standing_at(DAYS_BEFORE + timedelta(minutes=minutes))


def press_anyway(visitor: Visitor, address: str, **data: object) -> Page:
    """Send what no page offers to this person."""
    token = visitor.open("/me/account").soup.select_one("[name=csrf_token]")
    assert token is not None
    return visitor.post(address, {"csrf_token": token["value"], **data})


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("person", "whose", "taken", "given"),
    [
        (MAI, "", f"报上了：{WHEN}", f"取消了：{WHEN}"),
        (MAI, "妈妈", f"给妈妈报上了：{WHEN}", f"妈妈的取消了：{WHEN}"),
        (MAI, "陈小桂", f"给陈小桂报上了：{WHEN}", f"陈小桂的取消了：{WHEN}"),
    ],
)
def test_both_ways_of_a_form_say_the_same(
    app: Flask, on_phone: OnPhone, shift_of: Shift, htmx: bool,
    person: Person, whose: str, taken: str, given: str,
) -> None:  # fmt: skip
    shift_of()
    if whose:
        with app.app_context():
            add_family(MAI.id, "陈小桂", "妈妈" if whose == "妈妈" else "")
    mai = on_phone(person)
    label = f"给{whose}报名" if whose else "报名"
    assert sentence(mai.open("/events/1").press(label, "main", htmx=htmx)) == taken
    again = mai.open("/events/1").press("确定不去", "main", htmx=htmx)
    assert sentence(again) == given


@pytest.mark.parametrize("htmx", [True, False])
def test_the_queue_is_told_as_such_both_ways(
    app: Flask, on_phone: OnPhone, shift_of: Shift, htmx: bool
) -> None:
    shift = shift_of(capacity=1)
    with app.app_context():
        sign_up(BAO.id, shift, BAO.id)
    mai = on_phone(MAI)
    page = mai.open("/events/1").press("满了，排候补", "main", htmx=htmx)
    assert sentence(page) == "已满，先排候补第 1 位。有空位会自动轮到您。"
    page = mai.open("/events/1").press("确定不排", "main", htmx=htmx)
    assert sentence(page) == f"取消了：{WHEN}"


@both_engines
@pytest.mark.parametrize("htmx", [True, False])
def test_signing_up_is_taken_back_and_so_is_giving_back(
    app: Flask, on_phone: OnPhone, shift_of: Shift, htmx: bool
) -> None:
    shift = shift_of()
    mai = on_phone(MAI)
    page = mai.open("/events/1").press("报名", "main", htmx=htmx).press("撤销")
    assert (page.status, page.url, sentence(page)) == (200, "/events/1", f"取消了：{WHEN}")
    assert not page.soup.select(".seal")
    mai.open("/events/1").press("报名", "main")
    page = mai.open("/events/1").press("确定不去", "main", htmx=htmx).press("撤销")
    assert (page.status, page.url, sentence(page)) == (200, "/events/1", f"报上了：{WHEN}")
    assert page.text(".seal") == "已报名"
    with app.app_context():
        assert seats(shift) == (1, 0)


def test_what_was_taken_back_is_not_offered_again(on_phone: OnPhone, shift_of: Shift) -> None:
    shift_of()
    mai = on_phone(MAI)
    page = mai.open("/events/1").press("报名", "main")
    assert "撤销" in page.text("#notices")
    assert "撤销" not in page.press("撤销").text("#notices")
    assert "撤销" not in mai.open("/events/1").whole_text


def test_from_my_page_one_comes_back_to_it(on_phone: OnPhone, shift_of: Shift) -> None:
    shift_of()
    mai = on_phone(MAI)
    mai.open("/events/1").press("报名", "main")
    page = mai.open("/me").press("确定不去")
    assert (page.url, sentence(page)) == ("/me", f"取消了：{WHEN}")
    assert "还没有报名" in page.text("main")
    page = page.press("撤销")
    assert (page.url, sentence(page)) == ("/me", f"报上了：{WHEN}")
    assert page.text(".shift .seal") == "已报名"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "nonsense", ""]
)
def test_a_form_leads_to_no_other_site(on_phone: OnPhone, shift_of: Shift, elsewhere: str) -> None:
    shift_of()
    mai = on_phone(MAI)
    mai.open("/events/1").press("报名", "main")
    assert press_anyway(mai, "/signups/1/undo", next=elsewhere).url == "/events/1"


def test_a_visitor_s_first_signup_is_taken_back_too(
    app: Flask, visitor: Visitor, shift_of: Shift
) -> None:
    shift = shift_of()
    page = visitor.open(f"/shifts/{shift}/sign-up")
    page = page.press("报名", within="main", name="王桂芳", phone="13912345678")
    assert sentence(page) == f"报上了：{WHEN}"
    assert sentence(page.press("撤销")) == f"取消了：{WHEN}"
    with app.app_context():
        assert seats(shift) == (0, 0)


@pytest.mark.parametrize("htmx", [True, False])
def test_a_seat_that_somebody_took_meanwhile_is_honestly_lost(
    app: Flask, on_phone: OnPhone, shift_of: Shift, htmx: bool
) -> None:
    shift = shift_of(capacity=1)
    mai = on_phone(MAI)
    mai.open("/events/1").press("报名", "main")
    with app.app_context():
        sign_up(BAO.id, shift, BAO.id)
    page = mai.open("/events/1").press("确定不去", "main", htmx=htmx).press("撤销")
    assert sentence(page) == "位置刚才让给别人了，先排候补第 1 位。有空位会自动轮到您。"
    assert page.text(".seal") == "候补 第 1 位"
    with app.app_context():
        assert seats(shift) == (1, 1)


def test_who_left_the_queue_is_last_in_it_again(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of(capacity=1)
    with app.app_context():
        for person in (BAO, MAI, OLGA):
            sign_up(person.id, shift, person.id)
    page = on_phone(MAI).open("/events/1").press("确定不排", "main").press("撤销")
    assert sentence(page) == "已满，先排候补第 2 位。有空位会自动轮到您。"


@pytest.mark.parametrize(("minutes", "status"), [(9.9, 200), (10, 200), (10.1, 409)])
@pytest.mark.parametrize("first", ["报名", "确定不去"])
def test_the_server_counts_the_ten_minutes(
    app: Flask, on_phone: OnPhone, shift_of: Shift, first: str, minutes: float, status: int
) -> None:
    shift = shift_of()
    mai = on_phone(MAI)
    if first != "报名":
        with app.app_context(), clock.standing_at(DAYS_BEFORE - timedelta(days=1)):
            sign_up(MAI.id, shift, MAI.id)
    page = mai.open("/events/1").press(first, "main")
    with later(minutes):
        answer = page.press("撤销")
    assert answer.status == status
    assert ("过了十分钟" in answer.text("main")) is (status == 409)
    with app.app_context():
        assert seats(shift)[0] == (first == "报名") ^ (status == 200)


def test_after_the_deadline_giving_back_can_still_be_taken_back(
    on_phone: OnPhone, shift_of: Shift
) -> None:
    shift_of()
    mai = on_phone(MAI)
    with clock.standing_at(NOON - timedelta(minutes=60)):
        mai.open("/events/1").press("报名", "main")
        page = mai.open("/events/1").press("确定不去", "main")
        assert page.press("撤销").text(".seal") == "已报名"


def test_pressed_twice_it_changes_nothing_more(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of()
    mai = on_phone(MAI)
    page = mai.open("/events/1").press("报名", "main")
    assert sentence(page.press("撤销")) == sentence(page.press("撤销"))
    with app.app_context():
        assert seats(shift) == (0, 0)
    mai.open("/events/1").press("报名", "main")
    page = mai.open("/events/1").press("确定不去", "main")
    assert sentence(page.press("撤销")) == sentence(page.press("撤销"))
    with app.app_context():
        assert seats(shift) == (1, 0)


@pytest.mark.parametrize("person", [BAO, OLGA, OTTO])
def test_nobody_takes_back_another_s_press(
    app: Flask, on_phone: OnPhone, shift_of: Shift, person: Person
) -> None:
    shift = shift_of()
    with app.app_context():
        mine = sign_up(MAI.id, shift, MAI.id)
    stranger = on_phone(person)
    answers = [press_anyway(stranger, f"/signups/{n}/undo") for n in (mine.signup_id, 999)]
    with app.app_context():
        assert seats(shift) == (1, 0)
        cancel(mine.signup_id, viewer_of(MAI))
    answers += [press_anyway(stranger, f"/signups/{n}/restore") for n in (mine.signup_id, 999)]
    assert [answer.status for answer in answers] == [404] * 4
    assert len({answer.text("main") for answer in answers}) == 1
    with app.app_context():
        assert seats(shift) == (0, 0)


def test_what_an_organizer_ended_is_not_restored(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of()
    with app.app_context():
        mine = sign_up(MAI.id, shift, MAI.id)
        cancel(mine.signup_id, viewer_of(OLGA), "报错了班")
    assert press_anyway(on_phone(MAI), f"/signups/{mine.signup_id}/restore").status == 404


def test_without_the_token_nothing_is_taken_back(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of()
    mai = on_phone(MAI)
    mai.open("/events/1").press("报名", "main")
    assert mai.post("/signups/1/undo", {}).status == 400
    with app.app_context():
        assert seats(shift) == (1, 0)


def test_children_who_lost_their_places_with_an_adult_s_get_them_back(
    app: Flask, shift_of: Shift
) -> None:
    shift = shift_of(capacity=5, ages="with_adult")
    with app.app_context():
        child = one_of_the_family("小麦", "child")
        sign_up(MAI.id, shift, MAI.id)
        sign_up(child, shift, MAI.id)
    mai = signed_in(app, MAI.id)
    page = mai.open("/events/1").press("确定不去", "main")
    with app.app_context():
        assert seats(shift) == (0, 0)
    page.press("撤销")
    with app.app_context():
        assert seats(shift) == (2, 0)
