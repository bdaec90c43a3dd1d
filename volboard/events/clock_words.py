"""Times of day as people say and write them. Values in, values out."""

import re
import unicodedata
from collections.abc import Mapping

HOUR, DAY = 60, 24 * 60
PARTS: Mapping[str, range] = {
    "凌晨": range(7),
    "早": range(3, 12),
    "上午": range(5, 13),
    "中午": range(10, 16),
    "下午": range(12, 21),
    "傍晚": range(16, 21),
    "晚": range(17, 28),
    "am": range(12),
    "pm": range(12, 24),
}
"""Which hours a part of the day has; those beyond 24 are the next day's, for the night goes on."""
SAID: Mapping[str, str] = {
    "大清早": "早", "清早": "早", "清晨": "早", "早晨": "早", "早上": "早", "一早": "早",
    "早": "早",
    "正午": "中午", "午后": "下午", "夜里": "晚", "夜间": "晚", "夜晚": "晚", "深夜": "晚",
    "半夜": "晚", "午夜": "晚", "今晚": "晚", "晚上": "晚", "晚间": "晚", "晚": "晚",
    "am": "am", "a.m.": "am", "pm": "pm", "p.m.": "pm",
} | {part: part for part in ("凌晨", "上午", "中午", "下午", "傍晚")}  # fmt: skip
"""What people call these parts."""
PART = "|".join(re.escape(said) for said in sorted(SAID, key=len, reverse=True))
NUMBER = r"\d{1,2}|[零〇一二两三四五六七八九十]{1,3}"
SPOKEN = re.compile(
    rf"(?P<part>{PART})?的?(?P<hour>{NUMBER})[点时]"
    rf"(?:钟|整|(?P<half>半)|(?P<quarters>[一二两三123])刻|(?P<minute>{NUMBER})分?)?(?P<end>{PART})?",
    re.ASCII,
)
WRITTEN = re.compile(
    rf"(?P<part>{PART})?(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{1,2}})(?::\d{{2}})?(?P<end>{PART})?",
    re.ASCII,
)
SHORT = re.compile(
    rf"(?P<part>{PART})?(?P<hour>\d{{1,2}})(?P<minute>\d{{2}})(?P<end>{PART})?", re.ASCII
)
ENGLISH = re.compile(r"(?P<hour>\d{1,2})(?P<end>[ap]\.?m\.?)", re.ASCII)
DIGITS = "零一二三四五六七八九"
SMALL_HOURS = range(1, 7)
"""Written without a nought before them they are more often meant in the afternoon."""


def readings(text: str) -> tuple[int, ...]:
    """What a time may mean, in minutes after the midnight before its day, the earliest first.

    One: it is sure. Two: nobody said which half of the day. None: it cannot be read, or its
    words contradict each other. From 1440 on it is the next day's: 晚上12点, 24:00.
    """
    said = re.sub(r"[ \t()]", "", unicodedata.normalize("NFKC", text).replace("∶", ":")).lower()
    if said == "正午":
        return (12 * HOUR,)
    for pattern in (SPOKEN, WRITTEN, SHORT, ENGLISH):
        if found := pattern.fullmatch(said.strip()):
            return _readings(found.groupdict(), is_spoken=pattern is SPOKEN)
    return ()


def _readings(words: Mapping[str, str | None], is_spoken: bool) -> tuple[int, ...]:
    hour, minute = _number(words["hour"] or ""), _minute(words)
    if hour is None or minute is None or hour > 24 or (hour == 24 and minute):
        return ()
    part = words.get("part") or words.get("end")
    return tuple(one * HOUR + minute for one in _hours(hour, words["hour"] or "", part, is_spoken))


def _hours(hour: int, written: str, part: str | None, is_spoken: bool) -> list[int]:
    """The hours that are meant; of a clock with twelve of them both halves of the day."""
    if part:
        window = PARTS[SAID[part.replace(".", "") if part.isascii() else part]]
        twelve = [hour % 12, hour % 12 + 12, hour % 12 + 24] if hour <= 12 else [hour]
        return [one for one in twelve if one in window]
    if 0 < hour <= 12 and (is_spoken or (hour in SMALL_HOURS and len(written) == 1)):
        return [hour % 12, hour % 12 + 12]
    return [hour]


def _minute(words: Mapping[str, str | None]) -> int | None:
    if words.get("half"):
        return 30
    if quarters := words.get("quarters"):
        return (_number(quarters) or 0) * 15
    minute = _number(words.get("minute") or "0")
    return minute if minute is not None and minute < HOUR else None


def _number(text: str) -> int | None:
    """A number below a hundred in digits or in Chinese; none for what is no number."""
    if text.isdecimal():
        return int(text)
    text = text.replace("〇", "零").replace("两", "二")
    tens, ten, ones = text.rpartition("十")
    digits = [_digit(tens, 1) if ten else 0, _digit(ones.removeprefix("零") or ones, 0)]
    return None if None in digits else int(digits[0] or 0) * 10 + int(digits[1] or 0)


def _digit(text: str, empty: int) -> int | None:
    """One Chinese digit; `empty` for none, and None for what is none."""
    if not text:
        return empty
    return DIGITS.index(text) if len(text) == 1 and text in DIGITS else None
