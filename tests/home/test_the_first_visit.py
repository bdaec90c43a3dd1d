"""A visitor's board carries the styles of its first screen, and the policy allows just these."""

import base64
import hashlib
import re
from collections.abc import Callable

from flask import Flask

from tests.home.planting import MORNING, many_events
from tests.support.browser import Visitor
from tests.support.cast import MAI, Person
from volboard.core import clock

SHEETS = 'link[rel="stylesheet"]'


def test_the_policy_names_the_hash_of_the_very_bytes_in_the_page(
    app: Flask, visitor: Visitor
) -> None:
    many_events(app, 3)
    with clock.standing_at(MORNING):
        answer = visitor.client.get("/")
    carried = re.findall(rb"<style>(.*?)</style>", answer.data, re.DOTALL)
    assert len(carried) == 1
    digest = base64.b64encode(hashlib.sha256(carried[0]).digest()).decode()
    policy = dict(
        part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; ")
    )
    assert policy["style-src"] == f"'self' 'sha256-{digest}'"


def test_the_rest_of_the_styles_comes_at_the_end_of_the_board(app: Flask, visitor: Visitor) -> None:
    many_events(app, 3)
    with clock.standing_at(MORNING):
        soup = visitor.open("/").soup
    assert not soup.select(f"head {SHEETS}")
    last = soup.select("body > *")[-1]
    assert last.name == "link"
    assert "css/rest." in str(last["href"])


def test_whoever_has_been_here_before_gets_the_sheets_as_files(
    app: Flask, visitor: Visitor, as_: Callable[[Person], Visitor]
) -> None:
    many_events(app, 3)
    with clock.standing_at(MORNING):
        pages = [as_(MAI).open("/"), visitor.open("/?q=没有这样的活动"), visitor.open("/sign-in")]
    for page in pages:
        assert not page.soup.select("style")
        assert len(page.soup.select(f"head {SHEETS}")) == len(page.soup.select(SHEETS)) == 2
