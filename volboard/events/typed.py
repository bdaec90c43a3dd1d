"""Days, times and numbers as people type them. Values in, values out."""

import re
import unicodedata
from datetime import date, time

DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
DAY_OF_YEAR = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
CLOCK = re.compile(r"(\d{1,2})\s*[:.点时]\s*(?:(\d{1,2})\s*分?|(半))?(?::\d{2})?")
COMPACT_CLOCK = re.compile(r"(\d{1,2})(\d{2})")
PART_OF_DAY = re.compile(r"(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚)?\s*(.*)")
AFTER_NOON = {"下午", "傍晚", "晚上", "晚"}
NUMBER = re.compile(r"[-+]?\d{1,9}")


def plain(text: str) -> str:
    """Full-width digits, colons and spaces as plain ones; nothing around it."""
    return unicodedata.normalize("NFKC", text).replace("∶", ":").strip()


def read_day(text: str, today: date) -> date | None:
    """2027-06-09, 2027/6/9, 2027年6月9日, 20270609; a day without a year is the next one."""
    text = plain(text)
    found = DAY.fullmatch(text) or COMPACT_DAY.fullmatch(text)
    if found:
        return _day(*map(int, found.groups()))
    found = DAY_OF_YEAR.fullmatch(text)
    if not found:
        return None
    month, day = map(int, found.groups())
    this_year = _day(today.year, month, day)
    if this_year is not None and this_year < today:
        return _day(today.year + 1, month, day)
    return this_year


def read_time(text: str) -> time | None:
    """08:30, 8：30, 0830, 8点半, 下午2点, 晚上7点15分; seconds are left out."""
    part, rest = PART_OF_DAY.fullmatch(plain(text).replace("\n", " ")).groups()  # type: ignore[union-attr]
    found = CLOCK.fullmatch(rest) or COMPACT_CLOCK.fullmatch(rest)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if len(found.groups()) > 2 and found[3]:
        minute = 30
    if part in AFTER_NOON and hour < 12:
        hour += 12
    try:
        return time(hour, minute)
    except ValueError:
        return None


def read_number(text: str) -> int | None:
    """A whole number of at most nine digits."""
    text = plain(text)
    return int(text) if NUMBER.fullmatch(text) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
