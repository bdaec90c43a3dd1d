"""Whatever stands in an address, the answer is a page."""

from collections.abc import Callable
from urllib.parse import quote

from flask import Flask

from tests.conftest import both_engines
from tests.home.planting import MORNING, planting
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA
from tests.support.town import a_shift
from volboard.core import clock
from volboard.home.rules import filters_from

NASTY = (
    "", "0", "-1", "1", "9" * 30, "１２", "²", "1e9", "0x1", "NaN", "null", "\x00", "a\x00b",
    "%", "_", "\\", "'", '"', "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "\r\nX: y",
    "9999-99-99", "9999-12-31", "0001-01-01", "2027-06-09T00:00", "2027-W01-1", "20270609",
    "端午", "阿卜杜热合曼·买买提",
    "\N{GRINNING FACE}", "a" * 5000,
)  # fmt: skip
BOARD = ("festival", "community", "date", "free", "q", "past", "page")


def test_no_address_breaks_a_page(app: Flask, as_: Callable[..., Visitor]) -> None:
    with planting(app):
        a_shift()
    doors = [(Visitor(app), f"/?{name}=") for name in BOARD]
    doors += [(Visitor(app), "/festivals?year="), (Visitor(app), "/calendar.ics?community=")]
    doors += [(as_(MAI), "/me/code?person="), (as_(OLGA), "/organize?page=")]
    with clock.standing_at(MORNING):
        for visitor, door in doors:
            for words in NASTY:
                check(visitor, door + quote(words))


@both_engines
def test_no_search_breaks_an_engine(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        a_shift()
    with clock.standing_at(MORNING):
        for words in NASTY:
            check(visitor, "/?q=" + quote(words))


def check(visitor: Visitor, address: str) -> None:
    """The answer is a page, and nothing of the address has become markup or a header."""
    answer = visitor.client.get(address)
    assert answer.status_code in (200, 404), address
    assert b"<script>alert" not in answer.data
    assert "X" not in answer.headers


def test_broken_bytes_in_an_address_are_refused_in_words(app: Flask) -> None:
    for query in ("q=\xff\xfe", "q=%ff%00", "page=%FF", "q=%CD%F5", "%ED%A0%80=1"):
        answer = app.test_client().get("/", environ_overrides={"QUERY_STRING": query})
        assert answer.status_code == 400, query
        assert "文字坏了" in answer.text


def test_raw_signs_in_an_address_are_read_as_if_they_were_encoded(app: Flask) -> None:
    for query in ("q=\xe7\xb2\xbd", "&&==;", "q[]=1&q[]=2", "%", "q=%00"):
        answer = app.test_client().get("/", environ_overrides={"QUERY_STRING": query})
        assert answer.status_code == 200, query


def test_what_makes_no_sense_is_read_as_not_asked() -> None:
    asked = filters_from(
        {"festival": "x", "community": "-3", "date": "9999-12-31", "free": "yes", "q": "\x00 \n",
         "past": "2", "page": "0"},
        {"duanwu"},
    )  # fmt: skip
    assert asked == filters_from({}, {"duanwu"})
    assert asked.url() == "/"


def test_a_question_and_its_address_are_the_same() -> None:
    words = {"festival": "duanwu", "community": "2", "date": "2027-06-09", "free": "1",
             "q": "a&b=c", "past": "1", "page": "3"}  # fmt: skip
    asked = filters_from(words, {"duanwu"})
    assert asked.active == 5
    assert asked.url() == (
        "/?q=a%26b%3Dc&festival=duanwu&community=2&date=2027-06-09&free=1&past=1&page=3"
    )
    assert asked.url(page=1, past=False).endswith("free=1")
