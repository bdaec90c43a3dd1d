"""Why a wish about what is kept is declined, in the words that people read."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class NobodyOfThatName(Refusal):
    """At the desk a name and a number that do not fit together, here."""

    status = 422
    message = _l("本社区的居民里，没有用这个手机号、叫这个名字的。请核对姓名和号码。")
