"""What the press sets: the same each time, all lines, and orders stay words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from tests.certificates.decoding import codes_in
from tests.certificates.hostile import ORDERS
from tests.certificates.service import LINE, a_sheet
from volboard.certificates import printing
from volboard.certificates.press import sheets
from volboard.certificates.rules import ServiceLine

PDF = b"%PDF-1."
URL = "https://board.example/verify/" + "0a" * 16


@pytest.fixture
def press(app: Flask) -> Iterator[None]:
    """The press may be asked past the pages."""
    with app.test_request_context():
        yield


def test_the_same_proof_gives_the_same_bytes(press: None) -> None:
    proof, other = a_sheet(), a_sheet(minutes=121)
    assert printing.pdf(proof, URL) == printing.pdf(proof, URL) != printing.pdf(other, URL)
    assert printing.pictures(proof, URL) == printing.pictures(proof, URL)


def set_here(*lines: ServiceLine, kind: str = "png", **facts: Any) -> list[bytes]:
    """The sheets, set in this process, which is warm after the first."""
    return sheets(printing.order(a_sheet(*lines, **facts), URL, kind))


def test_few_lines_stand_on_the_first_page_and_many_on_their_own(press: None) -> None:
    pages = [len(set_here(*(LINE,) * count)) for count in (1, 6, 7)]
    assert pages == [1, 1, 2]


def test_two_hundred_and_twenty_lines_are_all_listed_over_pages(press: None) -> None:
    lines = tuple(replace(LINE, title=f"第 {n} 次") for n in range(220))
    pages, shorter = (set_here(*some) for some in (lines, lines[:-1]))
    assert len(set(pages)) == len(pages) == 8
    assert shorter[-1] != pages[-1]
    assert codes_in(pages[0]) == [URL]
    assert set_here(*lines, kind="pdf")[0].startswith(PDF)


def test_orders_in_what_people_typed_stay_words(press: None) -> None:
    """Each text at every place that people fill; the code stays where and what it is."""
    places = ("name", "community", "city", "address", "phone", "in_charge", "handler")
    for text in ORDERS:
        line = replace(LINE, title=text, content=text, place=text)
        pages = set_here(*(line,) * 7, **dict.fromkeys(places, text))
        assert len(pages) >= 2, text
        assert [found for page in pages for found in codes_in(page)] == [URL], text
    every = [replace(LINE, title=text, content=text, place=text) for text in ORDERS]
    assert set_here(*every, kind="pdf")[0].startswith(PDF)


def test_a_title_is_neither_read_from_the_disk_nor_reckoned(press: None) -> None:
    def drawn(title: str) -> bytes:
        return set_here(replace(LINE, title=title))[0]

    assert drawn('#read("press.py")') != drawn('#read("proof.typ")')
    assert drawn("#(1+1)") != drawn("2")
