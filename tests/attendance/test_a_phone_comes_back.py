"""A phone fetches the list, loses the network, and sends its presses when it is back."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.attendance.gate_of_river import a_gate, at
from tests.attendance.phones import logged, told
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.crowd import phone_of
from tests.support.statements import counted
from tests.support.town import NOON, viewer_of
from volboard.attendance.commands import check_in, check_out


def fetch(app: Flask, shift: int, person: Person = OLGA) -> TestResponse:
    cookie = phone_of(app, person.id).cookie
    return app.test_client(use_cookies=False).get(
        f"/organize/shifts/{shift}/gate/offline.json", headers={"Cookie": cookie}
    )


def post(
    app: Flask, shift: int, body: object, person: Person = OLGA, token: bool = True
) -> TestResponse:
    phone = phone_of(app, person.id)
    headers = {"Cookie": phone.cookie} | ({"X-CSRFToken": phone.token} if token else {})
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return app.test_client(use_cookies=False).post(
        f"/organize/shifts/{shift}/scans", data=data, content_type="application/json",
        headers=headers,
    )  # fmt: skip


def sent(minute: float = 1, **changes: Any) -> dict[str, Any]:
    """A press as a phone sends it."""
    at = (NOON + timedelta(minutes=minute)).isoformat()
    return {"nonce": "nonce-0001", "action": "in", "volunteer": MAI.id, "name": "", "phone": "",
            "at": at, "skew": 0, "how": "code"} | changes  # fmt: skip


def test_the_list_says_who_is_expected_and_hides_who_that_is(app: Flask) -> None:
    shift = a_gate(app, MAI, OLGA, BAO, capacity=2)
    with app.app_context(), at(2):
        check_in(shift, MAI.id, viewer_of(OTTO), "gate", "test")
    with at(5):
        answer = fetch(app, shift)
    said = answer.get_json()
    assert said["shift"] == {
        "id": shift, "title": "包粽子", "event": "端午包粽子",
        "starts_at": "2027-06-09T04:00:00+00:00", "ends_at": "2027-06-09T06:00:00+00:00",
        "opens_at": "2027-06-09T02:00:00+00:00",
    }  # fmt: skip
    assert (said["account"], said["now"]) == (OLGA.id, "2027-06-09T04:05:00.000+00:00")
    mai = next(one for one in said["people"] if one["id"] == MAI.id)
    code = hashlib.sha256(b"code-1").hexdigest()[:32]
    assert mai == {
        "id": MAI.id, "name": "麦*芳", "last4": "0001", "initials": "mxf", "code": code,
        "place": "seated", "state": "present", "since": "12:02", "own": False,
    }  # fmt: skip
    others = {one["id"]: (one["place"], one["state"], one["own"]) for one in said["people"]}
    assert others[BAO.id] == ("waiting", None, False)
    assert others[OLGA.id] == ("seated", None, True)
    assert not any(
        secret in answer.get_data(as_text=True) for secret in ("小芳", MAI.phone, "code-1")
    )
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_list_knows_who_has_left(app: Flask) -> None:
    shift = a_gate(app)
    with app.app_context():
        with at(2):
            check_in(shift, MAI.id, viewer_of(OTTO), "gate", "test")
        with at(9):
            check_out(shift, MAI.id, viewer_of(OTTO))
    people = {one["id"]: one for one in fetch(app, shift).get_json()["people"]}
    assert (people[MAI.id]["state"], people[MAI.id]["since"]) == ("left", "12:09")


def test_the_list_of_many_costs_as_many_statements_as_of_few(app: Flask) -> None:
    few, many = a_gate(app, MAI), a_gate(app, BAO, OTTO, TIAN)
    fetch(app, few)
    with counted(app) as first:
        fetch(app, few)
    with counted(app) as second:
        fetch(app, many)
    assert len(first) == len(second) <= 4


def test_what_the_phone_kept_is_taken_and_each_press_is_answered(app: Flask) -> None:
    shift = a_gate(app)
    scans = [sent(1), sent(3, nonce="nonce-0002", action="undo_in"),
             sent(4, nonce="nonce-0003", volunteer=BAO.id, how="gate"),
             sent(5, nonce="nonce-0004", volunteer=OLGA.id)]  # fmt: skip
    with at(10):
        answer = post(app, shift, {"account": OLGA.id, "scans": scans})
    said = answer.get_json()
    assert (answer.status_code, said["now"]) == (200, "2027-06-09T04:10:00.000+00:00")
    assert said["results"] == [
        {"nonce": "nonce-0001", "outcome": "done", "sentence": "麦*芳 已签到 12:01 由欧*兰签到",
         "volunteer": MAI.id},
        {"nonce": "nonce-0002", "outcome": "done", "sentence": "麦*芳：撤销了 还没有签到",
         "volunteer": MAI.id},
        {"nonce": "nonce-0003", "outcome": "done", "sentence": "鲍*强 已签到 12:04 由欧*兰签到",
         "volunteer": BAO.id},
        {"nonce": "nonce-0004", "outcome": "refused", "volunteer": OLGA.id,
         "sentence": "不能给自己或家人签到、签退。请另一位组织者来做。"},
    ]  # fmt: skip
    with app.app_context():
        assert told(shift)[BAO.id].device == f"{OLGA.id:06x}"


def test_presses_of_another_account_are_not_taken_for_ones_own(app: Flask) -> None:
    shift = a_gate(app)
    with at(10):
        answer = post(app, shift, {"account": OTTO.id, "scans": [sent()]})
    assert answer.status_code == 409
    assert "另一个账号" in answer.get_json()["sentence"]
    with app.app_context():
        assert logged() == []


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b'{"scans": 1}', b'{"account": 3}',
     b'{"account": 3, "scans": [{"skew": NaN}]}',
     json.dumps({"account": 3, "scans": [{}] * 201}).encode(), b"[" * 100_000,
     b'{"account": 3, "scans": [' + b'{"a":' * 30_000],
)  # fmt: skip
def test_a_batch_that_makes_no_sense_is_refused_in_words(app: Flask, body: bytes) -> None:
    shift = a_gate(app)
    answer = post(app, shift, body)
    assert (answer.status_code, bool(answer.get_json()["sentence"])) == (422, True)


def test_a_batch_that_is_no_text_is_refused_as_every_such_request(app: Flask) -> None:
    assert post(app, a_gate(app), b"\xff\xfe").status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": ""}, {"nonce": None}, {"nonce": "x" * 65}, {"nonce": "nonce\x000001"},
        {"nonce": ["nonce-0001"]}, {"action": "fly"}, {"action": None}, {"action": ["in"]},
        {"volunteer": None}, {"volunteer": "1"}, {"volunteer": True}, {"volunteer": 0},
        {"volunteer": 2**63}, {"volunteer": 1.0}, {"at": None}, {"at": "yesterday"}, {"at": 5},
        {"at": "2027-06-09T12:00:00"}, {"at": "1970-01-01T00:00:00Z"},
        {"at": "9999-12-31T23:59:59Z"}, {"skew": "0"}, {"skew": None}, {"skew": True},
        {"skew": 1e300}, {"name": 7}, {"phone": ["1"]},
        {"name": "王" * 101}, {"action": "walk_in"},
        {"action": "walk_in", "name": "王\x00妈", "phone": "13912345678"},
        {"action": "walk_in", "name": "王大妈", "phone": "0453-3120001"},
        {"action": "walk_in", "name": "", "phone": "13912345678"},
    ],
)  # fmt: skip
def test_a_press_that_makes_no_sense_is_refused_and_the_next_is_taken(
    app: Flask, change: dict[str, Any]
) -> None:
    shift = a_gate(app)
    with at(10):
        answer = post(app, shift, {"account": OLGA.id, "scans": [
            sent(**change), sent(nonce="nonce-0002", volunteer=BAO.id)]})  # fmt: skip
    bad, good = answer.get_json()["results"]
    assert (bad["outcome"], bool(bad["sentence"])) == ("refused", True)
    assert good["outcome"] == "done"
    with app.app_context():
        assert list(told(shift)) == [BAO.id]


@pytest.mark.parametrize("what", [None, 7, "in", [], [1]])
def test_what_is_no_press_at_all_is_refused(app: Flask, what: object) -> None:
    shift = a_gate(app)
    with at(10):
        answer = post(app, shift, {"account": OLGA.id, "scans": [what]})
    assert answer.get_json()["results"][0]["outcome"] == "refused"


def test_an_unknown_way_is_the_gate(app: Flask) -> None:
    shift = a_gate(app)
    with at(10):
        post(app, shift, {"account": OLGA.id, "scans": [sent(how="官方\x00")]})
    with app.app_context():
        assert told(shift)[MAI.id].how == "gate"


def test_without_the_pages_token_nothing_is_taken(app: Flask) -> None:
    shift = a_gate(app)
    with at(10):
        body = {"account": OLGA.id, "scans": [sent()]}
        assert post(app, shift, body, token=False).status_code == 400
    with app.app_context():
        assert logged() == []


@pytest.mark.parametrize("person", [MAI, TIAN])
def test_strangers_to_the_gate_learn_nothing(app: Flask, person: Person) -> None:
    shift = a_gate(app)
    assert fetch(app, shift, person).status_code == 404
    with at(10):
        body = {"account": person.id, "scans": [sent()]}
        assert post(app, shift, body, person).status_code == 404
    with app.app_context():
        assert logged() == []
