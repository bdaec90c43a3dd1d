"""A time of day as an organizer types it, asked again where its words may mean two."""

from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.events import clock_words
from volboard.events.fields import NativeInput, TypedField

PARTS = (
    (18, _l("晚上 %(time)s")), (13, _l("下午 %(time)s")), (11, _l("中午 %(time)s")),
    (6, _l("早上 %(time)s")), (0, _l("凌晨 %(time)s")),
)  # fmt: skip
"""Which part of the day it is from an hour on."""


class TimeOfDay(TypedField):
    """A time on Beijing's clocks; of what may mean two it lets the person choose.

    `after_midnight`: whether it may be the next day's, as an end may.
    """

    widget = NativeInput("time")

    def __init__(self, *args: Any, after_midnight: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after_midnight = after_midnight
        self.readings: tuple[time, ...] = ()
        """What was typed may mean these; empty where it is sure."""

    def shown(self, value: time) -> str:
        return f"{value:%H:%M}"

    def said(self, value: time) -> str:
        """With its part of the day: 下午 13:00."""
        words = next(words for first, words in PARTS if value.hour >= first)
        return str(words) % {"time": self.shown(value)}

    def read(self, text: str) -> time:
        found = clock_words.readings(text)
        if not found:
            raise ValueError(_("时间请写成 08:30 这样。"))
        if len(found) > 1:
            self.readings = tuple(_time(minutes) for minutes in found)
            raise ValueError(_("“%(said)s”说的是哪个？请点一个。", said=text.strip()))
        if found[0] >= clock_words.DAY and not self.after_midnight:
            raise ValueError(
                _("“%(said)s”过了零点，算第二天。请把日期改成第二天，这里写 %(time)s。",
                  said=text.strip(), time=self.shown(_time(found[0])))
            )  # fmt: skip
        return _time(found[0])


def _time(minutes: int) -> time:
    return time(*divmod(minutes % clock_words.DAY, clock_words.HOUR))
