"""Days and numbers as people type them. Values in, values out."""

import re
import unicodedata
from datetime import date

DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
DAY_OF_YEAR = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
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


def read_number(text: str) -> int | None:
    """A whole number of at most nine digits."""
    text = plain(text)
    return int(text) if NUMBER.fullmatch(text) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
