"""What an organizer fills in about a shift."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from volboard.core import clock, formats
from volboard.core.forms import options
from volboard.events import rules
from volboard.events.drafts import ShiftDraft
from volboard.events.errors import BadShift
from volboard.events.facts import ShiftFact
from volboard.events.fields import (
    AtMost,
    Cards,
    Day,
    Line,
    Needed,
    OneOf,
    Prose,
    WholeNumber,
)
from volboard.events.named_form import NamedForm
from volboard.events.time_field import TimeOfDay

_l: Callable[[str], Any] = lazy_gettext

KINDS = (
    (rules.ShiftKind.SERVICE.value, _l("服务岗（计时长）")),
    (rules.ShiftKind.PARTICIPANT.value, _l("参加（不计时长）")),
)
AGES = {
    rules.Ages.ANY.value: _l("都可以"),
    rules.Ages.WITH_ADULT.value: _l("未满 14 岁的，要有家里大人一起"),
    rules.Ages.ADULTS.value: _l("满 18 岁"),
}
NOTICES = (0, 30, 60, 120, 240, 720, 1440, 2880, 4320, 10080)
"""How long before the start a place may still be given back, in minutes."""

CALLS = (0, 10, 15, 20, 30, 45, 60, 90, 120)
"""How long before the start people gather, in minutes."""


class ShiftForm(NamedForm):
    """One post in one time window."""

    title = Line(_l("岗位名称"), [Needed(_l("请写岗位名称，例如“送餐”。")), AtMost(30)])
    kind = Cards(
        _l("来的人做什么"),
        [Needed(_l("请选一种。"))],
        choices=options(KINDS),
    )
    day = Day(_l("日期"), [Needed(_l("请选日期。"))])
    start = TimeOfDay(_l("开始"), [Needed(_l("请填几点开始。"))])
    end = TimeOfDay(_l("结束"), [Needed(_l("请填几点结束。"))], after_midnight=True)
    capacity = WholeNumber(
        _l("名额"), [Needed(_l("请填要几个人。"))], least=1, most=rules.LARGEST_CAPACITY
    )
    briefing = Prose(_l("来了做什么、带什么"), [AtMost(500)])
    minimum = WholeNumber(_l("最少要几个人"), least=0, most=rules.LARGEST_CAPACITY)
    call_minutes = OneOf(_l("提前多久集合"))
    skill = Line(_l("要会什么"), [AtMost(30)])
    ages = OneOf(_l("年龄"), choices=options(AGES.items()))
    opens_day = Day(_l("哪天开放报名"))
    opens_time = TimeOfDay(_l("几点开放报名"))
    cancel_notice = OneOf(_l("最晚什么时候可以退"), [Needed(_l("请选一个。"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.cancel_notice, NOTICES, notice)
        _offer(self.call_minutes, CALLS, call)

    @classmethod
    def of(cls, shift: ShiftFact, sent: bool = False) -> "ShiftForm":
        """The form of a shift, as it stands or, with `sent`, as this request sent it."""
        key = f"s{shift.id}"
        values = {
            "title": shift.title, "kind": shift.kind, "briefing": shift.briefing,
            "capacity": shift.capacity, "minimum": shift.minimum or None,
            "cancel_notice": str(shift.cancel_notice), "skill": shift.skill, "ages": shift.ages,
            "call_minutes": str(shift.call_minutes),
            **_day_and_time(shift.starts_at, "day", "start"),
            **_day_and_time(shift.ends_at, "", "end"),
            **_day_and_time(shift.opens_at, "opens_day", "opens_time"),
        }  # fmt: skip
        return cls(key=key, data=values) if sent else cls(formdata=None, key=key, data=values)

    @classmethod
    def new(cls, day: date | None, sent: bool = False) -> "ShiftForm":
        """The form of a new shift."""
        values = {
            "kind": rules.ShiftKind.SERVICE.value, "day": day,
            "cancel_notice": str(rules.DEFAULT_CANCEL_NOTICE), "call_minutes": "0",
            "ages": rules.Ages.ANY.value,
        }  # fmt: skip
        return cls(key="new", data=values) if sent else cls(formdata=None, key="new", data=values)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then the times and numbers against each other."""
        sound = bool(super().validate(extra_validators))
        opens_day, opens_time = self.opens_day, self.opens_time
        if opens_time.data is not None and opens_day.data is None and not opens_day.errors:
            self.refuse("opens_day", _("请同时选哪天开放报名。"))
            return False
        return sound and self._fits()

    def _fits(self) -> bool:
        draft = self.draft()
        checks = (
            ("end", rules.window_mistake(draft.starts_at, draft.ends_at)),
            ("opens_day", rules.opening_mistake(draft.opens_at, draft.starts_at)),
            ("minimum", rules.number_mistake(draft.capacity, draft.minimum, 0)),
        )
        for name, mistake in checks:
            if mistake:
                self.refuse(name, BadShift.REASONS[mistake])
        return not any(mistake for _name, mistake in checks)

    def draft(self) -> ShiftDraft:
        """What was asked for; only after the fields were found readable."""
        day, start, end = self.day.data, self.start.data, self.end.data
        return ShiftDraft(
            self.text("title"), self.kind.data, clock.instant(day, start),
            clock.instant(rules.end_day(day, start, end), end), self.capacity.data,
            self.minimum.data or 0, self.text("briefing"), self._opens_at(),
            int(self.cancel_notice.data), int(self.call_minutes.data), self.text("skill"),
            self.ages.data,
        )  # fmt: skip

    def _opens_at(self) -> datetime | None:
        if self.opens_day.data is None:
            return None
        return clock.instant(self.opens_day.data, self.opens_time.data or time())

    @property
    def has_more(self) -> bool:
        """Whether the folded fields hold something to see: an error, or what is not the default."""
        folded = (self.briefing, self.minimum, self.opens_day, self.opens_time, self.cancel_notice)
        return any(field.errors for field in folded)

    @property
    def has_asks(self) -> bool:
        """Whether the fields of what a post asks hold an error."""
        return any(field.errors for field in (self.call_minutes, self.skill, self.ages))


def _offer(field: OneOf, usual: tuple[int, ...], words: Callable[[int], str]) -> None:
    """Let it choose among the usual minutes, and what it holds already."""
    kept = field.object_data
    minutes = {*usual, int(kept)} if kept else set(usual)
    field.choices = options((str(n), words(n)) for n in sorted(minutes))


def call(minutes: int) -> str:
    """How long before the start people gather, in words."""
    return _("提前 %(time)s", time=formats.duration(minutes)) if minutes else _("准时到就行")


def notice(minutes: int) -> str:
    """The latest moment to give a place back, in words."""
    if minutes == 0:
        return _("开始前都可以退")
    days, rest = divmod(minutes, 24 * 60)
    if days and not rest:
        return ngettext("开始前 %(num)s 天", "开始前 %(num)s 天", days)
    return _("开始前 %(time)s", time=formats.duration(minutes))


def _day_and_time(instant: datetime | None, day: str, at: str) -> dict[str, Any]:
    if instant is None:
        return {}
    local = clock.local(instant)
    return {day: local.date(), at: local.time()} if day else {at: local.time()}
