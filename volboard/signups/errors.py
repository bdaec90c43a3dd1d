"""Why somebody cannot have, keep or give back a place, in the words they read."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core import formats
from volboard.core.errors import Refusal


class NotOpen(Refusal):
    message = _l("这个时段现在不能报名。")


class NotYetOpen(Refusal):
    message = _l("报名还没有开始，请到时再来。")


class Over(Refusal):
    message = _l("这个时段已经结束，不能报名了。看看别的活动吧。")


class CalledOff(Refusal):
    message = _l("这个时段已经取消了。看看别的活动吧。")


class Overlaps(Refusal):
    """The person has a place in another shift at the same time; the message names it."""


class TooLate(Refusal):
    message = _l("已经过了可以取消的时间。请打电话告诉联系人。")


class TooLateToUndo(Refusal):
    message = _l("过了十分钟，撤销不了了。不去的话，请到“我的”里按“我不去了”。")


class TooLateToRestore(Refusal):
    message = _l("过了十分钟，撤销不了了。还想来，请重新报名。")


class IsHere(Refusal):
    message = _l("已经签到了，名额不能取消。签错了，请先到签到页撤销签到。")


class Full(Refusal):
    message = _l("已经满了。要多加一个名额，请写明原因。")


class NotWaiting(Refusal):
    message = _l("这位已经不排队了，名单请再看一遍。")


class AtTheGate(Refusal):
    message = _l("已经开始了。现在来的人，请在签到页登记。")


class HasBegun(Refusal):
    message = _l("已经开始了，时间不能再改。")


class SomebodyCame(Refusal):
    message = _l("已经有人签到，开始时间不能再推后这么多。请停办这个岗位，另加一个新的。")


class BelowSeated(Refusal):
    """The new capacity is smaller than the number of people who have a place."""


class Paused(Refusal):
    """The community's own rule on not coming; says until when, and whom to call."""

    def __init__(self, until: datetime, phone: str) -> None:
        when = formats.moment(until)
        super().__init__(
            _("有几次报了名没有来，%(when)s 前不能自己报名。", when=when)
            + _("想来，或者记错了，请打服务台电话 %(phone)s。", phone=phone)
        )


class AdultsOnly(Refusal):
    message = _l("这个岗位要满 18 岁。请看看同一天别的岗位。")


class NeedsAdult(Refusal):
    message = _l("未满 14 岁的孩子要有家里大人一起。请先给家里一位大人报这个岗位，再给孩子报名。")


class NeedsReason(Refusal):
    status = 422
    message = _l("请写明原因，报名的人会看到。")


class NotNow(Refusal):
    message = _l("开始前 48 小时以内才问“还来吗”，太早问了大家也说不准。")


class Begun(Refusal):
    message = _l("已经开始了。来不了的话，请打电话告诉联系人。")


class NobodyChosen(Refusal):
    status = 422
    message = _l("还没有选人，或者选的人刚刚有了安排。请勾上要请的人，再按一次。")


class NobodyLeft(Refusal):
    message = _l("能请的人都请过了。把活动发到群里，再招呼招呼。")
