"""A number in an address or behind a button is read once, whole, and in one way."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA
from tests.support.town import a_shift, an_event, seats
from volboard.core.web import LAST_ID, number_in

As = Callable[..., Visitor]
OTHER_WAYS = (
    "01", "0000000000012", "1" + "0" * 11, "+1", " 1", "1 ", "1_0", "１", "١", "1.0", "0x1", "1e0",
    "-1", "0", "", "²", "1\x00", "1\n", str(LAST_ID + 1), "9" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("text", [*OTHER_WAYS, None])
def test_what_is_not_the_number_as_we_write_it_is_none(text: str | None) -> None:
    assert number_in(text) == 0


@pytest.mark.parametrize("number", [1, 7, 10, 2**31 - 1])
def test_what_we_write_is_read(number: int) -> None:
    assert number_in(str(number)) == number
    assert number_in(str(number), number - 1) == 0


def test_each_row_has_one_address(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        event = an_event()
    assert event == 1
    assert visitor.client.get("/events/1").status_code == 200
    for other in ("01", "+1", "1.0", "%EF%BC%91", "%D9%A1", "1%00", "1%20", "1_0"):
        assert visitor.client.get(f"/events/{other}").status_code == 404, other


def test_a_long_number_signs_up_nobody_whom_it_begins_with(app: Flask, as_: As) -> None:
    with app.app_context():
        shift = a_shift()
    mai = as_(MAI)
    token = str(mai.open("/me").soup.select_one("[name=csrf_token]")["value"])  # type: ignore[index]
    for typed in (f"{MAI.id:011}99", f"{MAI.id:011}", f"0{MAI.id}", "１"):
        data = {"volunteer": typed, "csrf_token": token}
        assert mai.client.post(f"/shifts/{shift}/sign-up", data=data).status_code == 404, typed
    with app.app_context():
        assert seats(shift) == (0, 0)


@pytest.mark.parametrize("number", ["000000001" + "9" * 30, "9" * 30, "١", "+2", "1_0"])
def test_a_page_that_no_list_has_is_the_first(app: Flask, as_: As, number: str) -> None:
    with app.app_context():
        shift = a_shift()
    olga, bao = as_(OLGA), as_(BAO)
    lists = ("/organize/messages", "/organize/certificates", f"/organize/shifts/{shift}/cover",
             f"/organize/shifts/{shift}/log", "/organize/messages/texts")  # fmt: skip
    for url in lists:
        assert olga.client.get(f"{url}?page={number}").status_code == 200, url
    assert bao.client.get(f"/me/messages?page={number}").status_code == 200
    for url in (f"/organize/shifts/{shift}/gate?done=", "/organize/messages/texts?community="):
        assert olga.client.get(url + number).status_code in (200, 404), url


def test_a_place_in_chinese_is_where_htmx_goes(visitor: Visitor) -> None:
    page = visitor.open("/sign-in?next=/events/1%3Fq=%E7%B2%BD")
    assert page.status == 200
    answer = visitor.client.post(
        "/display", data={"size": "large", "next": "/?q=粽"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 303
    page = page.press("登录", "main", htmx=True, phone=MAI.phone, password="open-the-gate-7")
    assert page.status == 204
    assert page.response.headers["HX-Redirect"] == "/events/1?q=%E7%B2%BD"
