"""What Chromium would send to a printer, read as far as a test of sheets needs it."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

OBJECT = re.compile(rb"^(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL | re.MULTILINE)
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
"""As Chromium writes it; a carriage return before the end is the last byte of what is packed."""
WORD = re.compile(rb"<([0-9A-Fa-f]+)> ?Tj|\[(<[^\]]*)\] ?TJ")
A4_WIDE, A4_HIGH = 688, 1017
"""How many CSS pixels lie between the margins of a sheet, each of which is 14 mm."""


@dataclass(frozen=True)
class Sheet:
    """One printed page: what is drawn on it, its words as numbers of glyphs of its fonts."""

    drawn: bytes

    @property
    def glyphs(self) -> list[bytes]:
        """The signs of its words, in the order in which they are drawn."""
        return [first or second for first, second in WORD.findall(self.drawn)]

    def says(self, glyphs: list[bytes]) -> bool:
        """Whether these signs stand on it in a row."""
        return b" ".join(glyphs) in b" ".join(self.glyphs)


def printed(page: Page) -> list[Sheet]:
    """Print the page as it is open, on A4 with the margins that its style sheet asks for."""
    page.emulate_media(media="null")
    pdf = page.pdf(format="A4", prefer_css_page_size=True, tagged=False)
    objects = {int(number): content for number, content in OBJECT.findall(pdf)}
    return [Sheet(_drawn(content, objects)) for content in objects.values() if _is_page(content)]


def as_on_paper(page: Page) -> None:
    """Lay the open page out as between the margins of a sheet, to be measured."""
    page.set_viewport_size({"width": A4_WIDE, "height": A4_HIGH})
    page.emulate_media(media="print")


def _is_page(content: bytes) -> bool:
    return re.match(rb"<<\s*/Type\s*/Page\b(?!s)", content) is not None


def _drawn(page: bytes, objects: Mapping[int, bytes]) -> bytes:
    found = re.search(rb"/Contents (\d+) 0 R", page)
    if found is None:
        return b""
    stream = STREAM.search(objects[int(found[1])])
    return zlib.decompress(stream[1]) if stream else b""
