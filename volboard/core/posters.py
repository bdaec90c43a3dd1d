"""How the words of a poster come to stand on one sheet of A4: how large, and how much of the story.

The title, the time, the place and the code are never cut. The sizes are those of `.poster` in
static/css/print.css; what a machine's fonts take beyond these figures, its story gives up there.
"""

import re
import unicodedata
from dataclasses import dataclass

SHEET, LINE = 262.0, 158.0
"""What is inside the margins: how high, and how wide a line may be, in mm."""
TITLE_LEADING, WHEN_LEADING, LEADING = 1.2, 1.4, 1.6
"""How high a line is, in sizes of its letters."""
SMALL, OVER = 4.24, 6.0
"""Letters of the line below the code, and of the spaced one above the title, in mm."""
LEAST_LINES = 4
"""A story is rather cut to these than set so small that nobody stops before the poster."""
MORE_LINES = 2
"""What the sentence takes that says where the story goes on."""
ENDS = "。！？!?；;"
TOKENS = re.compile(r"\s+|[!-~]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """What a poster says beside its code."""

    title: str
    when: str
    place: str
    over: str = ""
    lunar: str = ""
    story: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """Letters in mm; `fixed` is the height of all that is no word: the mark, the code, the gaps."""

    name: str
    title: float
    when: float
    place: float
    story: float
    story_line: float
    fixed: float

    def head(self, words: Words) -> float:
        """The height in mm of every line but the story's."""
        return (
            self.fixed
            + lines(words.over, LINE / OVER / 1.3) * OVER * 1.5
            + lines(words.title, LINE / self.title) * self.title * TITLE_LEADING
            + lines(words.when, LINE / self.when) * self.when * WHEN_LEADING
            + lines(words.lunar, LINE / self.when) * self.when * 1.5
            + lines(words.place, LINE / self.place) * self.place * LEADING
            + lines(words.foot, LINE / SMALL) * SMALL * LEADING
        )

    def room(self, words: Words) -> int:
        """For how many lines of a story there is room; below none where the rest is too high."""
        return int((SHEET - self.head(words)) // (self.story * LEADING))

    def story_lines(self, story: str) -> int:
        """How many lines the story takes."""
        return lines(story, self.story_line / self.story)

    def begun(self, story: str, most: int) -> str:
        """As much of the story as stands in so many lines, to the end of a sentence if one ends in
        the second half of it; else with dots. Empty where there is no line."""
        if most < 1:
            return ""
        kept = story
        while self.story_lines(kept + "……") > most:
            kept = kept[: max(len(kept) * 9 // 10, 0)]
        end = max(kept.rfind(sign) for sign in ENDS) + 1
        return kept[:end] if end * 2 > len(kept) else f"{kept.rstrip('，、,')}……"


SIZES = (
    Size("grand", 21.5, 7.8, 6.0, 4.95, 108, fixed=163),
    Size("plain", 15.0, 7.8, 6.0, 4.95, 132, fixed=143),
    Size("small", 8.6, 6.0, 5.0, 4.24, 150, fixed=105),
)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a poster is set; `is_cut` says that its story goes on where the code leads."""

    words: Words
    size: str
    story: str
    is_cut: bool


def fit(words: Words) -> Fit:
    """The largest size in which everything stands on the sheet, the whole story if it can."""
    whole = (size for size in SIZES[:2] if size.room(words) >= size.story_lines(words.story))
    begun = (size for size in SIZES if size.room(words) > LEAST_LINES)
    size = next(whole, None) or next(begun, SIZES[-1])
    room = size.room(words)
    if room >= size.story_lines(words.story):
        return Fit(words, size.name, words.story, is_cut=False)
    return Fit(words, size.name, size.begun(words.story, room - MORE_LINES), is_cut=True)


def lines(text: str, wide: float) -> int:
    """How many lines the text takes where one holds `wide` Han signs; Latin words stay whole."""
    if not text:
        return 0
    count, used = 1, 0.0
    for token in TOKENS.findall(text):
        needed = width(token)
        if used + needed > wide and not token.isspace():
            count, used = count + 1, 0.0
            count += int(needed // wide)
            needed %= wide
        used += needed
    return count


def width(text: str) -> float:
    """How wide a text is, in Han signs."""
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> float:
    if sign.isspace() or sign in "ijlt.,:;!'|":
        return 0.35
    if unicodedata.combining(sign):
        return 0.0
    if sign.isascii() and not sign.isupper() and sign not in "mw@%&":
        return 0.62
    return 1.0
