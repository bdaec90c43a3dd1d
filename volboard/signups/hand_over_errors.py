"""Why a seat cannot be passed on, or taken from another hand."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class HandOverTooLate(Refusal):
    message = _l("已经开始了，位置不能再转给别人。")


class QueueComesFirst(Refusal):
    message = _l(
        "有人在候补，空位要先给排第一的人，不能直接转。不去的话，请按“我不去了”，位置马上让给他。"
    )


class Taken(Refusal):
    message = _l("这个位置已经有人接了。看看还有没有别的名额吧。")


class Withdrawn(Refusal):
    message = _l("这个位置收回去了，没有转出来。看看还有没有别的名额吧。")


class Gone(Refusal):
    message = _l("这个位置已经不在了。看看还有没有别的名额吧。")


class AlreadyThere(Refusal):
    message = _l("这个时段您这边已经报过名了，不用再接。")


class OwnPlace(Refusal):
    message = _l("这是自己的位置。把链接发给要接的人，请他来点。")
