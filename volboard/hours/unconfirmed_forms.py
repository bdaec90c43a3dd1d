"""Why a presence is not confirmed, and why it should be looked at again."""

from flask_babel import lazy_gettext as _l

from volboard.core.forms import Form, words_field

WORDS_LENGTH = 300


class RefusalForm(Form):
    """What the volunteer will read."""

    words = words_field(_l("为什么不确认"), WORDS_LENGTH, _l("请写为什么，本人会看到。"))


class AskAgainForm(Form):
    """What the organizers need to look again."""

    words = words_field(_l("说说怎么回事"), WORDS_LENGTH, _l("请写一句，好让组织者去核对。"))
