"""Why the gate cannot do what was pressed; each case has its own sentence."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from volboard.core.errors import NotFound, Refusal


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
    message = _l("这个人已经签退了。人又来了，请按“回来了”；签错了，可以撤销签退。")


class TooLateToUndo(Refusal):
    message = _l("超过十分钟，不能撤销了。关门以后可以更正时长。")


class OwnAttendance(Refusal):
    message = _l("不能给自己或家人签到、签退。请另一位组织者来做。")


class NotBegun(Refusal):
    message = _l("还没有开始，不能关门。要取消，请到活动页取消这个时段。")


class NotAbsent(Refusal):
    message = _l("这个人没有记为未到，不用请假。")


class OwnExcuse(Refusal):
    message = _l("不能给自己或家人准假。请另一位组织者来做。")


class PaperTooEarly(Refusal):
    message = _l("还没有开始。开始以后再录名单。")


class PaperTooLate(Refusal):
    message = _l("关了门，或过了四十八小时，名单不能再录。请用“补录”，由另一位组织者批准。")


class PaperNeedsTime(Refusal):
    message = _l("请写几点到的，比如 09:05。")


class PaperTellsNothing(Refusal):
    """Somebody is here already, and the line says nothing of the leaving."""

    message = _l("请写几点几分，比如 09:05。")


class PaperCameOutside(Refusal):
    message = _l("到的时间不在这个时段里。最早是开始前两小时，最晚在结束以前。")


class PaperLeftBefore(Refusal):
    message = _l("走的时间比到的早。请对一下名单。")


class PaperNotYet(Refusal):
    message = _l("还没到这个时间。")


class PaperIncomplete(Refusal):
    """Some lines of the list cannot be written, so none is."""

    status = 422
    message = _l("有几行要改，改好再一起存。现在一个人都没有存。")

    def __init__(self, problems: Mapping[int, str]) -> None:
        super().__init__()
        self.problems = problems
        """The sentence for each volunteer's line."""


class NothingToConfirm(Refusal):
    message = _l("这个人没有扫纸码，或者别的组织者已经处理了。")


class NobodyByCode(NotFound):
    """No such person, or nobody of this organizer's communities: the two look alike."""

    message = _l("您的社区里没有找到这个码。人在面前的话，请打开活动的签到页，用“现场报名”。")


class StillHere(Refusal):
    """Somebody who leaves for good was let in at a gate that is open: minutes are due to them."""

    message = _l("还有一个时段没有关门，您的时长还没有记上。请等它关门以后再删，或请组织者关门。")
