"""Draws the picture of an event: words as JSON on standard input, a PNG on standard output."""

import importlib.util
import json
import sys
from pathlib import Path

import typst

from volboard.config import ROOT

PIXELS_PER_INCH = 144


def fonts() -> Path:
    """The folder of the Chinese fonts, which come as a Python package."""
    found = importlib.util.find_spec("noto_cjk_sans_otc")
    if found is None or found.origin is None:
        raise RuntimeError("the package noto-cjk-sans-otc, which carries the fonts, is missing")
    return Path(found.origin).parent


def main() -> None:
    """The words reach the drawing as its inputs, never as a part of its source."""
    words = json.loads(sys.stdin.buffer.read())
    png = typst.compile(
        Path(__file__).with_name("share.typ"),
        root=ROOT,
        format="png",
        ppi=PIXELS_PER_INCH,
        font_paths=[fonts()],
        sys_inputs={name: str(value) for name, value in words.items()},
    )
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
