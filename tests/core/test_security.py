"""What every answer carries, and which writes are refused before anybody looks at them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.support.browser import Visitor
from tests.support.cast import MAI, PASSWORD, Person
from volboard.app import create_app
from volboard.config import Settings
from volboard.core.access import Access, GuardedBlueprint
from volboard.core.db import db

PAGES = ["/", "/sign-in", "/healthz", "/nothing-here", "/festivals"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_the_strict_content_policy(visitor: Visitor, path: str) -> None:
    headers = visitor.client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_signed_in_page_is_kept_by_nobody(as_: Callable[[Person], Visitor]) -> None:
    headers = as_(MAI).client.get("/me/account").headers
    assert headers["Cache-Control"] == "no-store"
    assert "Cookie" in headers["Vary"]


def test_a_form_without_its_token_is_refused_and_nothing_is_stored(visitor: Visitor) -> None:
    answer = visitor.client.post("/sign-in", data={"phone": MAI.phone, "password": PASSWORD})
    assert answer.status_code == 400
    assert "再按一次" in answer.get_data(as_text=True)
    assert visitor.open("/me/account").url.startswith("/sign-in")


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}, {"Origin": "http://["}],
)  # fmt: skip
def test_another_sites_form_is_refused(visitor: Visitor, headers: dict[str, str]) -> None:
    answer = visitor.client.post("/display", data={"size": "large"}, headers=headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_a_route_without_access_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="access"):
        GuardedBlueprint("x", __name__).route("/x")  # type: ignore[call-arg]


def test_every_route_of_the_product_is_guarded(app: Flask) -> None:
    access = {name: getattr(view, "access", None) for name, view in app.view_functions.items()}
    assert [name for name, who in access.items() if who is None] == []
    assert access["core.healthz"] is Access.PUBLIC


def test_cookies_are_the_hosts_alone_behind_tls(built: Path, tmp_path: Path) -> None:
    environ = {"VOLBOARD_INSTANCE": str(tmp_path), "VOLBOARD_DATABASE_URL": f"sqlite:///{built}"}
    client = create_app(Settings.from_environ(environ)).test_client()
    answer = client.get("/sign-in", base_url="https://board.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_an_unknown_host_is_refused_where_hosts_are_named(built: Path, tmp_path: Path) -> None:
    environ = {
        "VOLBOARD_INSTANCE": str(tmp_path), "VOLBOARD_DATABASE_URL": f"sqlite:///{built}",
        "VOLBOARD_TRUSTED_HOSTS": "board.example",
    }  # fmt: skip
    client = create_app(Settings.from_environ(environ)).test_client()
    assert client.get("/healthz", base_url="http://board.example").status_code == 200
    assert client.get("/sign-in", base_url="http://evil.example").status_code == 400


def test_a_huge_form_is_refused(visitor: Visitor) -> None:
    page = visitor.open("/sign-in")
    sent = visitor.client.post("/sign-in", data={"phone": "1" * 300_000})
    assert page.status == 200
    assert sent.status_code == 413
    parts = {f"f{number}": "x" for number in range(800)}
    many = visitor.client.post("/sign-in", data=parts, content_type="multipart/form-data")
    assert many.status_code == 413


@pytest.mark.parametrize(
    "path", ["/events/0", "/events/99999999999999999999", "/events/abc", "/events/-1", "/%00",
             "/static/../wsgi.py", "/static/%2e%2e/wsgi.py", "/.git/config", "/events/1%00"],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_404(visitor: Visitor, path: str) -> None:
    assert visitor.client.get(path).status_code == 404


def test_other_methods_answer_405_with_a_page(visitor: Visitor) -> None:
    answer = visitor.client.delete("/sign-in")
    assert answer.status_code in (400, 405)
    assert "<h1" in answer.get_data(as_text=True)


def test_a_failure_shows_a_reference_and_no_secret(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        db.session.execute(text("ALTER TABLE events RENAME TO events_gone"))
        db.session.commit()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = visitor.client.get("/events/1")
    html = answer.get_data(as_text=True)
    assert answer.status_code in (500, 503)
    assert answer.headers["X-Request-ID"] in html
    assert "events_gone" not in html
    assert "SELECT" not in html


def test_the_log_names_no_person(
    app: Flask, visitor: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor.sign_in(MAI.phone, PASSWORD)
    visitor.open("/me/account")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line[:1] == "{"]
    assert {line["route"] for line in lines} >= {"/sign-in", "/me/account"}
    assert lines[-1]["account"] == MAI.id
    said = json.dumps(lines, ensure_ascii=False)
    for secret in (MAI.phone, MAI.name, PASSWORD):
        assert secret not in said


def test_a_request_id_is_taken_over_only_if_it_is_one(visitor: Visitor) -> None:
    good = visitor.client.get("/healthz", headers={"X-Request-ID": "abc-12345678"})
    assert good.headers["X-Request-ID"] == "abc-12345678"
    bad = visitor.client.get("/healthz", headers={"X-Request-ID": "x\ty" * 9})
    assert bad.headers["X-Request-ID"] != "x\ty" * 9
