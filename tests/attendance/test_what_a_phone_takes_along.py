"""The worker and the empty gate that a phone keeps, and the knock that asks who is there."""

import json
import re
from collections.abc import Callable

from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import EVERYBODY, MAI, OLGA, Person
from volboard.core import clock

As = Callable[[Person], Visitor]
WORKER, SHELL, HELLO = (
    "/organize/gate-worker.js",
    "/organize/offline",
    "/organize/offline/hello.json",
)


def script(visitor: Visitor) -> str:
    return visitor.client.get(WORKER).get_data(as_text=True)


def test_the_worker_may_stand_before_the_gate_and_the_codes_and_is_asked_for_each_time(
    visitor: Visitor,
) -> None:
    answer = visitor.client.get(WORKER)
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers


def test_the_worker_keeps_all_that_its_page_asks_for(visitor: Visitor) -> None:
    found = re.search(r"self\.KEPT = (\[.*\]);", script(visitor))
    assert found is not None
    kept = set(json.loads(found[1]))
    page = visitor.open(SHELL)
    asked = {tag["src"] for tag in page.soup.select("script[src]")}
    asked |= {tag["href"] for tag in page.soup.select("link[href]")}
    assert asked == kept
    for path in kept | set(re.findall(r'importScripts\("(.*)"\)', script(visitor))):
        with visitor.client.get(path) as answer:
            assert answer.status_code == 200, path


def test_the_kept_gate_is_the_same_for_everybody_and_knows_nobody(
    app: Flask, visitor: Visitor, as_: As
) -> None:
    shift = a_gate(app)
    with at(0):
        as_(OLGA).open(gate(shift))
        pages = [who.client.get(SHELL).get_data(as_text=True) for who in (visitor, as_(OLGA))]
    assert pages[0] == pages[1]
    assert "csrf_token" not in pages[0]
    for person in EVERYBODY:
        assert person.name not in pages[0]
        assert person.phone not in pages[0]


def test_another_language_or_text_size_is_another_worker(visitor: Visitor) -> None:
    scripts = {script(visitor), script(visitor)}
    assert len(scripts) == 1
    for cookie in (("size", "large"), ("language", "en")):
        visitor.client.set_cookie(*cookie)
        scripts.add(script(visitor))
    assert len(scripts) == 3


def test_the_knock_says_who_is_there_and_what_time_it_is(as_: As) -> None:
    with at(7):
        answer = as_(OLGA).client.get(HELLO)
        assert answer.json is not None
        assert (answer.json["account"], answer.json["name"]) == (OLGA.id, "欧*兰")
        assert answer.json["now"] == clock.now().isoformat()
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_knocks_token_opens_what_it_is_for(app: Flask, as_: As) -> None:
    shift, olga = a_gate(app, MAI), as_(OLGA)
    url = f"/organize/shifts/{shift}/scans"
    body = {"account": OLGA.id, "scans": []}
    with at(1):
        token = olga.client.get(HELLO).get_json()["csrf"]
        assert olga.client.post(url, json=body).status_code == 400
        assert olga.client.post(url, json=body, headers={"X-CSRFToken": token}).status_code == 200


def test_nobody_else_is_answered(visitor: Visitor, as_: As) -> None:
    assert visitor.client.get(HELLO, headers={"HX-Request": "true"}).status_code == 401
    assert as_(MAI).client.get(HELLO, headers={"HX-Request": "true"}).status_code == 404
