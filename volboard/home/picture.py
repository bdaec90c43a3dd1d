"""Draws the picture of an event: words as JSON on standard input, a PNG on standard output."""

import json
import sys
from pathlib import Path

import noto_cjk_sans_otc
import typst

from volboard.config import ROOT

PIXELS_PER_INCH = 144


def main() -> None:
    """The words reach the drawing as its inputs, never as a part of its source."""
    words = json.loads(sys.stdin.buffer.read())
    png = typst.compile(
        Path(__file__).with_name("share.typ"),
        root=ROOT,
        format="png",
        ppi=PIXELS_PER_INCH,
        font_paths=[Path(noto_cjk_sans_otc.__file__).parent],
        sys_inputs={name: str(value) for name, value in words.items()},
    )
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
