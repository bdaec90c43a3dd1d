"""Templates print as Jinja's own would, whatever kind of value they are given."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, render_template_string
from jinja2.utils import _PassArg
from markupsafe import Markup
from werkzeug.local import LocalProxy

from tests.core.test_what_grows_is_not_read_through import PAGES, live_a_little
from tests.support.browser import Visitor
from tests.support.cast import OLGA, Person
from tests.support.town import NOON
from volboard.config import ROOT
from volboard.core import clock, templates


class Drawn:
    """Something that knows its own HTML."""

    def __html__(self) -> str:
        return "<b>drawn</b>"


class Hostile(str):
    """Text of a type of its own is text all the same."""


@pytest.mark.parametrize(
    ("value", "printed"),
    [("<i>&'\"", "&lt;i&gt;&amp;&#39;&#34;"), (Hostile("<i>"), "&lt;i&gt;"), (7, "7"),
     (True, "True"), (None, "None"), (["<"], "[&#39;&lt;&#39;]"),
     (Markup("<b>ours</b>"), "<b>ours</b>"), (Drawn(), "<b>drawn</b>")],
)  # fmt: skip
def test_a_value_is_escaped_once(app: Flask, value: object, printed: str) -> None:
    macro = "{% macro show(value) %}{{ value }}{% endmacro %}"
    with app.test_request_context():
        assert render_template_string("{{ value }}", value=value) == printed
        assert render_template_string(macro + "{{ show(value=value) }}", value=value) == printed


def test_no_function_of_the_templates_wants_jinjas_context(app: Flask) -> None:
    given: dict[str, Any] = {name: it for name, it in app.jinja_env.globals.items()
             if not isinstance(it, LocalProxy)}  # fmt: skip
    wanting = {name for name, it in given.items() if _PassArg.from_obj(it) is not None}
    assert wanting <= {"pgettext", "npgettext"}, "PlainCode calls functions without the context"
    texts = [path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html")]
    assert not any("pgettext(" in text for text in texts)


class Quoting:
    """A language whose every text would end the attribute or the tag that it stands in."""

    def ugettext(self, message: str) -> str:
        return f"{message}\"'><i class=leak>"

    def ungettext(self, one: str, many: str, num: int) -> str:
        return self.ugettext(one if num == 1 else many)


@pytest.fixture
def quoting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The templates speak `Quoting`."""
    kept = (templates._pattern, templates._counted_pattern, templates._finished, templates._counted)
    monkeypatch.setattr(templates, "catalogue", lambda _tongue: Quoting())
    for texts in kept:
        texts.cache_clear()
    yield
    for texts in kept:
        texts.cache_clear()


@pytest.mark.usefixtures("quoting")
def test_a_quote_in_a_translation_leaves_every_tag_whole(
    app: Flask, as_: Callable[[Person], Visitor]
) -> None:
    live_a_little(app)
    olga = as_(OLGA)
    with clock.standing_at(NOON.replace(hour=13)):
        pages = [olga.client.get(url).text for url in (*PAGES, "/organize/offline")]
    assert sum("&#34;&#39;&gt;&lt;i class=leak&gt;" in page for page in pages) > len(PAGES) // 2
    assert [url for url, page in zip(PAGES, pages, strict=False) if "<i class=leak" in page] == []


def test_no_template_prints_what_nobody_escaped() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.*ml")]
    assert not [text for text in texts if re.search(r"\|\s*safe\b|autoescape|Markup", text)]
