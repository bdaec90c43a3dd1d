"""Messages go out through a gateway, whatever manners it has."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta
from threading import Timer

import pytest
from flask import Flask

from tests.messages.gateway import Gateway, gateway
from tests.messages.post_office import (
    a_message,
    delivery,
    give_address,
    reached_by,
    state,
)
from tests.support.cast import BAO, MAI
from tests.support.ports import free_port
from tests.support.town import NOON
from tests.support.waiting import PATIENCE
from volboard.accounts.commands import remember_display
from volboard.core import clock
from volboard.messages import delivering, posting
from volboard.messages.commands import drop, tell_group
from volboard.messages.delivering import deliver
from volboard.messages.delivery_rules import DELAYS, next_try
from volboard.messages.models import Delivery
from volboard.messages.resting import Rests
from volboard.messages.rules import Kind
from volboard.messages.sending import public_key

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Noon by the river, and no gateway is given up because this machine is busy."""
    monkeypatch.setattr(posting, "TIMEOUT", PATIENCE)
    monkeypatch.setattr(delivering, "rests", Rests())
    with clock.standing_at(NOON):
        yield


def sent_to(app: Flask, gate: Gateway, **columns: object) -> Delivery:
    """Tell Mai something and let it go out; answers the delivery."""
    reached_by(app, webhook_url=gate.url)
    one = a_message(**columns)  # type: ignore[arg-type]
    deliver(one)
    return delivery(one)


def test_the_words_arrive_with_the_number_the_page_and_a_key(inside: Flask) -> None:
    with gateway() as gate:
        reached_by(inside, webhook_key="secret", base_url="https://board.example.org")
        assert sent_to(inside, gate).state == "delivered"
    (post,) = gate.posts
    assert post.content["phone"] == "+8613800000001"
    assert post.content["text"].endswith("\nhttps://board.example.org/events/1")
    assert "下大雨" in post.content["text"]
    assert post.content["key"] == post.headers["Idempotency-Key"]
    assert "shift" not in post.headers["Idempotency-Key"]
    signed = f"{int(NOON.timestamp())}.".encode() + post.body
    digest = hmac.new(b"secret", signed, hashlib.sha256).hexdigest()
    assert post.headers["X-Volboard-Signature"] == f"sha256={digest}"
    assert post.headers["X-Volboard-Timestamp"] == str(int(NOON.timestamp()))


def test_the_words_are_in_the_reader_s_language(inside: Flask) -> None:
    remember_display(MAI.id, "en", None)
    with gateway() as gate:
        sent_to(inside, gate)
    assert gate.posts[0].content["language"] == "en"


@pytest.mark.parametrize(
    ("manner", "then", "fault"),
    [
        (200, "delivered", ""),
        (204, "delivered", ""),
        ("twice", "delivered", ""),
        ("slow", "delivered", ""),
        (302, "failed", "http_302"),
        (400, "failed", "http_400"),
        (404, "failed", "http_404"),
        (429, "waiting", "http_429"),
        (503, "waiting", "http_503"),
        (500, "unsure", "http_500"),
        (502, "unsure", "http_502"),
        ("close", "unsure", "no_answer"),
    ],
)
def test_what_becomes_of_a_message(inside: Flask, manner: int | str, then: str, fault: str) -> None:
    with gateway(manner) as gate:
        found = sent_to(inside, gate)
        assert (found.state, found.fault, found.attempts) == (then, fault, 1)
        deliver(found.id)
        assert len(gate.posts) == 1, "nothing is sent twice, or before its time"


class OnceAsked(Timer):
    """Goes off when the gateway has what was posted, instead of so many seconds later."""

    gate: Gateway

    def run(self) -> None:
        assert self.interval == posting.TIMEOUT
        self.gate.asked.wait(PATIENCE)
        self.function()


@pytest.mark.parametrize("manner", ["hang", "drip"])
def test_an_answer_that_never_ends_is_not_waited_for(
    inside: Flask, monkeypatch: pytest.MonkeyPatch, manner: str
) -> None:
    with gateway(manner) as gate:
        monkeypatch.setattr(posting, "Timer", type("Here", (OnceAsked,), {"gate": gate}))
        found = sent_to(inside, gate)
        assert (found.state, found.fault, found.attempts) == ("unsure", "no_answer", 1)
        deliver(found.id)
        assert len(gate.posts) == 1, "whoever may have it is not told again"


def test_a_gateway_that_is_not_there_is_tried_again(inside: Flask) -> None:
    reached_by(inside, webhook_url=f"http://127.0.0.1:{free_port()}/")
    one = a_message()
    deliver(one)
    found = delivery(one)
    assert (found.state, found.fault) == ("waiting", "no_connection")
    assert found.next_at == NOON + timedelta(minutes=1)
    with gateway() as gate, clock.standing_at(NOON + timedelta(minutes=1)):
        reached_by(inside, webhook_url=gate.url)
        deliver(one)
    assert state(one) == "delivered"


