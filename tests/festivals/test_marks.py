"""Each mark is a small drawing of one style, safe to put into any page."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from volboard.festivals.catalog import FESTIVALS
from volboard.festivals.templates import all_templates

FOLDER = Path(__file__).parents[2] / "templates" / "components" / "marks"
MARKS = sorted(FOLDER.glob("*.svg"))
STYLE = ["currentColor", "2.5", "none"]
ALLOWED = {"class", "fill", "stroke", "d", "cx", "cy", "r"}


def test_every_festival_and_every_template_has_its_drawing_and_none_is_left_over() -> None:
    wanted = {festival.mark for festival in FESTIVALS}
    wanted |= {template.mark for template in all_templates()}
    assert {mark.stem for mark in MARKS} == wanted


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.stem)
def test_a_mark_is_small_silent_and_has_one_accent(mark: Path) -> None:
    text = mark.read_text(encoding="utf-8")
    svg = ElementTree.fromstring(text)
    parts = list(svg.iter())[1:]
    assert len(text.encode()) <= 700
    assert svg.get("viewBox") == "0 0 48 48"
    assert [svg.get(name) for name in ("stroke", "stroke-width", "fill")] == STYLE
    assert [svg.get(name) for name in ("aria-hidden", "focusable")] == ["true", "false"]
    accents = [part.get("fill", "") for part in parts if part.get("class") == "mark__accent"]
    assert [accent[0] for accent in accents] == ["#"]
    assert {name for part in parts for name in part.attrib} <= ALLOWED
