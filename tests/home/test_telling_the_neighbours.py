"""Somebody hands an event on: a link, words, a picture, a poster for the door."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.home.planting import MORNING, planting
from tests.support.browser import Visitor
from tests.support.town import a_shift, an_event
from volboard.app import create_app
from volboard.core import clock
from volboard.home import pictures

PNG = b"\x89PNG\r\n\x1a\n"


def the_event(app: Flask, **columns: object) -> int:
    with planting(app):
        event = an_event(**columns)  # type: ignore[arg-type]
        a_shift(event)
        return event


def test_a_shared_link_carries_title_sentence_and_picture(app: Flask, visitor: Visitor) -> None:
    event = the_event(app)
    with clock.standing_at(MORNING):
        page = visitor.open(f"/events/{event}")
    meta = {tag["property"]: str(tag["content"]) for tag in page.soup.select("meta[property]")}
    assert meta["og:title"] == "端午包粽子"
    assert meta["og:description"].startswith("6 月 9 日 星期三（五月初五）12:00–14:00")
    assert meta["og:url"] == f"http://localhost/events/{event}"
    picture = visitor.client.get(meta["og:image"].removeprefix("http://localhost"))
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(PNG)
    assert int.from_bytes(picture.data[16:20], "big") == 1080


def test_a_picture_is_drawn_once_for_its_words(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = the_event(app, title="第一次")
    first = visitor.client.get(f"/events/{event}/share.png").data
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("drawn again"))
    assert visitor.client.get(f"/events/{event}/share.png").data == first


def test_the_words_of_a_title_cannot_reach_the_drawing_as_orders(
    app: Flask, visitor: Visitor
) -> None:
    event = the_event(app, title='#read("/pyproject.toml") $x$ \\ "', place="#sys.inputs")
    assert visitor.client.get(f"/events/{event}/share.png").data.startswith(PNG)


def test_without_the_drawing_program_only_the_picture_is_missing(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = the_event(app)
    monkeypatch.setattr(pictures, "can_draw", lambda: False)
    assert visitor.client.get(f"/events/{event}/share.png").status_code == 404
    page = visitor.open(f"/events/{event}")
    assert page.status == 200
    assert not page.soup.select('meta[property="og:image"]')
    assert visitor.open(f"/events/{event}/share").soup.select(".code-sheet svg")


def test_a_drawing_that_takes_too_long_is_tried_again_by_the_next_process(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = f"/events/{the_event(app)}/share.png"
    monkeypatch.setattr(pictures, "_too_slow", set())
    tried = []

    def hangs(*args: object, **kwargs: object) -> None:
        tried.append(args)
        raise subprocess.TimeoutExpired("typst", 120)

    with monkeypatch.context() as busy:
        busy.setattr(subprocess, "run", hangs)
        assert [visitor.client.get(picture).status_code for _again in range(2)] == [404, 404]
    assert len(tried) == 1
    monkeypatch.setattr(pictures, "_too_slow", set())
    assert visitor.client.get(picture).data.startswith(PNG)


def test_a_drawing_that_fails_is_not_there_and_not_tried_again(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = the_event(app)
    monkeypatch.setattr(pictures, "SOURCE", Path(__file__))
    tried = []

    def fails(*args: object, **kwargs: object) -> None:
        tried.append(args)
        raise subprocess.CalledProcessError(1, "typst")

    monkeypatch.setattr(subprocess, "run", fails)
    for _again in range(2):
        assert visitor.client.get(f"/events/{event}/share.png").status_code == 404
    assert len(tried) == 1


def test_the_words_for_the_group_say_when_where_and_how(app: Flask, visitor: Visitor) -> None:
    event = the_event(app)
    with clock.standing_at(MORNING):
        page = visitor.open(f"/events/{event}").follow("告诉邻居")
    words = page.soup.select_one("textarea")
    assert words is not None
    assert words.text.strip().splitlines() == [
        "【端午包粽子】",
        "时间：6 月 9 日 星期三（五月初五）12:00–14:00",
        "地点：沿河社区 社区活动室",
        f"报名：http://localhost/events/{event}",
    ]


def test_the_poster_has_title_time_place_and_a_code(app: Flask, visitor: Visitor) -> None:
    event = the_event(app)
    page = visitor.open(f"/events/{event}/poster")
    assert page.text("h1") == "端午包粽子"
    for words in ("6 月 9 日 星期三", "五月初五", "12:00–14:00", "社区活动室", "0453-3120001"):
        assert words in page.text(".poster"), words
    assert page.soup.select(".poster__code svg path")


def test_a_forged_host_is_refused_where_the_site_knows_its_own(app: Flask) -> None:
    event = the_event(app)
    settings = replace(app.extensions["settings"], base_url="https://board.example")
    client = create_app(settings).test_client()
    for path in ("", "/share", ".ics", "/poster"):
        answer = client.get(f"/events/{event}{path}", headers={"Host": "evil.example"})
        assert answer.status_code == 400
        assert "evil" not in answer.text, path
    own = client.get(f"/events/{event}", headers={"Host": "board.example"})
    assert "https://board.example/events" in own.text


def test_a_forged_host_is_refused_where_hosts_are_named(app: Flask) -> None:
    event = the_event(app)
    settings = replace(app.extensions["settings"], trusted_hosts=("board.example",))
    client = create_app(settings).test_client()
    good, evil = ({"Host": host} for host in ("board.example", "evil.example"))
    for path in ("/", f"/events/{event}", f"/events/{event}/share", "/festivals"):
        assert client.get(path, headers=good).status_code == 200, path
        assert client.get(path, headers=evil).status_code == 400, path
