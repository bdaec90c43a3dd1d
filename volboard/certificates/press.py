"""Sets a proof: facts as JSON on standard input; each sheet behind its length on standard output.

A Song face is used where the machine has one; the Chinese face that comes along does else.
"""

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import typst

PIXELS_PER_INCH = 150
LENGTH_BYTES = 8


def fonts() -> Path:
    """The folder of the Chinese font, which comes as a Python package."""
    found = importlib.util.find_spec("noto_cjk_sans_otc")
    if found is None or found.origin is None:
        raise RuntimeError("the package noto-cjk-sans-otc, which carries the fonts, is missing")
    return Path(found.origin).parent


def sheets(asked: dict[str, Any]) -> list[bytes]:
    """The sheets; what people typed reaches the setting as its input, never as its source."""
    form = Path(__file__).with_name("proof.typ")
    options: dict[str, Any] = {"ppi": PIXELS_PER_INCH} if asked["kind"] == "png" else {}
    made = typst.compile(
        form,
        root=form.parent,
        format=asked["kind"],
        font_paths=[fonts()],
        sys_inputs={"asked": json.dumps(asked, ensure_ascii=False)},
        **options,
    )
    return made if isinstance(made, list) else [made]


def main() -> None:
    """Answer one request."""
    for sheet in sheets(json.loads(sys.stdin.buffer.read())):
        sys.stdout.buffer.write(len(sheet).to_bytes(LENGTH_BYTES, "big") + sheet)


if __name__ == "__main__":
    main()
