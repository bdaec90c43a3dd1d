"""What was found when somebody looked at something odd."""

from flask_babel import lazy_gettext as _l

from volboard.core.forms import Form, words_field

LONGEST = 200


class ReviewForm(Form):
    """A few words, which the other organizers will read."""

    words = words_field(_l("查到了什么"), LONGEST, _l("请写几个字：问了谁，怎么回事。"))
