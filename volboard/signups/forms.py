"""What people fill in to take a place, and what organizers fill in about places."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from volboard.accounts.fields import name_field, phone_field
from volboard.core.forms import Form, text_field

REASON_LENGTH = 200


class QuickForm(Form):
    """A visitor, or somebody at the desk: a name and a number are enough."""

    name = name_field()
    phone = phone_field()


class DeskForm(QuickForm):
    """Somebody at the desk."""

    other = HiddenField()
    """Filled in where it is none of the household's who have a place already."""


class ReasonForm(Form):
    """Why an organizer does what others will ask about."""

    reason = text_field(_l("原因"), REASON_LENGTH, _l("请写明原因，报名的人会看到。"))
