"""Templates print as Jinja's own would, whatever kind of value they are given."""

from typing import Any

import pytest
from flask import Flask, render_template_string
from jinja2.utils import _PassArg
from markupsafe import Markup
from werkzeug.local import LocalProxy

from volboard.config import ROOT


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
