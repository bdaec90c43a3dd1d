"""What an organizer types at the gate."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from volboard.accounts.fields import name_field, phone_field
from volboard.core.forms import Form, text_field, words_field

REASON_LENGTH = 120


class Reason(StringField):
    """A line that is typed, or one of those that stand ready as buttons: what was typed holds."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = next((value for value in valuelist if value.strip()), "")


class WalkInForm(Form):
    """Somebody who did not sign up; the reason is asked for where no seat is free."""

    name = name_field()
    phone = phone_field()
    reason = text_field(_l("为什么加座"), REASON_LENGTH, kind=Reason)
    other = HiddenField()
    """Filled in where it is none of the household's who are expected here."""


class SeatForm(Form):
    """Why somebody of the waiting list gets a seat now."""

    reason = text_field(_l("为什么加座"), REASON_LENGTH, _l("请写明为什么加座。"), kind=Reason)


class ExcuseForm(Form):
    """Why it was all right not to come; the volunteer reads it."""

    words = words_field(_l("为什么准假"), REASON_LENGTH, _l("请写一句原因，本人会看到。"))
