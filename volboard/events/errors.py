"""Why the editor declines, in the words that the organizer reads."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal
from volboard.events.facts import Held
from volboard.events.rules import Hindrance, Mistake


class CannotPublish(Refusal):
    """The event is not ready; `because` says why."""

    title = _l("还不能发布")
    REASONS = {
        Hindrance.CANCELLED: _l("这个活动已经取消了。想再办，请用“照着再办一次”。"),
        Hindrance.NO_SHIFT: _l("还没有岗位。请先加一个岗位和时间，再发布。"),
        Hindrance.NO_PLACE: _l("还没写在哪里。请先写上地点，再发布。"),
        Hindrance.OVER: _l("岗位的时间都已经过去了。请先改到以后的日子，再发布。"),
    }

    def __init__(self, because: Hindrance) -> None:
        super().__init__(self.REASONS[because])
        self.because = because


class AlreadyPublished(Refusal):
    """Another of the same festival and year, or of the same title and day, is asked for first."""

    title = _l("已经发布了")

    def __init__(self, twin: Held) -> None:
        super().__init__(_("“%(title)s”已经发布了。", title=twin.title))
        self.twin = twin


class BadShift(Refusal):
    """A shift's times or numbers cannot be; `mistake` says which."""

    title = _l("这个岗位要改一处")
    REASONS = {
        Mistake.EMPTY_WINDOW: _l("结束要晚于开始。"),
        Mistake.TOO_LONG: _l("一个岗位最长 16 小时，请看看结束时间，或分成两个岗位。"),
        Mistake.OPENS_TOO_LATE: _l("开放报名要早于岗位开始。"),
        Mistake.CAPACITY: _l("名额请填 1 到 5000。"),
        Mistake.MINIMUM: _l("最少人数不能多于名额。"),
        Mistake.CANCEL_NOTICE: _l("退出期限最长 30 天。"),
        Mistake.CALL: _l("集合最多提前 4 小时。"),
        Mistake.AGES: _l("请选一种年龄要求。"),
    }

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(self.REASONS[mistake])
        self.mistake = mistake


class BadDay(Refusal):
    """A day that nobody plans for."""

    message = _l("请填 2020 年到 2099 年之间的日期。")


class OtherRule(Refusal):
    """An event belongs to one series, which comes again by one rule."""

    message = _l("这个活动已经按别的日子排成一组了。要换，请先“照着再办一次”，用新的那份来排。")


class OtherDays(Refusal):
    """The list of days is not the one that was looked at: midnight passed, or the event moved."""

    message = _l("日子和刚才看的不一样了。请再看一遍，再做。")


class AlreadyOver(Refusal):
    """A shift added to a published event lies in the past."""

    message = _l("这个时间已经过去了，没有人能再报名。请改到以后的时间。")


class EventCancelled(Refusal):
    """The event will not happen: nothing in it changes any more."""

    message = _l("这个活动已经取消，不能再改。想再办，请用“照着再办一次”。")


class ShiftHasSignups(Refusal):
    """Somebody signed up, even if they gave the place back: the row is part of the record."""

    message = _l("这个岗位有人报过名，不能删。可以“停办这个岗位”，并写明原因。")


class LastShift(Refusal):
    """A published event keeps at least one shift."""

    message = _l("活动已经发布，至少要留一个岗位。整个不办了，请取消活动。")


class NotADraft(Refusal):
    """Only a draft may disappear without a trace."""

    message = _l("活动已经发布过，不能丢掉。请取消活动，并写明原因。")
