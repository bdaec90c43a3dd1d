"""Why a line cannot be disputed, or a dispute not be answered."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class AlreadyDisputed(Refusal):
    message = _l("这一条已经提出来了，正在等答复。")


class LineReplaced(Refusal):
    message = _l("这一条已经冲正过了。还不对，请在新的那一条上提。")


class TooManyDisputes(Refusal):
    message = _l("一天最多提十条。请明天再来，或打服务台的电话。")


class AlreadyAnswered(Refusal):
    message = _l("这一条已经有人答复过了。")


class OwnDispute(Refusal):
    message = _l("不能答复自己或家人提的。请另一位组织者来做。")
