"""Somebody guesses; the neighbours, and the owner on a known phone, notice nothing of it."""

import pytest
from flask import Flask

from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, PASSWORD
from tests.support.hours import HandWoundClock, tries_in_an_hour
from volboard.accounts import sign_in_views
from volboard.core.security import limiter

GATE = "203.0.113.7"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> HandWoundClock:
    """Time passes when the test says so."""
    return HandWoundClock(monkeypatch)


def somebody(app: Flask, address: str = GATE) -> Visitor:
    """A phone that has never been here, behind this address."""
    visitor = Visitor(app)
    visitor.client.environ_base["REMOTE_ADDR"] = address
    return visitor


def try_in(visitor: Visitor, phone: str, password: str = "a wrong one") -> Page:
    return visitor.open("/sign-in").press("登录", "main", phone=phone, password=password)


def attempts(app: Flask, monkeypatch: pytest.MonkeyPatch) -> "Guesser":
    monkeypatch.setattr(sign_in_views, "authenticate", lambda _phone, _password: None)
    return Guesser(app)


class Guesser:
    """Sends the form as fast as it goes, each time as a phone without cookies would."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = somebody(app).client
        token = self.client.get("/sign-in").text.partition('name="csrf_token" value="')[2]
        self.token = token.partition('"')[0]

    def guess(self, phone: str, address: str = GATE) -> int:
        data = {"phone": phone, "password": "a wrong one", "csrf_token": self.token}
        where = {"REMOTE_ADDR": address}
        return self.client.post("/sign-in", data=data, environ_overrides=where).status_code


def test_a_stranger_s_guesses_do_not_lock_the_owner_out_of_a_known_phone(app: Flask) -> None:
    mai = somebody(app)
    mai.sign_in(MAI.phone, PASSWORD)
    mai.open("/me").press("退出登录")
    thief = somebody(app)
    assert [try_in(thief, MAI.phone).status for _try in range(6)] == [422] * 5 + [429]
    assert try_in(mai, MAI.phone).status == 422, "a slip of the owner's own"
    assert try_in(mai, MAI.phone, PASSWORD).status == 200


def test_without_a_phone_that_knows_the_number_the_owner_waits_here_not_elsewhere(
    app: Flask,
) -> None:
    for _try in range(6):
        try_in(somebody(app), MAI.phone)
    assert try_in(somebody(app), MAI.phone, PASSWORD).status == 429
    assert try_in(somebody(app, "198.51.100.4"), MAI.phone, PASSWORD).status == 200


def test_a_known_phone_may_not_guess_on_and_on(app: Flask) -> None:
    mai = somebody(app)
    mai.sign_in(MAI.phone, PASSWORD)
    mai.open("/me").press("退出登录")
    assert [try_in(mai, MAI.phone).status for _try in range(6)] == [422] * 5 + [429]


def test_a_phone_that_knows_one_number_is_a_stranger_to_the_others(app: Flask) -> None:
    thief = somebody(app)
    thief.sign_in(BAO.phone, PASSWORD)
    thief.open("/me").press("退出登录")
    for _try in range(6):
        try_in(somebody(app), MAI.phone)
    assert try_in(thief, MAI.phone, PASSWORD).status == 429


def test_a_phone_cannot_say_by_itself_that_it_is_known(app: Flask) -> None:
    one, other = somebody(app), somebody(app)
    one.sign_in(MAI.phone, PASSWORD)
    with one.client.session_transaction() as session:
        marks = session["numbers"]
    other.open("/sign-in")
    with other.client.session_transaction() as session:
        session["numbers"], session["device"] = marks, "0" * 32
    for _try in range(6):
        try_in(somebody(app), MAI.phone)
    assert try_in(other, MAI.phone, PASSWORD).status == 429


def test_sixty_neighbours_sign_in_in_one_minute(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesser = attempts(app, monkeypatch)
    monkeypatch.setattr(sign_in_views, "authenticate", lambda _phone, _password: BAO.id)
    assert {guesser.guess(BAO.phone) for _neighbour in range(60)} == {303}


def test_one_address_guesses_twenty_times_an_hour_at_one_number(
    app: Flask, clock: HandWoundClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesser = attempts(app, monkeypatch)
    assert tries_in_an_hour(clock, lambda _number: guesser.guess(MAI.phone)) == 20


def test_one_address_guesses_240_times_an_hour_at_all_numbers(
    app: Flask, clock: HandWoundClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesser = attempts(app, monkeypatch)
    assert tries_in_an_hour(clock, lambda n: guesser.guess(f"1391111{n:04}")) == 240


def test_all_the_world_guesses_sixty_times_an_hour_at_one_number(
    app: Flask, clock: HandWoundClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesser = attempts(app, monkeypatch)
    found = tries_in_an_hour(clock, lambda n: guesser.guess(MAI.phone, f"198.51.100.{n % 200}"))
    assert found == 60


def test_a_household_s_ipv6_addresses_are_one(
    app: Flask, clock: HandWoundClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesser = attempts(app, monkeypatch)
    statuses = [guesser.guess(MAI.phone, f"2001:db8::{n:x}") for n in range(1, 7)]
    assert statuses == [422] * 5 + [429]
    assert guesser.guess(MAI.phone, "2001:db8:0:1::1") == 422
    limiter.reset()


def test_who_has_to_wait_is_told_how_long(
    app: Flask, clock: HandWoundClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = somebody(app)
    for _try in range(6):
        page = try_in(visitor, MAI.phone)
    assert page.status == 429
    assert 1 <= int(page.response.headers["Retry-After"]) <= 60
    clock.pass_by(int(page.response.headers["Retry-After"]) + 1)
    assert try_in(visitor, MAI.phone).status == 422
