"""Why a line cannot be written into the ledger."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class OwnHours(Refusal):
    message = _l("不能给自己或家人记时长。请另一位组织者来做。")


class NeedsAnother(Refusal):
    message = _l("要加时长，必须由另一位组织者更正：签到、签退、关门、记录、确认过它的都不行。")


class AlreadyReversed(Refusal):
    message = _l("这一条已经更正过了。请更正新的那一条。")


class NothingChanged(Refusal):
    message = _l("时间和原来一样，没有什么要更正。")


class OutsideShift(Refusal):
    status = 422
    message = _l("时间要在这个时段里，而且签退要晚于签到。")


class OutsideMakeUp(Refusal):
    status = 422
    message = _l("补录的时长只能改少。要加，请全部冲正，再重新申请补录。")


class OwnPress(Refusal):
    message = _l("签到、签退是您按的，不能再由您来确认。请另一位组织者来，或本人自己确认。")


class NotWaiting(Refusal):
    message = _l("这一条已经有结果了。")


class Lapsed(Refusal):
    message = _l("过了三十天没有人确认，已经失效了。本人可以在“我的时长”里请组织者再看一次。")


class NotLapsed(Refusal):
    message = _l("这一条还在等人确认，不用再提。")


class WaitsForAnother(Refusal):
    message = _l("这个人在这个时段的时长正等着确认。请另一位组织者确认，不用补录。")
