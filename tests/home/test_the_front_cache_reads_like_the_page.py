"""Whatever is sent, what the cache answers is the page made anew, and nobody's own."""

from http.cookies import CookieError, SimpleCookie

import pytest
from flask import Flask

from tests.home.front_rounds import Town
from volboard.core.i18n import SIZES
from volboard.home import front_key
from volboard.home.front_key import Form

REQUESTS = 1000


def test_generated_requests_are_answered_as_by_the_page_made_anew(app: Flask) -> None:
    town = Town(app, seed=9)
    different, tagged = town.play(REQUESTS)
    assert different == []
    assert tagged > REQUESTS / 4, "the cache was hardly used"
    assert town.shelf()
    assert town.shows_somebody() == []


def by_hand(query: str, cookie: str, languages: str, encodings: str) -> tuple[Form, str] | None:
    """A parser of its own, as the front cache had one."""
    try:
        cookies = {name: found.value for name, found in SimpleCookie(cookie).items()}
    except CookieError:
        return None
    if cookie.strip() and not (cookies and cookies.keys() <= {"language", "size"}):
        return None
    size = cookies.get("size", "")
    chosen = cookies.get("language") or ("en" if languages.startswith("en") else "zh")
    return Form(chosen, size if size in SIZES else SIZES[0]), "identity"


def test_with_a_parser_of_its_own_the_difference_is_found(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_key, "read_form", by_hand)
    different, _tagged = Town(app, seed=9).play(250)
    assert different


def test_a_page_that_knows_somebody_is_not_kept_whatever_was_read(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_key, "read_form", lambda *_told: (Form("zh", "normal"), "identity"))
    town = Town(app, seed=1)
    for cookie in town.chance.sessions:
        client = app.test_client(use_cookies=False)
        assert "ETag" not in client.get("/", headers={"Cookie": cookie}).headers
    assert town.shelf() == []


def test_a_page_that_was_shown_in_another_way_than_was_read_is_not_kept(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_key, "read_form", lambda *_told: (Form("zh", "normal"), "identity"))
    client = app.test_client(use_cookies=False)
    for cookie in ("language=en", "size=large"):
        assert "ETag" not in client.get("/", headers={"Cookie": cookie}).headers
    assert "ETag" in client.get("/").headers


@pytest.mark.parametrize(
    "cookie",
    ["language=en; language=zh", "language=zh; language=zh", 'x={"a": 1}; session=forged',
     'language="en"', "language=en;size=large", "language=xx", "language=en; ", "a=b",
     "language=\xff", "language=en, size=large"],
)  # fmt: skip
def test_what_is_not_plainly_read_is_not_kept(app: Flask, cookie: str) -> None:
    client = app.test_client(use_cookies=False)
    assert "ETag" not in client.get("/", headers={"Cookie": cookie}).headers
    assert "ETag" in client.get("/", headers={"Cookie": "language=en; size=large"}).headers


def test_two_languages_in_one_cookie_change_the_board_for_nobody_else(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    for twice in ("language=en; language=zh", "language=zh; language=en"):
        client.get("/", headers={"Cookie": twice})
        for plain, shown in (("language=zh", 'lang="zh-CN"'), ("language=en", 'lang="en"')):
            assert shown in client.get("/", headers={"Cookie": plain}).text


def test_the_cookie_of_another_program_makes_nobody_a_visitor(app: Flask) -> None:
    town = Town(app, seed=1)
    client = app.test_client(use_cookies=False)
    client.get("/", headers={"Cookie": "language=zh"})
    for odd in ('prefs={"a": 1}', "x=\xff\xfe", 'x="unclosed', "=;="):
        cookie = f"language=zh; {odd}; {town.chance.sessions[0]}"
        assert "/me" in client.get("/", headers={"Cookie": cookie}).text, odd


def test_a_long_cookie_is_made_anew(app: Flask) -> None:
    answer = app.test_client().get("/?q=" + "a" * front_key.LONGEST)
    assert "ETag" not in answer.headers
