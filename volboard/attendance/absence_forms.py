"""What somebody says to having been marked as not come."""

from flask_babel import lazy_gettext as _l

from volboard.core.forms import Form, words_field

WORDS_LENGTH = 200


class AnswerForm(Form):
    """A few sentences, which the organizers read."""

    words = words_field(_l("怎么回事"), WORDS_LENGTH, _l("请写一句，组织者会看到。"))
