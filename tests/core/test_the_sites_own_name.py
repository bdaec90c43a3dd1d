"""Once the site knows its own address, it answers to no other name."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from volboard.app import create_app
from volboard.core.security import hosts_of

Ask = Callable[..., FlaskClient]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Of a site whose address is board.example, and which is also called 社区.example."""
    settings = replace(app.extensions["settings"], base_url="https://board.example",
                       trusted_hosts=("xn--5kqu96b.example", ".in.example"))  # fmt: skip
    return create_app(settings).test_client(use_cookies=False)


@pytest.mark.parametrize(
    "host",
    ["board.example", "BOARD.example", "board.example:443", "board.example:8000",
     "xn--5kqu96b.example", "a.in.example"],
)  # fmt: skip
def test_its_own_names_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "board.example.evil.example", "evilboard.example", "127.0.0.1", "localhost",
     "board.example@evil.example", "board.example:80@evil.example", "a b", "", "[::1]", "\xff"],
)  # fmt: skip
def test_every_other_name_is_refused_in_words(client: FlaskClient, host: str) -> None:
    for path in ("/", "/sign-in", "/festivals", "/nothing"):
        for _again in range(2):
            answer = client.get(path, headers={"Host": host})
            assert answer.status_code == 400
            assert answer.text.count("不是这个网站") == 2, "as the title and as the heading"
            assert "evil" not in answer.text


def test_a_kept_page_is_given_to_no_other_name(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "board.example"}).headers["ETag"]
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_name_that_another_header_says_is_not_heard(client: FlaskClient) -> None:
    told = {"Host": "evil.example", "X-Forwarded-Host": "board.example",
            "Forwarded": "host=board.example"}  # fmt: skip
    assert client.get("/", headers=told).status_code == 400


def test_behind_a_proxy_it_is_the_name_that_the_proxy_tells(app: Flask) -> None:
    settings = replace(app.extensions["settings"], base_url="https://board.example", proxies=1)
    client = create_app(settings).test_client(use_cookies=False)
    good = {"Host": "127.0.0.1:8000", "X-Forwarded-Host": "evil.example, board.example"}
    evil = {"Host": "board.example", "X-Forwarded-Host": "board.example, evil.example"}
    assert client.get("/sign-in", headers=good).status_code == 200
    assert client.get("/sign-in", headers=evil).status_code == 400


def test_whether_we_are_well_may_be_asked_by_address(client: FlaskClient) -> None:
    for host in ("127.0.0.1:8000", "10.0.0.7", "localhost", "evil.example"):
        answer = client.get("/healthz", headers={"Host": host})
        assert answer.status_code == 200
        assert "evil" not in answer.text


def test_a_site_that_does_not_know_its_address_answers_to_any(app: Flask) -> None:
    client = app.test_client()
    for host in ("127.0.0.1", "board.example", "192.168.1.7:8000"):
        assert client.get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("base", "more", "names"),
    [("", (), ()), ("https://b.example/", (), ("b.example",)), ("", ("a",), ("a",)),
     ("https://B.example:8443", ("a",), ("b.example", "a")), ("nonsense", (), ())],
)  # fmt: skip
def test_the_names_come_from_the_settings(
    base: str, more: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert hosts_of(base, more) == names