def test_after_the_last_try_it_has_failed(inside: Flask) -> None:
    with gateway(503) as gate:
        found = sent_to(inside, gate)
        while found.state == "waiting":
            with clock.standing_at(found.next_at):
                deliver(found.id)
            found = delivery(found.id)
    assert found.state == "failed"
    assert len(gate.posts) == len(DELAYS) + 1
    assert len(set(gate.arrived())) == 1, "the same key each time"


def test_the_pauses_between_tries_grow() -> None:
    pauses = [next_try(number, NOON) for number in range(1, len(DELAYS) + 2)]
    assert pauses[-1] is None
    assert pauses[:4] == [NOON + timedelta(minutes=m) for m in (1, 5, 15, 60)]


@pytest.mark.parametrize("gone", ["dropped", "expired"])
def test_what_is_not_true_any_more_is_not_sent(inside: Flask, gone: str) -> None:
    with gateway() as gate:
        reached_by(inside, webhook_url=gate.url)
        one = a_message(expires_at=NOON + HOUR if gone == "expired" else None)
        if gone == "dropped":
            drop("shift:1", [Kind.CANCELLED])
        with clock.standing_at(NOON + HOUR):
            deliver(one)
        assert state(one) == "dropped"
    assert gate.posts == []


def test_a_gateway_that_is_gone_is_left_alone_and_tried_later(inside: Flask) -> None:
    reached_by(inside, webhook_url=f"http://127.0.0.1:{free_port()}/")
    ids = [a_message(number=number) for number in range(1, 9)]
    for one in ids:
        deliver(one)
    tried = [one for one in ids if delivery(one).attempts]
    assert len(tried) == 3
    assert delivering.due(99) == ()
    with gateway() as gate, clock.standing_at(NOON + timedelta(minutes=2)):
        reached_by(inside, webhook_url=gate.url)
        for one in delivering.due(99):
            deliver(one)
    assert {state(one) for one in ids} == {"delivered"}


def test_after_a_rest_one_at_a_time_finds_out_whether_a_gateway_is_back(inside: Flask) -> None:
    rests = Rests()
    for _miss in range(3):
        assert rests.lets_in("webhook")
        rests.missed("webhook", True)
    assert not rests.lets_in("webhook")
    assert rests.lets_in("email")
    with clock.standing_at(NOON + timedelta(minutes=1)):
        assert rests.now() == ()
        assert [rests.lets_in("webhook") for _hand in range(3)] == [True, False, False]
        rests.missed("webhook", True)
    with clock.standing_at(NOON + timedelta(minutes=2)):
        assert not rests.lets_in("webhook"), "the second rest is longer"
    with clock.standing_at(NOON + timedelta(minutes=3)):
        assert rests.lets_in("webhook")
        rests.reached("webhook")
        assert [rests.lets_in("webhook") for _hand in range(3)] == [True, True, True]


def test_a_robot_brings_it_to_the_chat_group_of_its_community(inside: Flask) -> None:
    with gateway(answer=b'{"errcode":0,"errmsg":"ok"}') as gate:
        reached_by(inside, robots={"yanhe": gate.url, "tiebei": gate.url})
        tell_group("g", Kind.CANCELLED, "shift:1", 1, {"活动": "端午"}, "/events/1")
        tell_group("h", Kind.CANCELLED, "shift:1", 2, {"活动": "端午"}, "/events/1")
        reached_by(inside, robots={"yanhe": gate.url})
        for one in delivering.due(9):
            deliver(one)
    (post,) = gate.posts
    assert post.content["msgtype"] == "text"
    assert "端午" in post.content["text"]["content"]
    assert (state(1), state(2), delivery(2).fault) == ("delivered", "failed", "not_set_up")


def test_a_robot_that_says_no_in_a_good_answer_has_not_taken_it(inside: Flask) -> None:
    with gateway(answer=b'{"errcode":45009,"errmsg":"too many"}') as gate:
        reached_by(inside, robots={"yanhe": gate.url})
        tell_group("g", Kind.CANCELLED, "shift:1", 1, {"活动": "端午"}, "")
        deliver(1)
    assert (state(1), delivery(1).fault) == ("waiting", "robot_45009")


def test_no_word_number_or_address_is_in_a_log(
    inside: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    give_address(BAO, "bao@home.example")
    manners: tuple[int | str, ...] = (200, 400, 503, "close")
    for number, manner in enumerate(manners):
        with gateway(manner) as gate:
            reached_by(inside, smtp_url="", webhook_url=gate.url)
            for person in (MAI, BAO):
                deliver(a_message(person, number=number))
    reached_by(inside, smtp_url=f"smtp://127.0.0.1:{free_port()}", mail_from="x@board.example")
    deliver(a_message(BAO, number=7))
    said = capsys.readouterr()
    lines = (said.out + said.err).splitlines()
    assert len(lines) == 9
    assert '"state": "delivered"' in lines[0]
    forbidden = ("1380000000", "麦小芳", "鲍国强", "home.example", "端午", "社区活动室", "下大雨")
    assert [line for line in lines if any(word in line for word in forbidden)] == []


def test_a_key_tells_a_gateway_nothing() -> None:
    assert public_key("coming:shift:3:1") != public_key("coming:shift:3:2")
    assert "shift" not in public_key("coming:shift:3:1")
