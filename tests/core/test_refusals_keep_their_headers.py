"""What a refusal says to programs stands beside the page that people read."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

from tests.support.browser import Visitor
from tests.support.cast import OLGA
from volboard.core.access import Access, GuardedBlueprint


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("DELETE", "/", {"GET", "HEAD", "OPTIONS"}), ("PUT", "/", {"GET", "HEAD", "OPTIONS"}),
     ("GET", "/sign-out", {"POST", "OPTIONS"})],
)  # fmt: skip
def test_a_405_names_the_methods(
    as_: Callable[..., Visitor], method: str, path: str, allowed: set[str]
) -> None:
    olga = as_(OLGA)
    token = str(olga.open("/me").soup.select_one("[name=csrf_token]")["value"])  # type: ignore[index]
    answer = olga.client.open(path, method=method, headers={"X-CSRFToken": token})
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == allowed
    assert answer.headers.getlist("Content-Type") == ["text/html; charset=utf-8"]
    assert answer.text.count("<h1") == 1


def test_a_503_says_when_to_come_again(app: Flask) -> None:
    bp = GuardedBlueprint("closed", __name__)

    @bp.get("/closed", access=Access.PUBLIC)
    def closed() -> str:
        raise ServiceUnavailable(retry_after=7)

    app.register_blueprint(bp)
    answer = app.test_client().get("/closed")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "7"
