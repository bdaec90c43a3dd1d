"""What a roster may be, and what becomes of its rows."""

from datetime import timedelta
from enum import StrEnum

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
"""Bytes of all parts that are opened."""
MOST_ENTRIES = 4_000
MOST_RATIO = 100
FREE_OF_RATIO = 100 * 1024
"""Bytes that any part may unpack to."""
MOST_SHEETS = 20
MOST_ROWS = 5_000
MOST_CELLS = 200_000
"""Cells that hold anything, in all sheets: 5,000 rows of forty columns."""
MOST_KEPT = 4_000_000
"""Characters that are kept until the yes."""
MOST_ELEMENTS = 1_200_000
"""Of XML in all parts that are read, however empty: what a second or two can read."""
MOST_FILLED = 50_000
"""Cells that merging stands for."""
HEADER_WITHIN = 30
"""The row with the headings is one of the first thirty that hold anything."""
CELL_LENGTH = 200
DRAFT_LASTS = timedelta(hours=1)
LINES_A_PAGE = 100
MOST_APART = 200
"""So many rows whose name sounds like another are asked about; the rest are the same person."""

FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""


class Verdict(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    KNOWN = "known"
    """The community has this number already; nothing of it is changed."""
    REPEAT = "repeat"
    """The same person as in a row above."""
    HIDDEN = "hidden"
    """Hidden in the file, and therefore not read."""
    NOBODY = "nobody"
    """A total, a remark, an example: no person."""
    FORMULA = "formula"
    NO_NAME = "no_name"
    BAD_NAME = "bad_name"
    NO_PHONE = "no_phone"
    BAD_PHONE = "bad_phone"
    CUT_PHONE = "cut_phone"
    """1.38E+10: the last digits are gone."""
    TWO_PHONES = "two_phones"
    OTHERS_PHONE = "others_phone"
    """The cell says that the number is somebody else's."""
    PART_PHONE = "part_phone"
    """138****5678, 5678 or 没有手机号, as our own lists write it: known, or nobody's."""
    OTHER_NAME = "other_name"
    """The number of a row above, with another name: a person of their own, until the household
    with the number says that they are family."""
    OTHER_KNOWN = "other_known"
    """The same, where the community has the number already."""
    ALIKE = "alike"
    """The number of somebody in a row above, or at home here, whose name is written otherwise and
    sounds the same: one person, unless whoever takes the roster in says that they are two."""
    TOO_MANY = "too_many"
    """More names with one number than a household holds."""
    NO_TEAM = "no_team"
    TOO_LONG = "too_long"


ASKED = frozenset({Verdict.OTHER_NAME, Verdict.OTHER_KNOWN})
"""Added as persons of their own, of whom a household is asked."""
WANTED = ASKED | {Verdict.ADD}
"""Rows that add somebody."""
HARMLESS = WANTED | {
    Verdict.KNOWN, Verdict.REPEAT, Verdict.HIDDEN, Verdict.NOBODY, Verdict.ALIKE
}  # fmt: skip
"""The others keep the whole file out."""


def hours(minutes: int) -> float:
    """Hours with one decimal, rounded down: 59 minutes are 0.9."""
    return minutes * 10 // 60 / 10
