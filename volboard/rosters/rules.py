"""What a roster may be, which headings it is known by, and what becomes of its rows."""

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_ENTRIES = 64
MOST_RATIO = 100
MOST_ROWS = 5_000
MOST_ELEMENTS = 400_000
"""Of XML in all parts that are read: 5,000 rows of a dozen columns, and as many words."""
MOST_FILLED = 50_000
"""Cells that merging stands for."""
HEADER_WITHIN = 10
"""The row with the headings is one of the first ten that hold anything."""
CELL_LENGTH = 200
DRAFT_LASTS = timedelta(hours=1)
LINES_A_PAGE = 100

HEADINGS = {
    "name": "姓名 名字 志愿者 志愿者姓名 真实姓名 人员姓名 name",
    "phone": "手机号 手机 手机号码 电话 电话号码 联系电话 联系方式 移动电话 联系手机 phone mobile",
    "team": "服务队 所属服务队 队伍 所在队伍 团队 志愿服务队 team",
    "skills": "技能 特长 专长 服务技能 技能特长 skills",
}
"""What people call the columns that are read."""
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""
ASIDE = re.compile(r"\(.*?\)|\W")


class Verdict(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    KNOWN = "known"
    """The community has this number already; nothing of it is changed."""
    REPEAT = "repeat"
    """The same person as in a row above."""
    HIDDEN = "hidden"
    """Hidden in the file, and therefore not read."""
    FORMULA = "formula"
    NO_NAME = "no_name"
    BAD_NAME = "bad_name"
    NO_PHONE = "no_phone"
    BAD_PHONE = "bad_phone"
    CUT_PHONE = "cut_phone"
    """1.38E+10: the last digits are gone."""
    OTHER_NAME = "other_name"
    """The number of a row above, with another name: a person of their own, until the household
    with the number says that they are family."""
    OTHER_KNOWN = "other_known"
    """The same, where the community has the number already."""
    TOO_MANY = "too_many"
    """More names with one number than a household holds."""
    NO_TEAM = "no_team"
    TOO_LONG = "too_long"


ASKED = frozenset({Verdict.OTHER_NAME, Verdict.OTHER_KNOWN})
"""Added as persons of their own, of whom a household is asked."""
HARMLESS = frozenset({Verdict.ADD, Verdict.KNOWN, Verdict.REPEAT, Verdict.HIDDEN}) | ASKED
"""The others keep the whole file out."""


def heading(text: str) -> str:
    """Which column a heading means: a key of `HEADINGS`; empty for one that is not read."""
    plain = ASIDE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return next((key for key, names in HEADINGS.items() if plain in names.split()), "")


def hours(minutes: int) -> float:
    """Hours with one decimal, rounded down: 59 minutes are 0.9."""
    return minutes * 10 // 60 / 10
