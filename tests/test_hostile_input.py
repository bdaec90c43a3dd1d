"""Every form of every page, with hostile and odd input: a sentence, 4xx, the input kept,
nothing stored, never a 500. A form that is new is found by walking, and attacked with the rest."""

import html
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import settings_for
from tests.support.busy_town import busy_doors, make_it_busy
from tests.support.cast import ADA, BAO, MAI, OLGA, Person
from tests.support.town import NOON
from tests.support.walker import Form, Rewinder, Walker
from tests.test_who_may_enter import PERSON, build_the_world
from volboard.app import create_app
from volboard.core import clock
from volboard.core.db import db

WHO: tuple[Person | None, ...] = (None, MAI, BAO, OLGA, ADA)
DOORS = ("/", "/me", "/organize", "/admin", "/organize/shifts/1/gate?q=0006",
         "/organize/shifts/4/gate?q=0002", "/organize/shifts/2/gate", "/codes/code-5",
         f"/organize/rosters/import/{PERSON['draft_key']}")  # fmt: skip
NO_FORM = {
    "attendance.scans": "JSON, attacked by test_a_phone_comes_back.py",
    "signups.undo_taking": "beside a press just made, tried by test_taking_a_press_back.py",
    "signups.undo_giving_back": "beside a press just made, tried by test_taking_a_press_back.py",
    "accounts.answer_key": "for who came by a number, tried by test_getting_in_again.py",
    "rosters.choose_sheet": "for a file just sent, tried by test_choosing_columns.py",
}
"""Writes that no form of these pages sends, and what tries them instead."""
SCRIPT = '"><svg onload=alert(1)>'
TEXTS: dict[str, Any] = {
    "empty": "",
    "blank": "  \u3000 ",
    "endless": "长" * 10_000,
    "NUL": "王\x00芳",
    "control": "王\x1b[31m\x07芳",
    "header": "王\r\nSet-Cookie: a=b",
    "emoji": "👨‍👩‍👧‍👦🎋",
    "right to left": "\u202e子粽\u202c",
    "script": SCRIPT,
    "template": "{{7*7}}{% for x %}",
    "format": "%(x)s %s {0.__class__}",
    "sql": "' OR 1=1 --",
    "path": "../../etc/passwd",
    "huge": "9" * 5000,
    "too large": str(2**31),
    "negative": "-1",
    "float": "1e9",
    "full width": "１２",
    "Arabic": "٣٣٣",
    "no day": "2027-02-30",
    "no year": "0000-00-00",
    "last day": "9999-12-31",
    "no time": "99:99",
}
BROKEN = {"no letter": b"\xff\xfe", "half a pair": b"\xed\xa0\x80", "GBK": b"\xcd\xf5"}
"""Bytes that are no UTF-8: refused as such, whatever the form."""
KINDS = ("application/json", "text/plain", "multipart/form-data; boundary=x", "x/\xff", "")
"""What a body that is a form can be called instead."""
EXTRA = {
    "id": "2", "account_id": "6", "role": "admin", "is_admin": "1", "community_id": "2",
    "minutes": "9999", "state": "seated", "capacity": "999", "volunteer_id": "6", "made_by": "6",
    "verified_at": "2026-01-01", "password_hash": "x", "session_version": "9", "reverses": "1",
}  # fmt: skip
"""Columns that forms must not let through."""


ANSWERS = {200, 204, 303, 404, 409, 413, 422}
SENDS_BACK = {"accounts.change_display"}
"""What asks for nothing by its body, and sends back to the page."""
REFUSALS = {400, 404, 409, 413, 415, 422}
COMES_BACK = {"format", "sql", "no day", "no time", "template"}
NEVER_TAKEN = {"empty", "blank", "endless", "NUL", "control"}
IN_TURN = ("empty", "NUL", "huge", "endless")
"""What each field gets on its own; all at once they get every text."""


