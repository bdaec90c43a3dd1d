"""What is typed to enter hours afterwards."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, TimeField
from wtforms.form import BaseForm
from wtforms.validators import Length, ValidationError

from volboard.core import clock
from volboard.core.forms import Form, text_field, words_field
from volboard.events.queries import ShiftFact

SHORTEST, LONGEST = 4, 200
NAME_LENGTH, PHONE_LENGTH = 40, 20


def typed(form: BaseForm, field: Field) -> None:
    """A time must be written; says how."""
    if field.data is None:
        field.errors = []
        raise ValidationError(_("请写几点几分，比如 09:05。"))


typed.field_flags = {"required": True}  # type: ignore[attr-defined]


class MakeUpForm(Form):
    """Beijing clock times within the shift, and why the gate did not see it."""

    came = TimeField(_l("几点到的"), validators=[typed])  # type: ignore[arg-type]
    left = TimeField(_l("几点走的"), validators=[typed])  # type: ignore[arg-type]
    reason = words_field(_l("为什么补录"), LONGEST, _l("请写明为什么要补录，本人会看到。"))

    def validate_reason(self, field: Any) -> None:
        """A word is no reason."""
        Length(min=SHORTEST, message=_("请多写几个字，说清楚是怎么回事。"))(self, field)

    def times(self, shift: ShiftFact) -> tuple[datetime, datetime]:
        """The instants that were typed, on the shift's day or the next."""
        return _instant(self["came"].data, shift), _instant(self["left"].data, shift)


class StrangerForm(MakeUpForm):
    """The same for somebody who is not on the list of that day."""

    name = text_field(_l("姓名"), NAME_LENGTH, _l("请写姓名。"))
    phone = text_field(_l("手机号"), PHONE_LENGTH, _l("请写手机号。"))


class AnswerForm(Form):
    """Why a request is refused."""

    answer = words_field(_l("为什么不批准"), LONGEST, _l("请写一句为什么，申请的人会看到。"))


def _instant(typed: time, shift: ShiftFact) -> datetime:
    first = clock.local(shift.starts_at).date()
    on_first = clock.instant(first, typed)
    same_minute = shift.starts_at.replace(second=0, microsecond=0)
    if on_first >= same_minute:
        return max(on_first, shift.starts_at)
    return clock.instant(first + timedelta(days=1), typed)
