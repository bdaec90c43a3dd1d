"""What is filled in for another name."""

from flask_babel import lazy_gettext as _l

from volboard.accounts.fields import name_field, phone_field
from volboard.accounts.name_rules import REASON_LENGTH
from volboard.accounts.rules import NAME_LENGTH
from volboard.core.forms import Form, text_field, words_field


class NewNameForm(Form):
    """Another name for somebody of one's household, and why."""

    new_name = text_field(_l("改成什么名字"), NAME_LENGTH, _l("请写新的名字。"))
    reason = words_field(_l("为什么改"), REASON_LENGTH, _l("请写一句为什么改，同意的人要看。"))


class DeskNameForm(NewNameForm):
    """Another name for somebody who stands at the desk."""

    name = name_field()
    phone = phone_field()
