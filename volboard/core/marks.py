"""The drawn marks of events and festivals, as templates put them onto a page."""

import re
from functools import lru_cache

from markupsafe import Markup

from volboard.config import ROOT

FOLDER = ROOT / "templates" / "components" / "marks"
NAME = re.compile(r"[a-z]{1,30}")
INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@lru_cache(maxsize=128)
def mark_lines(name: str) -> Markup:
    """The lines of a mark, to stand inside an `<svg>` or `<symbol>`; empty for an unknown name."""
    path = FOLDER / f"{name}.svg"
    if not NAME.fullmatch(name) or not path.is_file():
        return Markup("")
    found = INNER.search(path.read_text("utf-8"))
    return Markup(found[1] if found else "")  # noqa: S704 - our own drawing


def has_mark(name: str) -> bool:
    """Whether there is a drawing of this name."""
    return bool(mark_lines(name))
