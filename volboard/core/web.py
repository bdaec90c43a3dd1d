"""Answers: a page or a fragment of it, a redirect that stays on this site."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Response, make_response, redirect, render_template, request
from werkzeug.routing import IntegerConverter, Map
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response as WerkzeugResponse

LAST_ID = 2**31 - 1
PLAIN_NUMBER = re.compile(r"[1-9][0-9]{0,9}")
PLAIN_PATH = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")


class IdConverter(IntegerConverter):
    """A row's id in a path, `<id:event_id>`: what no row can have is a page that does not exist.

    Each row has one address: not /events/007 and not one in full-width digits, too.
    """

    regex = "[1-9][0-9]{0,9}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=LAST_ID)


def number_in(text: str | None, last: int = LAST_ID) -> int:
    """A whole number from 1 to `last` as our addresses and buttons write it; 0 for all else.

    The whole text is the number: half of one, or one in other digits, would name somebody else.
    """
    number = int(text) if text and PLAIN_NUMBER.fullmatch(text) else 0
    return number if number <= last else 0


def wants_fragment() -> bool:
    """Whether htmx asks for a piece of the page."""
    asked = request.headers
    return asked.get("HX-Request") == "true" and not (
        "HX-Boosted" in asked or "HX-History-Restore-Request" in asked
    )


def page_or_fragment(page: str, fragment: str, status: int = 200, **context: Any) -> Response:
    """Answer an htmx swap with the fragment, everything else with the whole page."""
    template = fragment if wants_fragment() else page
    response = make_response(render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Answer with a whole page."""
    return make_response(render_template(template, **context), status)


def go_to(url: str) -> WerkzeugResponse:
    """Move on after a form: 303 for a browser, `HX-Redirect` for htmx."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": iri_to_uri(url)})
    return redirect(url, 303)


def safe_path(url: str | None, default: str = "/") -> str:
    """The path of a URL if it leads to this site, else `default`; never another host."""
    if not url:
        return default
    try:
        parts = urlsplit(url)
    except ValueError:
        return default
    if parts.netloc and (parts.scheme not in ("http", "https") or parts.netloc != request.host):
        return default
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if PLAIN_PATH.fullmatch(path) else default


def sign_in_url(back: str) -> str:
    """The sign-in page, returning to the path `back`."""
    return f"/sign-in?next={quote(back, safe='/')}"
