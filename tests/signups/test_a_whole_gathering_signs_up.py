"""Behind the one wireless network at the gate stand sixty neighbours, or one who invents them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import MAI
from tests.support.hours import HandWoundClock, tries_in_an_hour
from tests.support.town import a_shift, an_event, seats

Send = Callable[[str, dict[str, str]], int]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> HandWoundClock:
    """Time passes when the test says so."""
    return HandWoundClock(monkeypatch)


@pytest.fixture
def send(app: Flask) -> Send:
    """Sends a form from the gate's network, as a phone that was never here."""
    client = app.test_client()
    token = client.get("/join").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    cookie = client.get_cookie("session")
    assert cookie is not None
    headers = {"Cookie": f"session={cookie.value}"}
    fresh = app.test_client(use_cookies=False)
    return lambda url, data: fresh.post(
        url, data={**data, "csrf_token": token}, headers=headers
    ).status_code  # fmt: skip


def shifts(app: Flask, count: int, capacity: int = 500) -> list[int]:
    with app.app_context():
        event = an_event()
        return [a_shift(event, capacity, title=f"岗位 {n}") for n in range(count)]


def of_number(number: int) -> dict[str, Any]:
    return {"name": "王桂芳", "phone": f"139{number:08}"}


def test_sixty_neighbours_sign_up_in_one_minute(app: Flask, clock: HandWoundClock) -> None:
    (shift,) = shifts(app, 1, 60)
    for number in range(60):
        page = Visitor(app).open(f"/shifts/{shift}/sign-up")
        page = page.press("报名", "main", False, **of_number(number))
        assert page.status == 200, number
        clock.pass_by(0.9)
    with app.app_context():
        assert seats(shift) == (60, 0)


def test_sixty_neighbours_join_in_one_minute(send: Send, clock: HandWoundClock) -> None:
    about = {"password": "two words and 7", "community": "1"}
    assert {send("/join", of_number(n) | about) for n in range(60)} == {303}


def test_one_address_makes_120_accounts_an_hour_at_one_shift_and_300_at_all(
    app: Flask, send: Send, clock: HandWoundClock
) -> None:
    made: list[int] = []
    for shift in shifts(app, 3):
        before = len(made)
        while send(f"/shifts/{shift}/sign-up", of_number(len(made))) != 429:
            made.append(shift)
        clock.pass_by(60)
        assert len(made) == min(before + 120, 300)
    assert len(made) == 300


def test_one_address_learns_of_150_numbers_an_hour_whether_they_have_an_account(
    app: Flask, send: Send, clock: HandWoundClock
) -> None:
    (shift,) = shifts(app, 1)
    data = {"name": "王桂芳", "phone": MAI.phone}
    assert tries_in_an_hour(clock, lambda _n: send(f"/shifts/{shift}/sign-up", data)) == 150


def test_whoever_is_signed_in_signs_up_though_the_network_has_to_wait(
    app: Flask, send: Send, as_: Callable[..., Visitor]
) -> None:
    (shift,) = shifts(app, 1)
    data = {"name": "王桂芳", "phone": MAI.phone}
    while send(f"/shifts/{shift}/sign-up", data) != 429:
        pass
    assert as_(MAI).open("/events/1").press("报名", f"#shift-{shift}").status == 200
