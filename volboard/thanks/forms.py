"""The words of thanks."""

from flask_babel import lazy_gettext as _l

from volboard.core.forms import Form, text_field

WORDS_LENGTH = 200


class ThanksForm(Form):
    """One line, which everybody who came will read."""

    words = text_field(_l("感谢的话"), WORDS_LENGTH, _l("请写一句感谢的话。"))
