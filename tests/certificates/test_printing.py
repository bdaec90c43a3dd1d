"""Somebody opens a proof as PDF or picture, and its code leads a stranger to the right page."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.certificates.decoding import codes_in
from tests.certificates.service import a_sheet, stored
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, Person
from tests.support.crowd import phone_of
from tests.support.statements import counted
from volboard.app import create_app
from volboard.certificates import printing, proof_views
from volboard.core.security import limiter

As = Callable[[Person], Visitor]
PDF, PNG = b"%PDF-1.", b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def press(app: Flask) -> Iterator[None]:
    """The press may be asked past the pages."""
    with app.test_request_context():
        yield


def get(visitor: Visitor, path: str) -> TestResponse:
    limiter.reset()
    return visitor.client.get(path)


def test_the_code_in_the_picture_leads_a_stranger_to_the_proof(
    app: Flask, as_: As, number: str
) -> None:
    answer = get(as_(MAI), f"/certificates/{number}.png")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    with app.app_context():
        assert codes_in(answer.data) == [f"http://localhost/verify/{stored(number).code}"]
    page = Visitor(app).open(urlsplit(codes_in(answer.data)[0]).path)
    assert page.text("h1") == "这张证明是真的"
    assert number in page.text(".facts")


def test_the_sites_own_address_is_printed_whatever_host_is_asked(app: Flask, number: str) -> None:
    settings = replace(app.extensions["settings"], base_url="https://board.example")
    site = create_app(settings)
    client, path = site.test_client(use_cookies=False), f"/certificates/{number}.png"
    cookie = {"Cookie": phone_of(site, MAI.id).cookie}
    assert client.get(path, headers=cookie | {"Host": "evil.example"}).status_code == 400
    answer = client.get(path, headers=cookie | {"Host": "board.example"})
    assert codes_in(answer.data)[0].startswith("https://board.example/verify/")


def test_the_page_of_the_proof_shows_the_same_code(app: Flask, as_: As, number: str) -> None:
    page = as_(MAI).open(f"/certificates/{number}")
    with app.app_context():
        assert f"http://localhost/verify/{stored(number).code}" in page.text(".proof")


def test_the_file_has_a_chinese_name_and_an_ascii_one(as_: As, number: str) -> None:
    for kind, starts in (("pdf", PDF), ("png", PNG)):
        answer = get(as_(MAI), f"/certificates/{number}.{kind}")
        assert answer.data.startswith(starts)
        assert answer.headers["Cache-Control"] == "no-store"
        plain, _sep, chinese = answer.headers["Content-Disposition"].partition(
            "; filename*=UTF-8''"
        )
        assert plain == f'inline; filename="certificate-{number}.{kind}"'
        assert unquote(chinese) == f"志愿服务记录证明-麦小芳-{number}.{kind}"
        assert chinese.isascii()


@pytest.mark.parametrize("name", ['a"b', "a\r\nX: y", "../../x", "a;b", "a'b", "王\\芳", "名" * 60])
def test_no_name_breaks_out_of_the_header(press: None, name: str) -> None:
    header = proof_views._file(a_sheet(name=name), b"", "pdf").headers["Content-Disposition"]
    chinese = header.partition("filename*=UTF-8''")[2]
    assert header.count('"') == 2
    assert not set(unquote(chinese)) & set("\"\\/;\r\n'")


def test_the_pages_of_a_picture_are_asked_for_one_by_one(
    as_: As, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "pictures", lambda proof, url: (b"one", b"two"))
    pages = {"": b"one", "?page=1": b"one", "?page=2": b"two"}
    for query, content in pages.items():
        assert get(as_(MAI), f"/certificates/{number}.png{query}").data == content
    for odd in ("0", "-1", "3", "x", "1000", "9" * 20):
        assert get(as_(MAI), f"/certificates/{number}.png?page={odd}").status_code == 404


def test_setting_writes_nothing_and_asks_one_statement(app: Flask, as_: As, number: str) -> None:
    visitor = as_(MAI)
    visitor.open(f"/certificates/{number}")
    with counted(app) as statements:
        get(visitor, f"/certificates/{number}.pdf")
    assert all(one.startswith("SELECT") for one in statements)
    assert sum("certificates" in one for one in statements) == 1


def test_one_at_a_time_and_who_comes_meanwhile_is_asked_to_wait(
    app: Flask, as_: As, number: str
) -> None:
    with printing._turn():
        page = as_(MAI).open(f"/certificates/{number}.pdf")
    assert page.status == 503
    assert "再试" in page.whole_text
    assert get(as_(MAI), f"/certificates/{number}.pdf").status_code == 200


@pytest.mark.parametrize("problem", [subprocess.CalledProcessError(1, "x"), OSError(),
                                     subprocess.TimeoutExpired("x", 1)])  # fmt: skip
def test_a_press_that_fails_frees_its_place(
    app: Flask, as_: As, number: str, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise problem

    with monkeypatch.context() as broken:
        broken.setattr(subprocess, "run", fails)
        for _again in range(3):
            assert as_(MAI).open(f"/certificates/{number}.pdf").status == 503
    assert get(as_(MAI), f"/certificates/{number}.pdf").status_code == 200


def test_without_the_press_the_page_itself_can_be_printed(
    app: Flask, as_: As, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "can_print", lambda: False)
    page = as_(OLGA).open(f"/certificates/{number}")
    assert page.soup.select("[data-print]")
    assert not page.soup.select('a[href$=".pdf"], img')
    assert as_(OLGA).open(f"/certificates/{number}.pdf").status == 503


def test_asking_too_often_is_slowed_down(
    as_: As, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.setattr(printing, "_run", lambda asked: (9).to_bytes(8, "big") + b"%PDF-1.7\n")
    visitor = as_(MAI)
    limiter.reset()
    answers = [visitor.client.get(f"/certificates/{number}.pdf").status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    limiter.reset()
