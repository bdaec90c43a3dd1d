"""House rules that hold for every template and style sheet."""

import hashlib
import re
from pathlib import Path

import pytest

from volboard.config import ROOT
from volboard.core.assets import SHEETS, htmx_file

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = [name for names in SHEETS.values() for name in names]
CSS = "\n".join((ROOT / f"static/css/{name}.css").read_text("utf-8") for name in STYLES)
CLASSES = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)))
USED = re.compile(r'class="([^"]*)"')
IMPORT = re.compile(r'\{% from "[^"]+" import ([^%]+?)(?: with context)? %\}')
HTMX_2_0_10 = "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de"
BANNED = {
    r"\sstyle=": "a style attribute: the content policy refuses it; give the thing a class",
    r"<style(?!>\{\{ first_styles \}\}</style>)": "an inline style sheet: put it into static/css",
    r"\son[a-z]+=": "an inline handler: write a small script in static/js",
    r"hx-on|js:|hx-boost": "htmx that needs eval or swallows pages",
    r"\|\s*safe|Markup": "unescaped output",
    r"<script(?![^>]*\bsrc=)": "an inline script",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_keeps_the_content_policy(path: Path) -> None:
    text = path.read_text("utf-8")
    for pattern, cure in BANNED.items():
        assert not re.search(pattern, text), cure


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_class_of_a_template_exists_in_the_style_sheets(path: Path) -> None:
    written = " ".join(USED.findall(path.read_text("utf-8")))
    plain = re.sub(r"\{[{%].*?[%}]\}", " ", written)
    missing = {name for name in plain.split() if name not in CLASSES and not name.endswith("-")}
    assert not missing, f"not in static/css: {sorted(missing)}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_imports_only_what_it_uses(path: Path) -> None:
    text = path.read_text("utf-8")
    names = [name.split(" as ")[-1].strip() for n in IMPORT.findall(text) for name in n.split(",")]
    unused = [name for name in names if len(re.findall(rf"\b{name}\b", text)) == 1]
    assert not unused, "delete what is not called"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_is_short_enough_to_be_read_at_a_glance(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    is_macros = "{% macro" in path.read_text("utf-8")
    most = 200 if is_macros else 40 if path.name.startswith("_") else 80
    assert lines <= most, f"{lines} lines: it holds two things, split it by meaning"


def test_every_style_sheet_is_sent_once() -> None:
    assert sorted(STYLES) == sorted(path.stem for path in (ROOT / "static/css").iterdir())


def test_htmx_is_the_official_file() -> None:
    digest = hashlib.sha256(htmx_file().read_bytes()).hexdigest()
    assert digest == HTMX_2_0_10
