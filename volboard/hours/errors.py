"""Why a line cannot be written into the ledger."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class OwnHours(Refusal):
    message = _l("不能给自己或家人记时长。请另一位组织者来做。")


class NeedsAnother(Refusal):
    message = _l("要加时长，必须由另一位组织者更正，不能是原来记录的人。")


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