@pytest.fixture(scope="module")
def town(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The product in the middle of Dragon Boat day, with a shift for which somebody waits."""
    folder = tmp_path_factory.mktemp("attacked")
    shutil.copy(built, folder / "volboard.sqlite3")
    settings = settings_for(folder, f"sqlite:///{folder / 'volboard.sqlite3'}")
    app = create_app(replace(settings, smtp_url="smtp://localhost:1", mail_from="a@board.example"))
    with app.app_context():
        build_the_world()
        with clock.standing_at(NOON - timedelta(hours=3)):
            make_it_busy()
    with clock.standing_at(NOON):
        yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def walkers(town: Flask) -> tuple[Walker, ...]:
    """One of each role, who has opened the pages of every kind."""
    walkers = tuple(Walker(town, person) for person in WHO)
    with town.app_context():
        doors = (*DOORS, *busy_doors())
    for walker in walkers:
        walker.walk(*doors)
    return walkers


@pytest.fixture(scope="module")
def found(walkers: tuple[Walker, ...]) -> list[tuple[Walker, Form]]:
    """Every kind of form, with the first who found it."""
    forms: dict[tuple[str, ...], tuple[Walker, Form]] = {}
    for walker in walkers:
        forms = {kind: (walker, form) for kind, form in walker.forms.items()} | forms
    return list(forms.values())


@pytest.fixture
def rewinder(town: Flask) -> Iterator[Rewinder]:
    """The database as it was, after each thing that was stored."""
    rewinder = Rewinder(town)
    yield rewinder
    rewinder.changed()
    rewinder.close()


def attacks(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is sent: each with its name and the fields that differ."""
    yield "extra", {name: value for name, value in EXTRA.items() if name not in form.data}
    if not form.typed:
        return
    yield "nothing", dict.fromkeys(form.data)
    yield "twice", {name: ["1", SCRIPT] for name in form.typed}
    yield "twice the same", {name: [form.data[name]] * 2 for name in form.typed}
    for kind, text in TEXTS.items():
        yield kind, dict.fromkeys(form.typed, text)
    for name in form.typed if len(form.typed) > 1 else ():
        yield f"{name} missing", {name: None}
        for kind in IN_TURN:
            yield f"{name} {kind}", {name: TEXTS[kind]}


def test_the_walk_finds_every_form_of_the_product(
    town: Flask, found: list[tuple[Walker, Form]]
) -> None:
    writes = {rule.endpoint for rule in town.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert writes - {form.endpoint for _walker, form in found} == NO_FORM.keys()


def test_no_link_of_any_page_leads_nowhere(walkers: tuple[Walker, ...]) -> None:
    for walker in walkers:
        opened = {url: walker.get(url).status_code for url in walker.pages.keys() - walker.doors}
        assert {url for url, status in opened.items() if status >= 400} == set()


def test_hostile_input_is_answered_in_words_and_nothing_refused_is_stored(
    found: list[tuple[Walker, Form]], rewinder: Rewinder
) -> None:
    refused = 0
    for walker, form in found:
        for kind, changed in attacks(form):
            answer, is_stored = walker.send(form, changed), rewinder.changed()
            text = "" if (answer.mimetype or "").endswith("sheet") else answer.text
            page, what = html.unescape(text), f"{form.endpoint}, {kind}: {answer.status}"
            assert answer.status_code in ANSWERS, what
            assert "<svg onload" not in text, f"it runs: {what}"
            if answer.status_code >= 400:
                refused += 1
                assert "<h1" in page, what
                assert not is_stored, what
            if form.keeps and kind in NEVER_TAKEN:
                assert answer.status_code >= 400, f"it was taken: {what}"
            if answer.status_code == 422 and form.keeps and kind in COMES_BACK:
                assert TEXTS[kind] in page, f"what was typed is lost: {what}"
    assert refused > 500


def test_bytes_that_are_no_text_are_refused_by_every_form(
    found: list[tuple[Walker, Form]], rewinder: Rewinder
) -> None:
    for walker, form in found:
        for (kind, raw), name in product(BROKEN.items(), (*form.typed[:1], "of no field")):
            answer = walker.send(form, {name: raw})
            what = f"{form.endpoint}, {name} is {kind}: {answer.status}"
            assert answer.status_code == 400, what
            assert "文字坏了" in answer.text, what
            assert not rewinder.changed(), what


def test_a_form_that_is_called_something_else_is_refused_in_words(
    found: list[tuple[Walker, Form]], rewinder: Rewinder
) -> None:
    for walker, form in found:
        for kind in KINDS if form.method == "post" else ():
            answer = walker.send_as(form, kind)
            what = f"{form.endpoint} as {kind}: {answer.status}"
            if form.endpoint in SENDS_BACK:
                assert answer.status_code == 303, what
            else:
                assert answer.status_code in REFUSALS, what
                assert "<h1" in answer.text, what
            assert not rewinder.changed(), what
