"""What an organizer fills in to cut a day into shifts."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext

from volboard.core import clock, formats
from volboard.core.forms import options
from volboard.events import rules
from volboard.events.drafts import ShiftDraft
from volboard.events.fields import AtMost, Cards, Day, Line, Needed, OneOf, WholeNumber
from volboard.events.forms import KINDS
from volboard.events.named_form import NamedForm
from volboard.events.time_field import TimeOfDay

_l: Callable[[str], Any] = lazy_gettext

LENGTHS = (30, 60, 90, 120)
PAUSES = (0, 10, 15, 30)


class CutForm(NamedForm):
    """From when to when, how long each piece, and what it is."""

    title = Line(_l("岗位名称"), [Needed(_l("请写岗位名称，例如“门口引导”。")), AtMost(30)])
    kind = Cards(_l("来的人做什么"), [Needed(_l("请选一种。"))], choices=options(KINDS))
    day = Day(_l("日期"), [Needed(_l("请选日期。"))])
    start = TimeOfDay(_l("从几点"), [Needed(_l("请填从几点开始。"))])
    end = TimeOfDay(_l("到几点"), [Needed(_l("请填到几点。"))], after_midnight=True)
    length = OneOf(_l("每段多久"), [Needed(_l("请选一个。"))])
    pause = OneOf(_l("两段之间歇多久"), [Needed(_l("请选一个。"))])
    capacity = WholeNumber(
        _l("每段几个人"), [Needed(_l("请填每段要几个人。"))], least=1, most=rules.LARGEST_CAPACITY
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(key="cut", **values)
        self.length.choices = options((str(n), formats.duration(n)) for n in LENGTHS)
        self.pause.choices = options((str(n), _pause(n)) for n in PAUSES)

    @classmethod
    def asked(cls, sent: Any) -> "CutForm":
        """The form as the address of a preview brings it; nothing is written, so no token."""
        return cls(formdata=sent, meta={"csrf": False})

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then whether a piece fits between the two times."""
        if not super().validate(extra_validators):
            return False
        if not self.drafts():
            self.refuse("end", _l("这么长的一段放不下。请把结束改晚些，或把每段改短。"))
            return False
        return True

    def drafts(self) -> tuple[ShiftDraft, ...]:
        """The shifts that this makes; only after the fields were found readable."""
        day, start, end = self.day.data, self.start.data, self.end.data
        begins = clock.instant(day, start)
        ends = clock.instant(rules.end_day(day, start, end), end)
        found = rules.pieces(begins, ends, int(self.length.data), int(self.pause.data))
        return tuple(
            ShiftDraft(self.text("title"), self.kind.data, first, last, self.capacity.data)
            for first, last in found
        )

    @property
    def sent(self) -> dict[str, str]:
        """What was filled in, to be sent again by the button under the preview."""
        return {
            "title": self.text("title"), "kind": self.kind.data, "day": self.day._value(),
            "start": self.start._value(), "end": self.end._value(), "length": self.length.data,
            "pause": self.pause.data, "capacity": self.capacity._value(),
        }  # fmt: skip


def _pause(minutes: int) -> Any:
    return formats.duration(minutes) if minutes else _l("不歇")
