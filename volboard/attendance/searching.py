"""What somebody types to find a person: digits of the number, the name, its pinyin, or several."""

import re
import unicodedata
from dataclasses import dataclass

from volboard.accounts.name_forms import folded
from volboard.accounts.pinyin import sounds

LONGEST_SEARCH = 40
UNSEEN = ("Cc", "Cf", "Cs")
"""Kinds of signs that fall away; a private sign may be somebody's surname."""
IN_A_NUMBER = str.maketrans("", "", "-'’‘().+")


@dataclass(frozen=True)
class Search:
    """What was typed, apart: a person must fit all of it."""

    shown: str = ""
    """As it was typed, without what cannot be seen."""
    digits: str = ""
    """Of the telephone number."""
    words: str = ""
    """Of the name, folded."""

    def __bool__(self) -> bool:
        return bool(self.digits or self.words)

    @property
    def is_latin(self) -> bool:
        """Whether it may be the pinyin of a name."""
        return self.words.isascii() and self.words.isalnum()

    @property
    def sounds(self) -> tuple[str, ...]:
        """How a name of two Han signs and more is read: another may be written so on a list."""
        return () if self.words.isascii() or len(self.words) < 2 else sounds(self.words)


def searched(typed: str) -> Search:
    """What this means; nothing where it can mean nobody. `static/js/names.js` does the same."""
    text = unicodedata.normalize("NFKC", typed[: LONGEST_SEARCH * 2])
    seen = "".join(sign for sign in text if unicodedata.category(sign) not in UNSEEN)
    shown = " ".join(seen.split())[:LONGEST_SEARCH].strip()
    numbers: list[str] = []
    names: list[str] = []
    for part in shown.split():
        bare = part.translate(IN_A_NUMBER)
        is_number = re.fullmatch("[0-9]+", bare) is not None
        (numbers if is_number else names).append(bare if is_number else part)
    return Search(shown, "".join(numbers), folded(" ".join(names)))
