"""How a name is written down, and when two ways of writing one mean the same name.

One canonical form is stored, one folded form is compared: at the gate, on a phone without a
network (`static/js/names.js` folds as this does), in a household, in a roster, in a search.
"""

import re
import unicodedata

from volboard.core.text import tidy

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\ufa0e-\ufa29\U00020000-\U0003ffff"
"""Signs that stand for a syllable each; the private ones too, which old systems gave to rare
surnames."""
PRIVATE = dict(enumerate(
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠"
    "⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺"
    "䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻",
    0xE815,
))  # fmt: skip
"""What the private signs of GBK have been since Unicode knows them: FE50 to FEA0 of GB 18030, in
its order. \ue863 is 䶮."""
DOTS = "·\u2022\u2027\u2219\u22c5\u30fb\u0387\u25cf\u2024\u16eb\u2e31.\u3002\ufe52"
"""What people type for the dot between the parts of a name; U+00B7 (GB 18030 A1A4) is stored."""
DOT = re.compile(f" *[{DOTS}][ {DOTS}]*(?=[{HAN}])|(?<=[{HAN}]) *[{DOTS}][ {DOTS}]*(?=[^ {DOTS}])")
AT_AN_END = re.compile(f"^[ {DOTS},，、;；:：]+(?=[{HAN}])|(?<=[{HAN}])[ {DOTS},，、;；:：]+$")
BETWEEN_HAN = re.compile(f"(?<=[{HAN}·]) +(?=[{HAN}·])")
PLAIN = {ord(sign): "'" for sign in "’‘ʼ`´′＇"} | {ord(sign): "-" for sign in "‐‑‒–—―−"}
SHAPES = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Which of its shapes a font draws a sign in; no part of the name."""
ACCENTS = re.compile("[\u0300-\u036f]")
"""Of Latin, Greek and Cyrillic letters. The vowels of Tibetan or Thai are marks too, and none."""
LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def canonical(name: str) -> str:
    """The name as it is stored.

    Between Han signs stands no space, and one middle dot where a dot was typed; wide letters are
    plain, and a private sign that Unicode knows by now is the known one.
    """
    # NFKC would make two signs of an accent that stands alone, so quotes are made plain before;
    # and it makes quotes and dashes of other signs, so they are made plain after it.
    shown = SHAPES.sub("", tidy(name)).translate(PLAIN)
    text = unicodedata.normalize("NFKC", shown).translate(PRIVATE | PLAIN)
    text = AT_AN_END.sub("", DOT.sub("·", tidy(text)))
    return BETWEEN_HAN.sub("", text)


def folded(name: str) -> str:
    """What is left of a name when it is compared: letters and digits, small, without accents.

    Never empty for what is not: a name of signs alone is compared as it is.
    """
    kept = canonical(name)
    apart = ACCENTS.sub("", unicodedata.normalize("NFKD", kept))
    small = unicodedata.normalize("NFC", apart).casefold().translate(LETTERS)
    return "".join(sign for sign in small if _counts(sign)) or small or kept


def is_han(sign: str) -> bool:
    """Whether this one sign is a syllable by itself."""
    return re.match(f"[{HAN}]", sign) is not None


def _counts(sign: str) -> bool:
    """A letter, a digit or a vowel mark; and signs that Unicode does not know or know yet."""
    kind = unicodedata.category(sign)
    return kind[0] in "LNM" or kind in ("Co", "Cn")
