"""The words of a message, as a community types them."""

from typing import Any

from flask_babel import lazy_gettext as _l

from volboard.core.forms import Form, words_field
from volboard.messages.text_rules import LONGEST

NOTHING: Any = _l("请写一句话。不想自己写的话，下面可以用回大家的话。")


class TextForm(Form):
    """One sentence or two, with gaps."""

    words = words_field(_l("消息里的话"), LONGEST, NOTHING)
