"""Why a word of thanks cannot be written now."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class NotDoneYet(Refusal):
    message = _l("这个时段还没有关门。等做完了再来道谢。")


class ThanksAreOld(Refusal):
    message = _l("写下超过一天了，不能再改。")
