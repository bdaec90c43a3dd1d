"""How instants, minutes, names and phone numbers are written on pages."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache, wraps

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from volboard.core import clock
from volboard.core.i18n import language

# Babel knows these names too, with 4 MB a worker of everything else about the two languages.
HAN_WEEKDAYS = "一二三四五六日"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
DAY = {"zh": "{0.month} 月 {0.day} 日 星期{han}", "en": "{weekday} {0.day} {month}"}
DAY_OF_A_YEAR = {"zh": "{0.year} 年 {0.month} 月 {0.day} 日 星期{han}",
                 "en": "{weekday} {0.day} {month} {0.year}"}  # fmt: skip
LONG_DAY = {"zh": "{0.year} 年 {0.month} 月 {0.day} 日", "en": "{0.day} {month:.3} {0.year}"}
SHORT_DAY = {"zh": "{0.month} 月 {0.day} 日", "en": "{0.day} {month:.3}"}
WEEKDAY = {"zh": "星期{han}", "en": "{weekday:.3}"}
LEAF_MONTH = {"zh": "{0.month}月", "en": "{month:.3}"}
MONTH = {"zh": "{0.year} 年 {0.month} 月", "en": "{month} {0.year}"}


BELONGS_TOGETHER = re.compile(r"(?<=\d) (?=[^\W\d_])|(?<=[年月]) (?=\d)")
"""The spaces in 6 月 19 日, 37 分, 4 人, 30 November, 2 hours."""
UNBROKEN = re.compile(r"\d\d:\d\d–(?:[^\d\s]+\s(?:[^\d\s]+\s)?)?\d\d:\d\d|\b0\d{2,3}-\d{7,8}\b")
"""08:30–11:00, 21:30–次日 02:30, 21:30–02:30 the next day; 0453-3120018."""
HARD_SPACE = "\u00a0"


@lru_cache(maxsize=4096)
def _date(day: date, pattern: str) -> str:
    weekday = day.weekday()
    names = {"han": HAN_WEEKDAYS[weekday], "weekday": WEEKDAYS[weekday]}
    return pattern.format(day, month=MONTHS[day.month - 1], **names)


def _in_words(value: date | datetime, patterns: Mapping[str, str]) -> str:
    return _date(as_date(value), patterns[language()])


def as_date(value: date | datetime) -> date:
    """The date in Beijing of an instant, or the date itself."""
    return clock.local(value).date() if isinstance(value, datetime) else value


def is_of_another_year(value: date | datetime) -> bool:
    """Whether a date must say its year, for it is not of the year that it is now in Beijing."""
    return as_date(value).year != clock.today().year


def day(value: date | datetime) -> str:
    """6 月 19 日 星期五; 2027 年 6 月 19 日 星期六 in another year."""
    return _in_words(value, DAY_OF_A_YEAR if is_of_another_year(value) else DAY)


def short_day(value: date | datetime) -> str:
    """6 月 19 日; 2027 年 6 月 19 日 in another year."""
    return _in_words(value, LONG_DAY if is_of_another_year(value) else SHORT_DAY)


def long_day(value: date | datetime | str) -> str:
    """2027 年 6 月 19 日; takes an ISO date too."""
    return _in_words(date.fromisoformat(value) if isinstance(value, str) else value, LONG_DAY)


def weekday(value: date | datetime) -> str:
    """星期五."""
    return _in_words(value, WEEKDAY)


def month(value: date | datetime) -> str:
    """2027 年 6 月."""
    return _in_words(value, MONTH)


def leaf_month(value: date | datetime) -> str:
    """6月, as a tear-off calendar shows it."""
    return _in_words(value, LEAF_MONTH)


def clock_time(value: datetime) -> str:
    """08:30, on Beijing's clocks."""
    return _time_of(clock.local(value))


def _time_of(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """08:30–11:00; 21:30–次日 02:30 over midnight; names the day of an end that is later still."""
    return _span(starts_at, ends_at, language())


@lru_cache(maxsize=4096)
def _span(starts_at: datetime, ends_at: datetime, tongue: str) -> str:
    """As `span`, for the language of the request, which `tongue` names."""
    start, end = clock.local(starts_at), clock.local(ends_at)
    nights = (end.date() - start.date()).days
    words = _time_of(end)
    if nights == 1:
        words = _("次日 %(time)s", time=words)
    elif nights:
        its_day = _in_words(end, SHORT_DAY if start.year == end.year else LONG_DAY)
        words = f"{its_day} {words}"
    return f"{_time_of(start)}–{words}"


def moment(value: datetime) -> str:
    """6 月 19 日 08:58, with the year of another one."""
    return f"{short_day(value)} {clock_time(value)}"


def duration(minutes: int) -> str:
    """12 小时 30 分, from whole minutes; a minus sign stands in front of what is taken back."""
    sign = "−" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    parts = []
    if hours:
        parts.append(ngettext("%(num)s 小时", "%(num)s 小时", hours))
    if rest or not hours:
        parts.append(ngettext("%(num)s 分", "%(num)s 分", rest))
    return sign + " ".join(parts)


def masked_name(name: str) -> str:
    """王*芳: the first and the last character stay; a name of two keeps the first."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" + name[-1]


def masked_phone(phone: str) -> str:
    """138****5678, from +8613812345678; words for somebody who has no number of their own."""
    if not phone.startswith("+"):
        return _("没有手机号")
    digits = phone.removeprefix("+86")
    return f"{digits[:3]}****{digits[-4:]}"


def last_digits(phone: str) -> str:
    """5678, from +8613812345678; empty for somebody who has no number of their own."""
    return phone[-4:] if phone.startswith("+") else ""


def tail(phone: str) -> str:
    """尾号 5678, from +8613812345678; words for somebody who has no number of their own."""
    digits = last_digits(phone)
    return _("尾号 %(digits)s", digits=digits) if digits else _("没有手机号")


@lru_cache(maxsize=4096)
def unbroken(words: str) -> str:
    """The same words for a page, where no line ends between a number and what it counts."""
    return BELONGS_TOGETHER.sub(HARD_SPACE, words)


def whole(words: object) -> Markup:
    """The same words as a part of a page, in which no line ends inside a window of the clock or a
    telephone number."""
    return Markup(UNBROKEN.sub(r'<span class="whole">\g<0></span>', str(escape(words))))  # noqa: S704


def lasting(minutes: int) -> str:
    """A duration for a page, where no line ends inside it."""
    return duration(minutes).replace(" ", HARD_SPACE)


def on_a_page(make: Callable[..., str]) -> Callable[..., str]:
    """A format as pages show it; messages and files keep the plain spaces."""
    return wraps(make)(lambda value: unbroken(make(value)))


def init_app(app: Flask) -> None:
    """Give templates the formats as filters, and `span` as a function."""
    for make in (day, long_day, short_day, weekday, month, clock_time, moment):
        app.jinja_env.filters[make.__name__] = on_a_page(make)
    app.jinja_env.filters |= {"duration": lasting, "whole": whole}
    app.jinja_env.filters["masked_name"] = masked_name
    app.jinja_env.filters["masked_phone"] = masked_phone
    app.jinja_env.filters["last_digits"] = last_digits
    app.jinja_env.filters["tail"] = tail
    app.jinja_env.globals["span"] = span
