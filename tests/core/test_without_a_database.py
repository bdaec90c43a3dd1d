"""The database is broken, away or busy: each page of an error is still one that people can read."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, abort
from werkzeug.test import TestResponse

from tests.conftest import both_engines, settings_for
from tests.support.browser import Visitor
from tests.support.cast import MAI
from tests.support.crowd import signed_in
from volboard.app import create_app
from volboard.core import trouble
from volboard.core.db import db
from volboard.core.failures import REFUSED

As = Callable[..., Visitor]
ERRORS = (403, 404, 405, 408, 411, 413, 429, 500, 503)


@pytest.fixture(autouse=True)
def _nothing_was_said_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "_said", {})


def broken(app: Flask, how: str, folder: Path) -> None:
    """Take the database away."""
    with app.app_context():
        url = db.engine.url
        db.engine.dispose()
    path = Path(url.database or "")
    if how == "garbage":
        path.write_bytes(b"this is no database at all" * 1000)
    else:
        path.rename(folder / "elsewhere")
        if how == "a folder":
            path.mkdir()
    for log in ("-wal", "-shm"):
        path.with_name(path.name + log).unlink(missing_ok=True)


@pytest.fixture(params=["garbage", "a folder", "empty"])
def mai(app: Flask, tmp_path: Path, request: pytest.FixtureRequest) -> Visitor:
    """Mai's phone, on which she signed in when all was well."""
    visitor = signed_in(app, MAI.id)
    broken(app, request.param, tmp_path)
    return visitor


def words_of(answer: TestResponse) -> str:
    """The page's text; an empty white page is none."""
    text = answer.get_data(as_text=True)
    assert "<h1" in text, text[:300]
    assert "</html>" in text
    return text


def test_a_page_says_that_it_cannot_be_opened_now(mai: Visitor) -> None:
    for path in ("/", "/me", "/me/hours", "/events/1"):
        answer = mai.client.get(path)
        assert answer.status_code == 503, path
        assert "现在打不开" in words_of(answer)
        assert answer.headers["Retry-After"]


def test_it_says_so_in_the_visitors_language_and_size(mai: Visitor) -> None:
    cookies = {"Cookie": "language=en; size=large"}
    visitor = mai.client.application.test_client(use_cookies=False)
    text = words_of(visitor.get("/teams", headers=cookies))
    assert 'lang="en"' in text
    assert 'data-size="large"' in text
    assert "现在打不开" not in text
    text = words_of(visitor.get("/teams", headers={"Accept-Language": "en"}))
    assert 'lang="en"' in text


def test_a_press_tells_whether_it_was_stored(mai: Visitor) -> None:
    answer = mai.client.post("/display", data={"size": "large"})
    assert answer.status_code in (303, 503)
    mai.client.application.config["WTF_CSRF_ENABLED"] = False
    answer = mai.client.post("/shifts/1/sign-up", data={"volunteer": "1"})
    assert answer.status_code == 503
    assert "刚才多半没有存上" in words_of(answer)
    answer = mai.client.post(
        "/shifts/1/sign-up", data={"volunteer": "1"}, headers={"HX-Request": "true"}
    )
    assert answer.headers["HX-Retarget"] == "#notices"
    assert "刚才多半没有存上" in answer.get_data(as_text=True)


@pytest.mark.parametrize("status", ERRORS)
def test_every_error_has_its_page(app: Flask, tmp_path: Path, status: int) -> None:
    @app.get(f"/fails/{status}")
    def fail() -> str:
        if status == 500:
            raise RuntimeError("a fault of ours")
        abort(status)

    mai = signed_in(app, MAI.id)
    broken(app, "garbage", tmp_path)
    for headers in ({}, {"HX-Request": "true"}):
        app.testing = False
        answer = mai.client.get(f"/fails/{status}", headers=headers)
        assert answer.status_code == status
        assert "notice" in answer.get_data(as_text=True) if headers else words_of(answer)


def test_what_the_server_refused_has_its_page_too(app: Flask, tmp_path: Path) -> None:
    mai = signed_in(app, MAI.id)
    broken(app, "garbage", tmp_path)
    for status, words in ((408, "网太慢了"), (413, "内容太大"), (503, "现在人太多")):
        answer = mai.client.post("/display", environ_overrides={REFUSED: status})
        assert answer.status_code == status
        assert words in words_of(answer)


def test_one_cause_is_one_line_without_a_traceback(
    mai: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    for _each in range(5):
        mai.client.get("/me")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    causes = [line for line in lines if line["event"] == "database"]
    assert len(causes) == 1
    assert "exception" not in causes[0]
    assert not [line for line in lines if "exception" in line]
    assert [line["status"] for line in lines if line["event"] == "request"] == [503] * 5


def test_health_tells_it(mai: Visitor) -> None:
    assert mai.client.get("/healthz").status_code == 503


def test_it_comes_back_by_itself(app: Flask, tmp_path: Path) -> None:
    mai = signed_in(app, MAI.id)
    with app.app_context():
        path = Path(str(db.engine.url.database))
    broken(app, "a folder", tmp_path)
    assert mai.client.get("/me").status_code == 503
    path.rmdir()
    (tmp_path / "elsewhere").rename(path)
    assert mai.client.get("/me").status_code == 200


def test_a_postgresql_that_does_not_answer_is_a_page(tmp_path: Path) -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    app = create_app(settings_for(tmp_path, url))
    answer = signed_in(app, MAI.id).client.get("/me")
    assert answer.status_code == 503
    assert "现在打不开" in words_of(answer)


@both_engines
def test_a_fault_in_a_statement_is_a_fault_of_ours(app: Flask) -> None:
    @app.get("/wrong")
    def wrong() -> str:
        db.session.execute(db.text("INSERT INTO accounts (id, phone) VALUES (1, NULL)"))
        return ""

    app.testing = False
    assert Visitor(app).client.get("/wrong").status_code == 500
