"""What is declined about messages, with the sentence that the person reads."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class AlreadySettled(Refusal):
    """Somebody said already what became of it, or its gateway did meanwhile."""

    message = _l("这一条已经有结果了，不用再办。")


class TooLateToTell(Refusal):
    """What it tells of is over or not true any more."""

    message = _l("这件事已经过去了，不用再发。")
