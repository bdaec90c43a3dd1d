"""What is declined about messages, with the sentence that the person reads."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class AlreadySettled(Refusal):
    """Somebody said already what became of it, or its gateway did meanwhile."""

    message = _l("这一条已经有结果了，不用再办。")


class TooLateToTell(Refusal):
    """What it tells of is over or not true any more."""

    message = _l("这件事已经过去了，不用再发。")


class StrangeGap(Refusal):
    """Something stands in braces that no message of this kind can fill."""

    status = 422

    def __init__(self, strange: tuple[str, ...]) -> None:
        super().__init__(
            _("“%(gap)s”这里填不了。请用下面写着的空，或者把花括号去掉。", gap=strange[0])
        )


class HoldsAddress(Refusal):
    """An address to tap, of which a neighbour would not know where it leads."""

    status = 422
    message = _l("消息里不放网址，免得和诈骗短信分不清。要看的内容请写进活动页。")
