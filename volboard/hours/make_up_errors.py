"""Why hours cannot be entered afterwards, or not by this person."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class NotOver(Refusal):
    message = _l("这个时段结束、关了门，才能补录。")


class EarnsNothing(Refusal):
    message = _l("这个时段不记时长，没有什么要补录。")


class OutsideTimes(Refusal):
    status = 422
    message = _l("时间要在这个时段里，至少一分钟，而且离开要晚于到的时候。")


class HasLine(Refusal):
    message = _l("这个人在这个时段已经记了时长。要改，请打开那一条来更正。")


class AlreadyAsked(Refusal):
    message = _l("这个人在这个时段的补录已经有人申请了，正等着批准。")


class ServedElsewhere(Refusal):
    message = _l("这段时间，这个人在别处已经记了时长。")


class OwnRequest(Refusal):
    message = _l("这是您自己申请的。请另一位组织者来批准。")


class OwnFamily(Refusal):
    message = _l("这是您自己或家人的时长。请另一位组织者来批准。")


class SamePhone(Refusal):
    message = _l("申请和批准不能用同一部手机。请另一位组织者用自己的手机来批准。")


class AlreadyDecided(Refusal):
    message = _l("这个补录已经有结果了。")
