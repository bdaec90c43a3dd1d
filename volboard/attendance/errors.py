"""Why the gate cannot do what was pressed; each case has its own sentence."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class TooEarly(Refusal):
    message = _l("还没到签到的时候。开始前两小时可以签到。")


class GateOver(Refusal):
    message = _l("这个时段已经结束，不能再签到。")


class GateClosed(Refusal):
    message = _l("这个时段已经关门，记录不能再改。要改时长，请用更正。")


class ShiftCalledOff(Refusal):
    message = _l("这个时段已经取消了。")


class NotSeated(Refusal):
    message = _l("这个人在这个时段没有名额。请用“现场报名”。")


class NotHere(Refusal):
    message = _l("这个人还没有签到。")


class AlreadyLeft(Refusal):
    message = _l("这个人已经签退了。签错了可以撤销签退。")


class TooLateToUndo(Refusal):
    message = _l("超过十分钟，不能撤销了。关门以后可以更正时长。")


class OwnAttendance(Refusal):
    message = _l("不能给自己或家人签到、签退。请另一位组织者来做。")


class NotBegun(Refusal):
    message = _l("还没有开始，不能关门。要取消，请到活动页取消这个时段。")
