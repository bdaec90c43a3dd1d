"""The words of thanks."""

from flask_babel import lazy_gettext as _l

from volboard.core.forms import Form, words_field

WORDS_LENGTH = 200


class ThanksForm(Form):
    """A few sentences, which everybody who came will read."""

    words = words_field(_l("感谢的话"), WORDS_LENGTH, _l("请写一句感谢的话。"))
