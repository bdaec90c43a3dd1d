"""The finished bytes of public pages: never old, never somebody's own."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, Response
from werkzeug.test import TestResponse

from tests.conftest import both_engines
from tests.home.planting import MORNING, counted_statements, planting
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA
from tests.support.town import NOON, a_shift, an_event
from volboard.app import create_app
from volboard.core import clock
from volboard.home import front
from volboard.signups.commands import sign_up

ELSEWHERE = """
from datetime import timedelta
from tests.support.town import an_event
from volboard.app import create_app
with create_app().app_context():
    an_event(title="别处写的")
"""


def get(app: Flask, url: str = "/", **headers: str) -> TestResponse:
    """What somebody without cookies gets, uncompressed."""
    return app.test_client(use_cookies=False).get(
        url, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def is_kept(app: Flask, url: str = "/", **headers: str) -> bool:
    """Whether the page comes without a single statement."""
    with counted_statements(app) as statements:
        assert get(app, url, **headers).status_code == 200
    return not statements


@both_engines
def test_the_second_visitor_costs_no_statement(app: Flask) -> None:
    with planting(app):
        event = an_event()
    with clock.standing_at(MORNING):
        for url in ("/", f"/events/{event}", "/festivals", "/?free=1"):
            first = get(app, url)
            assert is_kept(app, url), url
            assert get(app, url).data == first.data


@both_engines
def test_a_write_is_seen_by_the_next_visitor(app: Flask) -> None:
    with clock.standing_at(MORNING):
        get(app)
        assert is_kept(app)
        with planting(app):
            an_event(title="新来的")
        assert "新来的" in get(app).text


@both_engines
def test_a_write_of_another_process_is_seen_by_the_next_visitor(
    app: Flask, tmp_path: Path, database_url: str
) -> None:
    with clock.standing_at(MORNING):
        get(app)
        assert is_kept(app)
        environ = {"VOLBOARD_INSTANCE": str(tmp_path), "VOLBOARD_DATABASE_URL": database_url}
        subprocess.run([sys.executable, "-c", ELSEWHERE], check=True, env=environ)
        assert "别处写的" in get(app).text


def test_a_seat_taken_is_seen_on_the_board_at_once(app: Flask) -> None:
    with clock.standing_at(MORNING):
        with planting(app):
            shift = a_shift(capacity=2)
        assert "还有 2 个名额" in get(app).text
        with planting(app):
            sign_up(MAI.id, shift, MAI.id)
        assert "还有 1 个名额" in get(app).text


def test_a_person_signed_in_gets_and_leaves_nothing_there(
    app: Flask, as_: Callable[..., Visitor]
) -> None:
    with planting(app):
        event = an_event()
    with clock.standing_at(MORNING):
        mai = as_(MAI)
        for url in ("/", f"/events/{event}"):
            own = mai.client.get(url)
            assert "/me" in own.text
            assert "/me" not in get(app, url).text
            assert "/me" in mai.client.get(url).text
            assert own.headers["Cache-Control"] == "no-store"


def test_any_cookie_but_the_display_s_goes_past_the_cache(app: Flask) -> None:
    with clock.standing_at(MORNING):
        get(app)
        assert not is_kept(app, Cookie="session=forged")
        assert not is_kept(app, Cookie="remember_token=1")
        assert not is_kept(app, Cookie="size=large; session=forged")
        assert not is_kept(app, Cookie="=;=")
        assert not is_kept(app, HX_Request="true")


def test_languages_and_sizes_do_not_mix(app: Flask) -> None:
    with clock.standing_at(MORNING):
        seen = {
            (lang, size): get(app, Cookie=f"language={lang}; size={size}").text
            for lang in ("zh", "en") for size in ("normal", "large")
        }  # fmt: skip
        assert len(set(seen.values())) == 4
        for (lang, size), text in seen.items():
            assert f'data-size="{size}"' in text
            assert is_kept(app, Cookie=f"language={lang}; size={size}")
            assert get(app, Cookie=f"language={lang}; size={size}").text == text
        assert 'lang="en"' in get(app, Accept_Language="en-GB,en;q=0.9").text
        assert 'lang="zh-CN"' in get(app, Accept_Language="zh-Hans-CN,en;q=0.5").text


def test_hosts_do_not_mix(app: Flask) -> None:
    with planting(app):
        event = an_event()
    with clock.standing_at(MORNING):
        assert (
            "http://evil.example/events" in get(app, f"/events/{event}", Host="evil.example").text
        )
        assert "evil.example" not in get(app, f"/events/{event}", Host="board.example").text


def test_each_browser_gets_the_compression_that_it_takes(app: Flask) -> None:
    with clock.standing_at(MORNING):
        for accepted, sent in (("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"),
                               ("identity", None), ("", None)):  # fmt: skip
            for _again in range(2):
                assert get(app, Accept_Encoding=accepted).headers.get("Content-Encoding") == sent


def test_the_start_of_an_event_changes_its_slip(app: Flask) -> None:
    with planting(app):
        a_shift()
    with clock.standing_at(NOON - timedelta(seconds=1)):
        assert "正在进行" not in get(app).text
        assert is_kept(app)
    with clock.standing_at(NOON):
        assert "正在进行" in get(app).text
    with clock.standing_at(NOON + timedelta(hours=2)):
        assert "端午包粽子" not in get(app).text


def test_midnight_in_beijing_changes_the_festivals(app: Flask) -> None:
    late = NOON.replace(hour=23, minute=59)
    with clock.standing_at(late):
        assert "今天是端午节" in get(app, "/festivals").text
        assert is_kept(app, "/festivals")
    with clock.standing_at(late + timedelta(minutes=1)):
        assert "今天是端午节" not in get(app, "/festivals").text


def test_a_head_has_the_headers_of_the_page_and_no_body(app: Flask) -> None:
    with clock.standing_at(MORNING):
        for _again in range(2):
            head = app.test_client().head("/")
            page = get(app)
            assert head.data == b""
            assert head.headers["ETag"] == page.headers["ETag"]
            assert head.headers["Content-Length"] == page.headers["Content-Length"]


def test_a_browser_that_has_the_page_is_told_so(app: Flask) -> None:
    with clock.standing_at(MORNING):
        page = get(app)
        tag = page.headers["ETag"]
        assert tag.startswith('"')
        again = get(app, If_None_Match=f'"other", {tag}')
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert get(app, If_None_Match='"other"').status_code == 200
        with planting(app):
            an_event()
        assert get(app, If_None_Match=tag).status_code == 200


def test_a_kept_page_carries_the_safety_headers_and_no_cookie(app: Flask) -> None:
    with clock.standing_at(MORNING):
        get(app)
        kept = get(app)
    assert "default-src 'none'" in kept.headers["Content-Security-Policy"]
    assert kept.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in kept.headers["Vary"]
    assert "Set-Cookie" not in kept.headers
    assert "csrf_token" not in kept.text


def test_an_answer_with_a_cookie_is_never_kept(app: Flask) -> None:
    @app.after_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie("session", "of one person")
        return response

    with clock.standing_at(MORNING):
        get(app)
        assert not is_kept(app)


def test_a_draft_opened_by_its_organizer_is_not_there_for_a_visitor(
    app: Flask, as_: Callable[..., Visitor]
) -> None:
    with planting(app):
        event = an_event(state="draft")
    with clock.standing_at(MORNING):
        assert as_(OLGA).open(f"/events/{event}").status == 200
        assert get(app, f"/events/{event}").status_code == 404


def test_the_shelf_holds_so_many_pages_and_no_more(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "PLACES", 3)
    with clock.standing_at(MORNING):
        for number in range(5):
            get(app, f"/?page={number + 1}")
        assert is_kept(app, "/?page=5")
        assert not is_kept(app, "/?page=1")


def test_it_can_be_switched_off(app: Flask) -> None:
    settings = replace(app.extensions["settings"], front_cache=False)
    plain = create_app(settings)
    with clock.standing_at(MORNING):
        get(plain)
        assert not is_kept(plain)
        assert "ETag" not in get(plain).headers
