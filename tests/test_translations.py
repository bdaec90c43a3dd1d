"""Every sentence of the product exists in English, and English pages are English."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask import Flask
from sqlalchemy import text

from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA
from tests.support.town import NOON, a_shift, an_event
from volboard.accounts.commands import add_family
from volboard.config import ROOT
from volboard.core import clock, formats
from volboard.core.db import db
from volboard.festivals.templates import SOURCE
from volboard.messages.text_rules import GAP
from volboard.signups.commands import sign_up

PO = ROOT / "volboard/translations/en/LC_MESSAGES/messages.po"
EXTRACT = ["pybabel", "-q", "extract", "-F", "babel.cfg", "-k", "_l", "-k", "lazy_gettext"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
HAN = re.compile(r"[\u3400-\u9fff]+")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
ON_PURPOSE = re.compile(
    r"中文"  # the language that the switch leads back to
    r"|闰?[正二三四五六七八九十冬腊]月[初十廿二三][一二三四五六七八九十]"  # a lunar date
    r"|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥][鼠牛虎兔龙蛇马羊猴鸡狗猪]年"
)
SHOWN_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "data-announce", "content")
SignIn = Callable[..., Visitor]


def catalog() -> Catalog:
    return read_po(BytesIO(PO.read_bytes()), locale="en")


def translated() -> list[Message]:
    return [message for message in catalog() if message.id]


def both(words: object) -> tuple[str, ...]:
    """The singular and the plural, or the one form."""
    return tuple(map(str, words)) if isinstance(words, (tuple, list)) else (str(words),)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, ...]]:
    """What the sources say now."""
    pot = tmp_path_factory.mktemp("messages") / "messages.pot"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        command: Any = CommandLineInterface()
        command.run([*EXTRACT, "-o", str(pot), "."])
    return {both(message.id) for message in read_po(BytesIO(pot.read_bytes())) if message.id}


def test_english_has_every_sentence(wanted: set[tuple[str, ...]]) -> None:
    known = {both(message.id) for message in translated() if all(both(message.string))}
    assert not sorted(wanted - known), "run `make messages`, then translate these"


def test_english_has_no_sentence_that_nobody_says_any_more(wanted: set[tuple[str, ...]]) -> None:
    assert not sorted({both(message.id) for message in translated()} - wanted), "`make messages`"
    assert (catalog().fuzzy, len(catalog().obsolete)) == (False, 0)  # fuzzy: its header is missing
    assert not [message.id for message in translated() if message.fuzzy]


def test_a_sentence_keeps_its_placeholders_and_its_plural() -> None:
    for message in translated():
        assert len(both(message.string)) == len(both(message.id)), message.id
        expected = set(PLACEHOLDER.findall(both(message.id)[0]))
        for words in both(message.string):
            assert set(PLACEHOLDER.findall(words)) == expected, (message.id, words)


@pytest.mark.parametrize("unwanted", [CHINESE, re.compile("!"), re.compile("[‘’“”]")])
def test_english_holds_no_chinese_shout_or_curly_quote(unwanted: re.Pattern[str]) -> None:
    """The Chinese faces of the headings draw a curly quote as wide as a character."""
    found = [words for message in translated() for words in both(message.string)]
    assert not [words for words in found if unwanted.search(GAP.sub("", words))]


def test_the_compiled_catalogue_is_fresh() -> None:
    fresh = BytesIO()
    write_mo(fresh, catalog())
    fresh.seek(0)
    assert PO.with_suffix(".mo").exists(), "run `make run` or `make test`: they compile it"
    compiled = BytesIO(PO.with_suffix(".mo").read_bytes())
    assert texts(compiled) == texts(fresh), "the texts changed: run `make run` or `make test`"


def texts(compiled: BytesIO) -> dict[tuple[str, ...], Any]:
    return {both(message.id): message.string for message in read_mo(compiled) if message.id}


def english(visitor: Visitor) -> Visitor:
    """The same visitor, who reads English."""
    visitor.client.set_cookie("language", "en")
    return visitor


@pytest.fixture
def board(app: Flask) -> Iterator[None]:
    """One event on the board: a full post with a queue, one with two places, one with one."""
    with app.app_context(), clock.standing_at(NOON.replace(day=8)):
        event = an_event(safety="小心热锅")
        full = a_shift(event, capacity=1, minimum=1)
        sign_up(MAI.id, full, MAI.id)
        sign_up(BAO.id, full, BAO.id)
        a_shift(event, capacity=2, title="送到家")
        a_shift(an_event(title="下棋"), capacity=1, title="棋手", kind="participant")
        add_family(MAI.id, "陈桂香", "妈妈")
    with clock.standing_at(NOON.replace(day=8)):
        yield


PAGES = [
    (None, "/ /?past=1 /?q=zzz /events/1 /shifts/2/sign-up /sign-in /join /sign-in/code /teams"),
    (None, "/festivals /festivals?year=2028 /events/1/share /events/1/poster /nowhere"),
    (MAI, "/ /events/1 /me /me/hours /me/code /me/family /me/family/7 /me/account /teams"),
    (OLGA, "/events/1 /organize /organize/events/new /organize/events/1 /organize/shifts/1/gate"),
    (OLGA, "/organize/shifts/1/roster /organize/shifts/1/sheet /organize/desk-help"),
    (OLGA, "/organize/teams/new /organize/shifts/1/gate?q=mai"),
    (ADA, "/admin /admin/communities/1 /admin/communities/new"),
]


def content(app: Flask) -> list[str]:
    """What people wrote, longest first: names, titles, places, and the ready-made events."""
    with app.app_context():
        queries = [text(f'SELECT * FROM "{table.name}"') for table in db.metadata.sorted_tables]
        rows = [row for query in queries for row in db.session.execute(query)]
    said = {value for row in rows for value in row if isinstance(value, str)}
    ready = json.dumps(tomllib.loads(SOURCE.read_text("utf-8")), ensure_ascii=False, default=str)
    said |= {part for part in re.split(r'["\\]', ready) if HAN.search(part)}
    said |= {formats.masked_name(name) for name in said} | {app.extensions["settings"].site_name}
    return sorted((words for words in said if HAN.search(words)), key=len, reverse=True)


def chrome(page: Page, written: list[str]) -> str:
    """What the product itself says on the page, to eyes and to screen readers."""
    spoken = [str(tag[a]) for a in SHOWN_ATTRIBUTES for tag in page.soup.select(f"[{a}]")]
    words = " ".join([page.whole_text, *spoken])
    for part in written:
        words = words.replace(part, " ")
    return ON_PURPOSE.sub(" ", words)


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(("person", "paths"), PAGES)
def test_an_english_page_says_nothing_in_chinese(
    app: Flask, visitor: Visitor, as_: SignIn, person: object, paths: str
) -> None:
    reader, written = english(as_(person) if person else visitor), content(app)
    for path in paths.split():
        page = reader.open(path)
        assert page.status == (404 if path == "/nowhere" else 200), path
        assert page.soup.select_one('html[lang="en"]'), path
        assert not HAN.findall(chrome(page, written)), path


@pytest.mark.usefixtures("board")
def test_one_place_and_two_places(visitor: Visitor) -> None:
    places = english(visitor).open("/events/1").texts(".seats__words")
    assert places == ["Full, 1 waiting", "2 places left"]
    assert english(visitor).open("/events/2").texts(".seats__words") == ["1 place left"]


def test_the_switch_is_remembered_and_leads_back(visitor: Visitor) -> None:
    visitor.post("/display", {"language": "en", "next": "/sign-in"})
    page = visitor.open("/sign-in")
    assert page.text("h1") == "Sign in"
    assert page.press("中文").text("h1") == "登录"


def test_a_refused_form_answers_in_english(visitor: Visitor) -> None:
    page = english(visitor).open("/sign-in").press("Sign in", within="main", phone="1", password="")
    assert page.status == 422
    assert page.text(".summary__title") == "2 things to put right"
    assert "Please write the password." in page.whole_text
    assert not HAN.search(page.text("main form"))


@pytest.mark.parametrize(("language", "sentence"), [("en", "Not a valid choice"), ("zh", "选择")])
def test_the_sentences_of_wtforms_speak_the_same_language(
    visitor: Visitor, language: str, sentence: str
) -> None:
    visitor.client.set_cookie("language", language)
    button = visitor.open("/join").soup.select("main button")[-1].get_text(strip=True)
    page = visitor.open("/join").press(button, within="main", community="999")
    assert sentence in page.text("main")
